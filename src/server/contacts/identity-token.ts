// Signed identity tokens: a website's server says who its user is, for a short time and for one browser.
import { eq, lt } from "drizzle-orm";
import { errors, jwtVerify } from "jose";
import { NAME_MAX_LENGTH } from "../../protocol/limits.ts";
import { signedFieldsSchema } from "../../protocol/requests-visitors.ts";
import type { SignedFields } from "../../protocol/requests-visitors.ts";
import { failure, success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import type { Transaction } from "../database/connection.ts";
import { used_identity_tokens } from "../database/identity-tables.ts";
import type { InboxRow } from "../inboxes/inboxes.ts";
import { fingerprint } from "../random.ts";

export interface IdentityToken {
  identifier: string;
  /** Of what was signed. */
  fingerprint: string;
  /** What the website says of its user beside that. */
  fields: SignedFields;
  expiresAt: Date;
}

/** A token that is good for longer has too much time to be stolen in. */
const LIFETIME_MAX_MS = 24 * 3_600_000;

/**
 * A lenient decoder reads several texts as the same bytes: each would be one more token. Only the text that the
 * bytes themselves would be written as is one.
 */
const isCanonical = (token: string) =>
  token.split(".").every((part) => Buffer.from(part, "base64url").toString("base64url") === part);

const refused = (why: string) =>
  failure("unauthenticated", `identity_token ${why}`, { field: "identity_token" });

/**
 * The identity that a JWT proves: HS256 with the inbox's secret, `aud` its website token, `sub` the user's
 * id, `exp` within a day. Errors: `unauthenticated`, whose message says why.
 */
export async function readIdentityToken(
  inbox: Pick<InboxRow, "hmac_token" | "website_token">,
  token: string,
  now: Date,
): Promise<Result<IdentityToken>> {
  try {
    const { payload } = await jwtVerify(token, new TextEncoder().encode(inbox.hmac_token), {
      algorithms: ["HS256"],
      audience: inbox.website_token,
      requiredClaims: ["exp", "sub"],
      currentDate: now,
    });
    if (!isCanonical(token)) return refused("is not written as base64url");
    const { sub: identifier = "", exp = 0 } = payload;
    // Believed to the end of the second; as long it must be known as used.
    const expiresAt = new Date(Math.ceil(exp) * 1_000);
    if (identifier === "" || identifier.length > NAME_MAX_LENGTH || identifier.includes("\u0000")) {
      return refused("has no subject that can be a user's id");
    }
    if (expiresAt.getTime() - now.getTime() > LIFETIME_MAX_MS) {
      return refused("is good for longer than a day");
    }
    const fields = signedFieldsSchema.safeParse(payload);
    if (!fields.success) return refused(`has no right ${String(fields.error.issues[0]?.path[0])}`);
    const signed = token.slice(0, token.lastIndexOf("."));
    return success({
      identifier,
      fingerprint: fingerprint(signed),
      fields: fields.data,
      expiresAt,
    });
  } catch (error) {
    if (error instanceof errors.JWTExpired) return refused("has expired");
    if (error instanceof errors.JWTClaimValidationFailed)
      return refused(`has no right ${error.claim}`);
    if (error instanceof errors.JOSEAlgNotAllowed) return refused("is not signed with HS256");
    if (error instanceof errors.JOSEError) return refused("is not signed by this inbox's secret");
    throw error;
  }
}

/**
 * Takes the token for one browser; `contactInboxId` is missing for one that is about to be made. Errors:
 * `unauthenticated`, when another browser has shown it before.
 */
export async function takeIdentityToken(
  tx: Transaction,
  token: IdentityToken,
  now: Date,
  contactInboxId?: number,
): Promise<Result<null>> {
  await tx.delete(used_identity_tokens).where(lt(used_identity_tokens.expires_at, now));
  const [taken] = await tx
    .insert(used_identity_tokens)
    .values({
      fingerprint: token.fingerprint,
      contact_inbox_id: contactInboxId ?? null,
      expires_at: token.expiresAt,
    })
    .onConflictDoNothing()
    .returning({ fingerprint: used_identity_tokens.fingerprint });
  if (taken) return success(null);
  const [before] = await tx
    .select({ contactInboxId: used_identity_tokens.contact_inbox_id })
    .from(used_identity_tokens)
    .where(eq(used_identity_tokens.fingerprint, token.fingerprint));
  return contactInboxId !== undefined && before?.contactInboxId === contactInboxId
    ? success(null)
    : refused("was used by another browser");
}

/** Says which browser it was that has taken a token before it had a number. */
export async function nameTaker(
  tx: Transaction,
  token: IdentityToken,
  contactInboxId: number,
): Promise<void> {
  await tx
    .update(used_identity_tokens)
    .set({ contact_inbox_id: contactInboxId })
    .where(eq(used_identity_tokens.fingerprint, token.fingerprint));
}
