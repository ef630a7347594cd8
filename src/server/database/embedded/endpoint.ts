// Where the embedded server listens: a private Unix socket, or loopback where there are none.
import { createHash } from "node:crypto";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { makePrivateFolder } from "./cluster.ts";
import type { Launcher } from "./launcher.ts";

/** Part of a socket's file name; the server listens on no TCP port. */
const SOCKET_PORT = 5432;
/** A socket's address takes 104 bytes on macOS and 108 on Linux. */
const SOCKET_PATH_MAX_BYTES = 100;

export interface Endpoint {
  /** Folder of the socket, or a host name. */
  host: string;
  port: number;
  /** What makes the server listen there. */
  settings: Record<string, string | number>;
}

/** The folder of the socket: in the data folder, or, where its path is too long, a temporary one. */
export function chooseSocketFolder(dataDirectory: string, temporary = os.tmpdir()): string {
  const folder = path.join(dataDirectory, "socket");
  const file = path.join(folder, `.s.PGSQL.${SOCKET_PORT}`);
  if (Buffer.byteLength(file) <= SOCKET_PATH_MAX_BYTES) return folder;
  const key = createHash("sha256").update(dataDirectory).digest("hex").slice(0, 16);
  return path.join(temporary, `parlor-${key}`);
}

export async function prepareEndpoint(
  dataDirectory: string,
  launcher: Launcher,
  previousPort?: number,
): Promise<Endpoint> {
  if (process.platform === "win32") {
    const port = previousPort ?? (await findFreePort());
    const settings = { listen_addresses: "127.0.0.1", unix_socket_directories: "", port };
    return { host: "127.0.0.1", port, settings };
  }
  const folder = chooseSocketFolder(dataDirectory);
  await makePrivateFolder(folder, launcher);
  return {
    host: folder,
    port: SOCKET_PORT,
    settings: {
      listen_addresses: "",
      unix_socket_directories: `"${folder.replaceAll('"', '""')}"`,
      unix_socket_permissions: "0700",
      port: SOCKET_PORT,
    },
  };
}

async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
