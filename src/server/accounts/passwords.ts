// Passwords: scrypt with its parameters beside the hash, a few at a time because each needs 128 MB.
import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";

/** log2 of scrypt's N; 2^17 with r = 8 is what OWASP asks for. */
export const PASSWORD_COST = 17;
const BLOCK_SIZE = 8;
const KEY_LENGTH = 32;
const CONCURRENT_MAX = 2;

/** Runs at most a few tasks at once, the others in the order they came. */
function createLimiter(concurrentMax: number) {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async <Value>(task: () => Promise<Value>): Promise<Value> => {
    if (running >= concurrentMax) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}

export interface Passwords {
  /** `scrypt$17$salt$hash` */
  hash(password: string): Promise<string>;
  /** Takes as long for an unknown user (`undefined`) as for a known one. */
  verify(password: string, stored: string | undefined): Promise<boolean>;
}

/** @param cost log2 of scrypt's N for new hashes */
export function createPasswords(cost: number = PASSWORD_COST): Passwords {
  const limited = createLimiter(CONCURRENT_MAX);
  const nobody = `scrypt$${cost}$${randomBytes(16).toString("base64url")}$${randomBytes(KEY_LENGTH).toString("base64url")}`;

  const derive = (password: string, salt: string, logN: number) =>
    limited(
      () =>
        new Promise<Buffer>((resolve, reject) => {
          const options = { N: 2 ** logN, r: BLOCK_SIZE, p: 1, maxmem: 2 ** logN * 2048 };
          // Composed and decomposed letters are the same password.
          scrypt(password.normalize("NFKC"), salt, KEY_LENGTH, options, (error, key) =>
            error ? reject(error) : resolve(key),
          );
        }),
    );

  return {
    async hash(password) {
      const salt = randomBytes(16).toString("base64url");
      const key = await derive(password, salt, cost);
      return `scrypt$${cost}$${salt}$${key.toString("base64url")}`;
    },
    async verify(password, stored) {
      // Who was invited and has not come yet has an empty hash: nothing opens it.
      const [, logN = "", salt = "", hash = ""] = (stored || nobody).split("$");
      const expected = Buffer.from(hash, "base64url");
      const actual = await derive(password, salt, Number(logN));
      return (
        expected.length === actual.length && timingSafeEqual(expected, actual) && Boolean(stored)
      );
    },
  };
}
