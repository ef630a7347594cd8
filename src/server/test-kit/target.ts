// Somebody else's server, as webhooks call one: it keeps what it was told and answers what the test says.
import { once } from "node:events";
import { createServer } from "node:http";
import type { ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { onTestFinished } from "vitest";

export interface ReceivedCall {
  path: string;
  headers: Record<string, string | undefined>;
  /** The raw body. */
  body: string;
  // What came is what a test looks at, field by field.
  // oxlint-disable-next-line typescript/no-explicit-any
  json: any;
}

export interface TestTarget {
  /** Below the name `target.test`, which the test's app resolves to this machine. */
  url: string;
  port: number;
  calls: ReceivedCall[];
  /** How the next calls are answered: a status, or whatever is done with the response. */
  answer: (call: ReceivedCall, response: ServerResponse) => number | void;
}

/** Listens until the test is over. */
export async function startTarget(): Promise<TestTarget> {
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString("utf8");
      const headers = request.headers as Record<string, string | undefined>;
      const call = { path: request.url ?? "", headers, body, json: JSON.parse(body) as unknown };
      target.calls.push(call);
      const status = target.answer(call, response);
      if (status) response.writeHead(status).end(`answered ${status}`);
    });
  });
  server.on("connection", (socket) => sockets.add(socket.on("error", () => {})));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  const { port } = server.address() as AddressInfo;
  const target: TestTarget = {
    url: `http://target.test:${port}/hook`,
    port,
    calls: [],
    answer: () => 200,
  };
  return target;
}
