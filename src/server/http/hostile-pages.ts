// Demo pages that make a widget's life hard: each answer under the strictest policy, with a nonce of its own.
import { randomBytes } from "node:crypto";
import type { Asset } from "./web-assets.ts";

/** What stands in these pages where a script tag has its nonce. */
const NONCE_PLACEHOLDER = "PAGE_NONCE";

/** The policy that the documentation promises to work under, and nothing that helps. */
const policy = (nonce: string) =>
  [
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    "style-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'self'",
    "require-trusted-types-for 'script'",
  ].join("; ");

/** The page as it is sent once: a nonce that was sent before protects nothing. */
export function hostilePageOf(page: Asset): { headers: Record<string, string>; body: string } {
  const nonce = randomBytes(16).toString("base64url");
  return {
    headers: { "content-security-policy": policy(nonce), "cache-control": "no-store" },
    body: page.bodies.identity.toString().replaceAll(NONCE_PLACEHOLDER, nonce),
  };
}
