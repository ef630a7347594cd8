// Ports that nobody listens on.
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";

/** For who must be told where to listen: a server that comes back where it was, a browser's driver. */
export async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
