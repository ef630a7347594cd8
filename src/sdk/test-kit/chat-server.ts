// A server that has the chat's script, so that a page really loads it; the script runs what the test gives it.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

declare global {
  interface Window {
    /** What the served script does. */
    arrive?: (() => void) | undefined;
  }
}

export interface ChatServer {
  url: string;
  /** How often the script was asked for. */
  requestCount: () => number;
  /** Has the next requests answered with an error. */
  setBroken: (isBroken: boolean) => void;
  stop: () => Promise<void>;
}

/** Listens on a free port of this machine. */
export async function startChatServer(): Promise<ChatServer> {
  let requests = 0;
  let isBroken = false;
  const server = createServer((_request, response) => {
    requests += 1;
    response.writeHead(isBroken ? 503 : 200, {
      "content-type": "text/javascript",
      "access-control-allow-origin": "*",
    });
    response.end(isBroken ? "" : "window.arrive?.();");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requestCount: () => requests,
    setBroken(next) {
      isBroken = next;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
