// Links that lead back to a conversation: signed, for a time, and only for whoever may read it anyway.
import { and, eq } from "drizzle-orm";
import type { ConversationLink } from "../../protocol/records.ts";
import { failure, success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import type { VisitorIdentity } from "../contacts/visitors.ts";
import { findConversation, isVisitors, ofVisitor } from "../conversations/find.ts";
import { conversations } from "../database/conversation-tables.ts";
import { hmac, sameText } from "../random.ts";
import type { RoomDeps } from "../room.ts";

type Deps = Pick<RoomDeps, "db" | "clock" | "config">;

/** Long enough for an e-mail that lies around; the conversation itself stays. */
const LIFETIME_MS = 30 * 86_400_000;

/** The row's own number, not the account's: it names one conversation in all accounts. */
function signatureOf({ config }: Deps, conversationId: number, expiresAt: number): string {
  const text = `conversation-link:${conversationId}:${expiresAt}`;
  return hmac(config.secret, text).toString("base64url");
}

/** Errors: `not_found`, also for another visitor's. */
export async function linkConversation(
  deps: Deps,
  visitor: VisitorIdentity,
  displayId: number,
): Promise<Result<ConversationLink>> {
  const found = await findConversation(deps.db, ofVisitor(visitor, displayId));
  if (!found.ok) return found;
  const { id } = found.data;
  const expiresAt = Math.floor((deps.clock().getTime() + LIFETIME_MS) / 1_000);
  const link = `${id.toString(36)}.${expiresAt.toString(36)}.${signatureOf(deps, id, expiresAt)}`;
  return success({ link, expires_at: expiresAt });
}

/**
 * The conversation to which a link leads. Holding the link is no right to read it: the visitor must be the one
 * who began it, or be verified as its contact. Errors: `not_found`, whatever the reason, so that a
 * link that was found tells nothing.
 */
export async function openLink(
  deps: Deps,
  visitor: VisitorIdentity,
  link: string,
): Promise<Result<{ id: number }>> {
  const refused = failure("not_found", "This link leads to no conversation of this visitor", {
    field: "link",
  });
  const [, id36 = "", expires36 = "", signature = ""] =
    /^([\da-z]{1,11})\.([\da-z]{1,11})\.([\w-]{43})$/.exec(link) ?? [];
  const [id, expiresAt] = [Number.parseInt(id36, 36), Number.parseInt(expires36, 36)];
  if (!Number.isSafeInteger(id) || !Number.isSafeInteger(expiresAt)) return refused;
  if (!sameText(signature, signatureOf(deps, id, expiresAt))) return refused;
  if (expiresAt * 1_000 <= deps.clock().getTime()) return refused;
  const found = await findConversation(deps.db, and(eq(conversations.id, id), isVisitors(visitor)));
  return found.ok ? success({ id: found.data.display_id }) : refused;
}
