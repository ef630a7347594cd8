// The server's secret when the environment gives none: random, made once, for this user's eyes only.
import { randomBytes } from "node:crypto";
import {
  accessSync,
  chmodSync,
  constants,
  statSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { StartupError } from "./startup-error.ts";

/**
 * The secret in `secret` of the data folder, made when missing; processes that start at once get
 * the same one.
 * @throws StartupError when the folder cannot be used or the file holds too little
 */
export function readOrCreateSecret(dataDirectory: string, minLength: number): string {
  const file = path.join(dataDirectory, "secret");
  makeDataDirectory(dataDirectory);
  const secret = explainFailure(dataDirectory, () => {
    if (!existsSync(file)) createSecret(file);
    return readFileSync(file, "utf8").trim();
  });
  if (secret.length >= minLength) return secret;
  throw new StartupError(
    `${file} holds fewer than ${minLength} characters. Put back what it held, or remove it to ` +
      `get a new secret (everybody signs in again), or set PARLOR_SECRET.`,
  );
}

/**
 * Others may pass it, for PostgreSQL's user, but not list it; what is private in it says so itself.
 * @throws StartupError when this process may not write there
 */
export function makeDataDirectory(dataDirectory: string): void {
  explainFailure(dataDirectory, () => {
    if (mkdirSync(dataDirectory, { recursive: true })) chmodSync(dataDirectory, 0o711);
    accessSync(dataDirectory, constants.R_OK | constants.W_OK | constants.X_OK);
  });
}

function explainFailure<Value>(dataDirectory: string, action: () => Value): Value {
  try {
    return action();
  } catch (error) {
    const owner = statSync(dataDirectory, { throwIfNoEntry: false })?.uid;
    throw new StartupError(
      `DATA_DIR (${dataDirectory}) cannot be used: ${(error as Error).message}. ` +
        (owner === undefined ? "" : `It belongs to the user with number ${owner}. `) +
        `Start Parlor as a user who may write there, or write another folder.`,
    );
  }
}

/** Written aside, then linked: nobody ever reads half a secret, and the first one stays. */
function createSecret(file: string): void {
  const temporary = `${file}.${randomBytes(6).toString("hex")}`;
  writeFileSync(temporary, `${randomBytes(32).toString("hex")}\n`, { mode: 0o600, flag: "wx" });
  try {
    linkSync(temporary, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(temporary);
  }
}
