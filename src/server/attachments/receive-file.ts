// Takes a stream in as a file of this machine: never more than is allowed, and nothing of it stays when it is cut.
import { createWriteStream } from "node:fs";
import { mkdir, readdir, rm, stat } from "node:fs/promises";
import path from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { failure, success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import { randomToken } from "../random.ts";
import { incomingFolder } from "./folder-storage.ts";

/** Nobody takes so long for one file: a process was killed while it came. */
const LEFT_BEHIND_MS = 24 * 3_600_000;

export interface ReceivedFile {
  path: string;
  size: number;
}

/** What of an upload says where it ends: busboy stops a file at the limit that it was given. */
export type FileStream = Readable & { truncated?: boolean };

/** Errors: `too_large`, `invalid` (empty, or the connection was cut), of the field that is named. */
export async function receiveFile(
  dataDirectory: string,
  stream: FileStream,
  field: string,
): Promise<Result<ReceivedFile>> {
  const folder = incomingFolder(dataDirectory);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const target = path.join(folder, randomToken());
  const give = async (answer: Result<never>) => {
    await rm(target, { force: true });
    return answer;
  };
  const file = createWriteStream(target, { mode: 0o600, flags: "wx" });
  try {
    await pipeline(stream, file);
  } catch (error) {
    await rm(target, { force: true });
    // The sender's side may break at any time; our own disk must not, and its failure is no input.
    const { code = "" } = error as NodeJS.ErrnoException;
    if (/^(ENOSPC|EACCES|EROFS|EIO|EMFILE|EDQUOT)$/.test(code)) throw error;
    return failure("invalid", "was cut off", { field });
  }
  if (stream.truncated) {
    return await give(failure("too_large", "The file is too large", { field }));
  }
  if (file.bytesWritten === 0) return await give(failure("invalid", "is empty", { field }));
  return success({ path: target, size: file.bytesWritten });
}

/** Removes what a process that is no more has left on its way. */
export async function removeLeftBehind(dataDirectory: string, now: Date): Promise<void> {
  const folder = incomingFolder(dataDirectory);
  for (const name of await readdir(folder).catch(() => [])) {
    const found = await stat(path.join(folder, name)).catch(() => undefined);
    if (found && now.getTime() - found.mtimeMs > LEFT_BEHIND_MS) {
      await rm(path.join(folder, name), { force: true });
    }
  }
}
