// What the operating system says of a process that is not our child.
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";

const run = promisify(execFile);
const POLL_MS = 20;

/** Whether it runs; one that has ended and waits for its parent does not. */
export async function isRunning(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  if (process.platform !== "linux") return true;
  const state = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  // "pid (name) state …", and a name may hold brackets.
  return !/^ [ZX]/.test(state.slice(state.lastIndexOf(")") + 1)) && state !== "";
}

/** Its command line, or "" when it is gone or not ours to see. */
export async function readCommand(pid: number): Promise<string> {
  if (process.platform === "linux") {
    const text = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
    return text.replaceAll("\0", " ").trim();
  }
  const [file, args]: [string, string[]] =
    process.platform === "win32"
      ? ["tasklist", ["/fi", `pid eq ${pid}`, "/fo", "csv", "/nh"]]
      : ["ps", ["-ww", "-o", "command=", "-p", String(pid)]];
  return run(file, args).then(
    ({ stdout }) => stdout.trim(),
    () => "",
  );
}

/** @returns false when it still runs after that time */
export async function waitUntilEnded(pid: number, timeoutMs: number): Promise<boolean> {
  const giveUpAt = performance.now() + timeoutMs;
  while (await isRunning(pid)) {
    if (performance.now() > giveUpAt) return false;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  return true;
}
