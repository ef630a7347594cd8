// The bad network itself: each fault does what it is called, and nothing else.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, it } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { startFaultProxy } from "./fault-proxy.ts";
import type { FaultProxy } from "./fault-proxy.ts";

let network: FaultProxy;
let heardByServer: string[];
let client: WebSocket;
let heard: string[];
let stop: () => Promise<void>;

/** Answers each command with an acknowledgement and an event that carry its payload. */
function answer(socket: WebSocket, text: string): void {
  heardByServer.push(text);
  if (!text.startsWith("42")) return;
  socket.send(`43${text.slice(2)}`);
  socket.send(`42${text.slice(2)}`);
}

beforeEach(async () => {
  heardByServer = [];
  heard = [];
  const http = createServer((_request, response) => response.end("plain HTTP"));
  const sockets = new WebSocketServer({ server: http });
  sockets.on("connection", (socket) => {
    socket.on("message", (data: Buffer) => answer(socket, data.toString()));
  });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  network = await startFaultProxy(`http://127.0.0.1:${(http.address() as AddressInfo).port}`);
  client = new WebSocket(network.url.replace("http", "ws"));
  client.on("message", (data: Buffer) => heard.push(data.toString()));
  await new Promise((resolve) => client.once("open", resolve));
  stop = async () => {
    client.terminate();
    await network.stop();
    http.closeAllConnections();
    await new Promise((resolve) => http.close(resolve));
  };
});

afterEach(() => stop());

it("passes frames of every length on, and HTTP, as they are", async () => {
  const lengths = [0, 1, 125, 126, 65_535, 65_536, 300_000];
  const texts = lengths.map((length) => `42${"ä".repeat(length)}`);
  for (const text of texts) client.send(text);
  await expect.poll(() => heard.length).toBe(2 * texts.length);
  expect(heardByServer).toEqual(texts);
  expect(heard).toEqual(texts.flatMap((text) => [`43${text.slice(2)}`, text]));
  expect(await (await fetch(network.url)).text()).toBe("plain HTTP");
});

it("drops acknowledgements alone: the command arrives, and what the server tells is heard", async () => {
  network.drop("acknowledgement");
  client.send("42one");
  await expect.poll(() => heard).toEqual(["42one"]);
  expect(heardByServer).toEqual(["42one"]);
  expect(network.faultCount()).toBe(1);
  network.mend();
  client.send("42two");
  await expect.poll(() => heard).toEqual(["42one", "43two", "42two"]);
});

it("drops and duplicates the kinds that it is told, in one direction each", async () => {
  network.drop("event");
  network.duplicate("command");
  client.send("42one");
  client.send("3");
  await expect.poll(() => heardByServer).toEqual(["42one", "42one", "3"]);
  await expect.poll(() => heard).toEqual(["43one", "43one"]);
  network.mend();
  network.duplicate("event", "acknowledgement");
  network.drop("line");
  client.send("3");
  client.send("42two");
  await expect.poll(() => heard.slice(2)).toEqual(["43two", "43two", "42two", "42two"]);
  expect(heardByServer.at(-1)).toBe("42two");
});

it("keeps the order under a delay, and ends a line that has lost bytes when it is mended", async () => {
  network.delay(50);
  client.send("42slow");
  network.delay(0);
  client.send("42fast");
  await expect.poll(() => heardByServer).toEqual(["42slow", "42fast"]);
  network.swallow("toServer");
  client.send("42lost");
  const closed = new Promise((resolve) => client.once("close", resolve));
  await expect.poll(() => network.faultCount()).toBe(1);
  network.mend();
  await closed;
  expect(heardByServer).not.toContain("42lost");
});

it("goes deaf in one direction: what the client says arrives all the same, whatever the server was telling it", async () => {
  network.swallow("toClient");
  client.send("42one");
  await expect.poll(() => network.faultCount()).toBeGreaterThan(0);
  client.send("42two");
  await expect.poll(() => heardByServer).toEqual(["42one", "42two"]);
  expect(heard).toEqual([]);
});

it("cuts every line and lets none in until it is mended", async () => {
  const closed = new Promise((resolve) => client.once("close", resolve));
  network.cut();
  await closed;
  await expect(fetch(network.url)).rejects.toThrow();
  network.mend();
  expect((await fetch(network.url)).status).toBe(200);
});
