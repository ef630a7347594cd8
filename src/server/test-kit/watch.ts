// Removes what a test has started when the test's own process is gone, by whatever signal.
import { spawn } from "node:child_process";

/** Reads until the other end of the pipe closes, which is this process's end. */
const SCRIPT = `
trap '' INT TERM HUP
cat >/dev/null
[ "$2" = 0 ] || kill -KILL "$2"
sleep 0.3
for file in "$1/data/postmaster.pid" "$1/postgres/postmaster.pid" "$1/data/postgres/postmaster.pid"; do
  [ -f "$file" ] || continue
  server=$(head -n 1 "$file")
  kill -QUIT "$server"
  for i in $(seq 100); do kill -0 "$server" || break; sleep 0.05; done
done
[ "$3" = keep ] || rm -rf "$1"`;

export interface WatchOptions {
  /** A process to end. */
  pid?: number;
  /** The folder is somebody else's to remove. */
  keepsFolder?: boolean;
}

/**
 * Watches over a folder with a PostgreSQL cluster in it (`data`, `postgres` or `data/postgres`).
 * @returns the end of the watch, which removes nothing
 */
export function watchOver(folder: string, { pid = 0, keepsFolder }: WatchOptions = {}): () => void {
  const args = ["-c", SCRIPT, "sh", folder, String(pid), keepsFolder ? "keep" : "remove"];
  const shell = spawn("/bin/sh", args, { detached: true, stdio: ["pipe", "ignore", "ignore"] });
  shell.on("error", () => {});
  shell.unref();
  // A pipe keeps the process waiting for it, unless told otherwise.
  (shell.stdin as unknown as { unref?: () => void }).unref?.();
  return () => shell.kill("SIGKILL");
}
