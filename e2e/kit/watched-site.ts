// The server's pages through a proxy that writes a watch into each: for browsers whose console nobody can read.
import { createServer, request as ask } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createConnection } from "node:net";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { noteComplaints, noteTroubles } from "./watch.ts";

export interface WatchedSite {
  url: string;
  /** What the server refused. */
  refusals: string[];
  /** From now on the chat's script comes empty, or whole again. */
  withholdScript(is: boolean): void;
  stop(): Promise<void>;
}

/** The page with the watch before any script of its own, under the nonce that its policy allows. */
function watched(html: string, policy: string): string {
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? "";
  const script = `(${String(noteTroubles)})();(${String(noteComplaints)})()`;
  return html.replace("<head>", `<head><script nonce="${nonce}">${script}</script>`);
}

async function readText(message: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

/** Carries what is no request: a WebSocket. */
function upgrade(target: URL, { method, url, headers }: IncomingMessage, client: Duplex): void {
  const server = createConnection(Number(target.port), target.hostname);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}`);
  server.write([`${method} ${url} HTTP/1.1`, ...lines, "", ""].join("\r\n"));
  for (const [from, to] of [
    [client, server],
    [server, client],
  ] as const) {
    from.pipe(to);
    // What one end says by an error, the other hears by the end.
    from.on("error", () => to.destroy());
  }
}

/** Listens on a free port until it is stopped. */
export async function serveWatched(serverUrl: string): Promise<WatchedSite> {
  const target = new URL(serverUrl);
  const refusals: string[] = [];
  const upgraded = new Set<Duplex>();
  let isWithheld = false;

  async function answer(got: IncomingMessage, response: ServerResponse): Promise<void> {
    const { statusCode = 502, headers } = got;
    if (statusCode >= 400) refusals.push(`${statusCode} ${got.url}`);
    if (!headers["content-type"]?.startsWith("text/html")) {
      response.writeHead(statusCode, headers);
      got.pipe(response);
      return;
    }
    const { "content-length": _length, ...kept } = headers;
    const html = await readText(got);
    response.writeHead(statusCode, kept);
    response.end(watched(html, String(headers["content-security-policy"] ?? "")));
  }

  const listener = createServer((request, response) => {
    if (isWithheld && request.url?.startsWith("/widget.js")) {
      response.writeHead(200, { "content-type": "text/javascript" }).end();
      return;
    }
    const { method, url = "/" } = request;
    // Whole and as it is: a page that was compressed, or is in the browser's cache, cannot be written into.
    const { "accept-encoding": _encoding, "if-none-match": _tag, ...headers } = request.headers;
    const outgoing = ask(new URL(url, target), { method, headers }, (got) => {
      void answer(got, response);
    });
    outgoing.on("error", () => response.destroy());
    request.pipe(outgoing);
  });
  listener.on("upgrade", (request, client) => {
    upgraded.add(client.on("close", () => upgraded.delete(client)));
    upgrade(target, request, client);
  });
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const { port } = listener.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    refusals,
    withholdScript: (is) => void (isWithheld = is),
    async stop() {
      listener.closeAllConnections();
      for (const client of upgraded) client.destroy();
      await new Promise((resolve) => listener.close(resolve));
    },
  };
}
