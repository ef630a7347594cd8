// The secrets that sign deliveries: derived, so that a copy of the database signs nothing.
import { hmac } from "../random.ts";
import type { WebhookRow } from "./webhooks.ts";

type Secrets = Pick<
  WebhookRow,
  "secret_nonce" | "previous_secret_nonce" | "previous_secret_expires_at"
>;

/** What the receiver of a webhook checks signatures with. */
export function webhookSecret(parlorSecret: string, nonce: string): string {
  return `whsec_${hmac(parlorSecret, `webhook:${nonce}`).toString("base64url")}`;
}

/** The newest secret first; the one before it as long as it is valid. */
export function validSecrets(parlorSecret: string, row: Secrets, now: Date): string[] {
  const { previous_secret_nonce: previous, previous_secret_expires_at: expiresAt } = row;
  const nonces =
    previous !== null && expiresAt !== null && expiresAt > now
      ? [row.secret_nonce, previous]
      : [row.secret_nonce];
  return nonces.map((nonce) => webhookSecret(parlorSecret, nonce));
}

/**
 * `v1=` and the HMAC-SHA256 of timestamp, dot and raw body, in hexadecimal; one for each secret,
 * separated by commas. The timestamp is part of it, so that an old delivery cannot be sent again.
 */
export function signatureOf(secrets: string[], timestamp: number, body: string): string {
  return secrets
    .map((secret) => `v1=${hmac(secret, `${timestamp}.${body}`).toString("hex")}`)
    .join(",");
}
