// Unguessable names and their fingerprints.
import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** 24 random bytes as base64url: 32 characters, a credential. */
export function randomToken(): string {
  return randomBytes(24).toString("base64url");
}

/** SHA-256 in hex: what a database keeps of a token. */
export function fingerprint(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

export function hmac(key: string, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}

/** Compares two texts in a time that depends on neither. */
export function sameText(one: string, other: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
