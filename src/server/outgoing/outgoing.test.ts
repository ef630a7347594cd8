import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import type { RequestListener } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { createServer as createTcpServer } from "node:net";
import type { AddressInfo, Server, Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { certificate, privateKey } from "./certificate.test-data.ts";
import { createOutgoing } from "./outgoing.ts";
import type { Outgoing, OutgoingDeps } from "./outgoing.ts";

let undo: (() => void)[] = [];
afterEach(() => {
  for (const step of undo) step();
  undo = [];
});

async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => sockets.add(socket.on("error", () => {})));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  undo.push(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return (server.address() as AddressInfo).port;
}

const aTarget = (listener: RequestListener) => listen(createHttpServer(listener));
const aRawTarget = (talk: (socket: Socket) => void) => listen(createTcpServer(talk));

/** Calls with every name on this machine, where only `target.test` is allowed. */
function anOutgoing(deps: Partial<OutgoingDeps> = {}): Outgoing {
  const outgoing = createOutgoing({
    allowedPrivate: ["target.test"],
    resolveHost: async () => ["127.0.0.1"],
    ...deps,
  });
  undo.push(() => outgoing.stop());
  return outgoing;
}

const post = (outgoing: Outgoing, url: string) =>
  outgoing.post({ url, headers: { "content-type": "application/json" }, body: '{"a":"ü"}' });

const codeOf = async (result: ReturnType<typeof post>) => {
  const settled = await result;
  return settled.ok ? settled.answer.status : settled.failure.code;
};

describe("outgoing", () => {
  it("posts the body as it is and answers what came back", async () => {
    let seen = "";
    const port = await aTarget((request, response) => {
      request.on("data", (chunk) => (seen += String(chunk)));
      request.on("end", () => response.writeHead(201).end("thanks\u0000"));
    });
    const result = await post(anOutgoing(), `http://target.test:${port}/hook?x=1#part`);
    expect(result).toEqual({ ok: true, answer: { status: 201, body: "thanks\uFFFD" } });
    expect(seen).toBe('{"a":"ü"}');
  });

  it.each([
    ["not-an-address", "must be an http or https address"],
    ["ftp://target.test/", "must be an http or https address"],
    ["file:///etc/passwd", "must be an http or https address"],
    ["http://user:word@target.test/", "must not contain a user name or password"],
    ["http://target.test:25/", "has a port that is not allowed"],
    ["http://target.test:6667/", "has a port that is not allowed"],
    ["http://target.test:0/", "has a port that is not allowed"],
    [`http://target.test/${"x".repeat(2_048)}`, "is too long (maximum is 2048 characters)"],
  ])("refuses %s, when it is saved and when it is called", async (url, message) => {
    const outgoing = anOutgoing();
    const failure = { code: "invalid_url", message };
    expect(await outgoing.check(url)).toEqual(failure);
    expect(await post(outgoing, url)).toEqual({ ok: false, failure });
  });

  it.each([
    "http://127.0.0.1/",
    "http://127.1/",
    "http://2130706433/",
    "http://0x7f.0.0.1/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://169.254.169.254/latest/meta-data",
    "http://localhost/",
    "http://app.localhost./",
  ])("refuses %s, which is this network's own", async (url) => {
    const outgoing = createOutgoing({ allowedPrivate: [] });
    expect(await outgoing.check(url)).toMatchObject({ code: "private_address" });
    expect(await codeOf(post(outgoing, url))).toBe("private_address");
  });

  it("refuses a name with one private address among public ones", async () => {
    const resolveHost = async () => ["93.184.216.34", "10.0.0.7"];
    const outgoing = anOutgoing({ resolveHost });
    expect(await outgoing.check("https://mixed.test/")).toMatchObject({ code: "private_address" });
  });

  it("takes a name that nobody knows yet when it is saved, and fails when it is called", async () => {
    const resolveHost = async () => {
      throw Object.assign(new Error("queryA ENOTFOUND"), { code: "ENOTFOUND" });
    };
    const outgoing = anOutgoing({ resolveHost });
    expect(await outgoing.check("https://soon.test/")).toBeUndefined();
    expect(await codeOf(post(outgoing, "https://soon.test/"))).toBe("unknown_host");
  });

  it("refuses a name whose answer has changed to a private address since it was saved", async () => {
    let calls = 0;
    const port = await aTarget((_request, response) => response.end(String((calls += 1))));
    const answers = [["93.184.216.34"], ["127.0.0.1"]];
    const resolveHost = async () => answers.shift() ?? [];
    const outgoing = anOutgoing({ resolveHost });
    const url = `http://rebound.test:${port}/`;
    expect(await outgoing.check(url)).toBeUndefined();
    expect(await codeOf(post(outgoing, url))).toBe("private_address");
    expect(calls).toBe(0);
  });

  it("asks for a name once in a call, and connects to the very address that was checked", async () => {
    const port = await aTarget((request, response) => response.end(request.socket.localAddress));
    const asked: string[] = [];
    const resolveHost = async (hostname: string) => {
      asked.push(hostname);
      // Every later answer would lead elsewhere.
      return asked.length === 1 ? ["127.0.0.1"] : ["127.0.0.9"];
    };
    const outgoing = anOutgoing({ allowedPrivate: ["127.0.0.1"], resolveHost });
    const result = await post(outgoing, `http://rebound.test:${port}/`);
    expect(result).toMatchObject({ ok: true, answer: { body: "127.0.0.1" } });
    expect(asked).toEqual(["rebound.test"]);
  });

  it("follows no redirect", async () => {
    let secrets = 0;
    const inside = await aTarget((_request, response) => response.end(String((secrets += 1))));
    const port = await aTarget((_request, response) => {
      response.writeHead(307, { location: `http://127.0.0.1:${inside}/` }).end();
    });
    expect(await codeOf(post(anOutgoing(), `http://target.test:${port}/`))).toBe(307);
    expect(secrets).toBe(0);
  });

  it("reads no more than the beginning of an endless answer", async () => {
    let sent = 0;
    const chunk = Buffer.alloc(65_536, "x");
    const port = await aTarget((_request, response) => {
      const more = () => {
        while (sent < 100 * 1_024 * 1_024 && !response.destroyed) {
          sent += chunk.length;
          if (response.write(chunk)) continue;
          response.once("drain", more);
          break;
        }
      };
      more();
    });
    const result = await post(anOutgoing(), `http://target.test:${port}/`);
    expect(result).toMatchObject({ ok: true, answer: { status: 200, body: "x".repeat(4_096) } });
    expect(sent).toBeLessThan(20 * 1_024 * 1_024);
  });

  it("does not unpack what is compressed", async () => {
    const port = await aTarget((request, response) => {
      expect(request.headers["accept-encoding"]).toBe("identity");
      response.writeHead(200, { "content-encoding": "gzip" }).end(Buffer.from([0x1f, 0x8b, 0x08]));
    });
    const result = await post(anOutgoing(), `http://target.test:${port}/`);
    expect(result).toMatchObject({ ok: true, answer: { status: 200 } });
  });

  it.each([
    ["accepts and says nothing", () => {}],
    ["drips its head", (socket: Socket) => drip(socket, "HTTP/1.1 200 OK\r\nx: ")],
    ["drips its body", (socket: Socket) => drip(socket, "HTTP/1.1 200 OK\r\n\r\n")],
    [
      "answers again and again that it goes on",
      (socket: Socket) => drip(socket, "HTTP/1.1 102 Processing\r\n\r\n", true),
    ],
  ])("gives up on a target that %s", async (_what, talk) => {
    const port = await aRawTarget(talk);
    const outgoing = anOutgoing({ limits: { firstByteMs: 200, totalMs: 300 } });
    expect(await codeOf(post(outgoing, `http://target.test:${port}/`))).toBe("timeout");
  });

  it("gives up on a name server that says nothing", async () => {
    const resolveHost = () => new Promise<string[]>(() => {});
    const outgoing = anOutgoing({ resolveHost, limits: { connectMs: 100 } });
    expect(await outgoing.check("https://silent.test/")).toBeUndefined();
    expect(await codeOf(post(outgoing, "https://silent.test/"))).toBe("timeout");
  });

  it.each([
    ["speaks another protocol", "SSH-2.0-OpenSSH_9.2\r\n"],
    ["sends a head without end", `HTTP/1.1 200 OK\r\nx: ${"x".repeat(200_000)}`],
  ])("fails at a target that %s", async (_what, text) => {
    const port = await aRawTarget((socket) => void socket.write(text));
    expect(await codeOf(post(anOutgoing(), `http://target.test:${port}/`))).toBe("bad_answer");
  });

  it("fails where nobody listens, and where the line is cut", async () => {
    const port = await aRawTarget((socket) => socket.destroy());
    expect(await codeOf(post(anOutgoing(), `http://target.test:${port}/`))).toBe(
      "connection_failed",
    );
    const closed = createTcpServer();
    const free = await listen(closed);
    closed.close();
    await once(closed, "close");
    expect(await codeOf(post(anOutgoing(), `http://target.test:${free}/`))).toBe(
      "connection_failed",
    );
  });

  it("trusts no certificate that nobody has signed, or that names another host", async () => {
    const secure = createHttpsServer({ key: privateKey, cert: certificate }, (_request, response) =>
      response.end("safe"),
    );
    const port = await listen(secure);
    const url = `https://target.test:${port}/`;
    expect(await codeOf(post(anOutgoing(), url))).toBe("connection_failed");
    const trusting = anOutgoing({ certificateAuthorities: certificate });
    expect(await codeOf(post(trusting, url))).toBe(200);
    const other = anOutgoing({
      certificateAuthorities: certificate,
      allowedPrivate: ["127.0.0.1"],
    });
    expect(await codeOf(post(other, `https://other.test:${port}/`))).toBe("connection_failed");
  });

  it("ends what is under way when it stops", async () => {
    const outgoing = anOutgoing();
    const port = await aRawTarget((socket) => socket.once("data", () => outgoing.stop()));
    expect(await codeOf(post(outgoing, `http://target.test:${port}/`))).toBe("stopped");
    expect(await codeOf(post(outgoing, `http://target.test:${port}/`))).toBe("stopped");
  });
});

/** Sends a text, and then a byte (or the text again) now and then. */
function drip(socket: Socket, text: string, again = false): void {
  socket.write(text);
  const timer = setInterval(() => socket.write(again ? text : "x"), 20);
  socket.once("close", () => clearInterval(timer));
}
