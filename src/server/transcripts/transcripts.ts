// Transcripts: read for a file, and sent by e-mail to whom it may concern.
import { and, eq } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import { failure, success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import type { AgentIdentity } from "../agents/agents.ts";
import { applyStated } from "../contacts/apply-fields.ts";
import { withStated } from "../contacts/stated.ts";
import type { VisitorIdentity } from "../contacts/visitors.ts";
import { findConversation, ofAgent, ofVisitor } from "../conversations/find.ts";
import { contacts } from "../database/contact-tables.ts";
import { conversations } from "../database/conversation-tables.ts";
import { inboxes } from "../database/inbox-tables.ts";
import { messages } from "../database/message-tables.ts";
import type { Mailer } from "../mail/mailer.ts";
import { countMail } from "../mail/throttle.ts";
import { latestPublicMessages } from "../messages/queries.ts";
import type { RoomDeps } from "../room.ts";
import { composeTranscript } from "./compose.ts";
import type { Transcript } from "./compose.ts";
import { voiceOf } from "./words.ts";
import type { Reader } from "./words.ts";

/** Most messages of one transcript, the latest. */
const MESSAGES_MAX = 2_000;

/** Some hours: later, nobody waits for it. */
const job = { maxAttempts: 12 };

const noMail = () => failure("invalid", "This server has no e-mail set up", { field: "email" });

async function read(
  { db }: Pick<RoomDeps, "db">,
  where: SQL | undefined,
  reader: Reader,
): Promise<Result<Transcript>> {
  const [row] = await db
    .select({ id: conversations.id, displayId: conversations.display_id, team: inboxes.name })
    .from(conversations)
    .innerJoin(inboxes, eq(inboxes.id, conversations.inbox_id))
    .where(where);
  if (!row) return failure("not_found", "Resource could not be found");
  const { id: conversationId, displayId, team } = row;
  const of = { conversationId, displayId, publicOnly: true };
  const latest = await latestPublicMessages(db, of, MESSAGES_MAX + 1);
  return success(
    composeTranscript({
      team,
      displayId,
      messages: latest.slice(-MESSAGES_MAX),
      isCut: latest.length > MESSAGES_MAX,
      voice: voiceOf(reader),
    }),
  );
}

/** What the visitor may see of his conversation. Errors: `not_found`. */
export const readTranscript = (
  deps: Pick<RoomDeps, "db">,
  visitor: VisitorIdentity,
  displayId: number,
  reader: Reader,
): Promise<Result<Transcript>> => read(deps, ofVisitor(visitor, displayId), reader);

/**
 * Sends it to the visitor's own address, and nowhere else. Who has none yet gives one, which becomes
 * his contact's. Nothing is sent before somebody has answered: what a stranger writes himself goes to
 * nobody. Answers where it goes. Errors: `not_found`, `invalid` (no address, or another one than his),
 * `conflict` (nobody has answered), `too_many_requests`.
 */
export async function mailTranscriptToVisitor(
  { events, jobs, config, rateLimits }: RoomDeps,
  visitor: VisitorIdentity,
  displayId: number,
  given: string | undefined,
  reader: Reader,
): Promise<Result<{ email: string }>> {
  if (!config.mail) return noMail();
  return await events.transaction<Result<{ email: string }>>(async (tx, record) => {
    const [conversation] = await tx
      .select({ id: conversations.id })
      .from(conversations)
      .where(ofVisitor(visitor, displayId));
    if (!conversation) return failure("not_found", "Resource could not be found");
    const [answer] = await tx
      .select({ id: messages.id })
      .from(messages)
      .where(
        and(
          eq(messages.conversation_id, conversation.id),
          eq(messages.message_type, "outgoing"),
          eq(messages.private, false),
        ),
      )
      .limit(1);
    if (!answer) return failure("conflict", "Nobody has answered in this conversation yet");
    const [contact] = await tx
      .select()
      .from(contacts)
      .where(eq(contacts.id, visitor.contactId))
      .for("update");
    const own = contact ? withStated(contact).email : null;
    const email = own ?? given;
    if (!contact || email === undefined) {
      return failure("invalid", "must be given", { field: "email" });
    }
    if (given !== undefined && given !== email) {
      return failure("invalid", "is not this visitor's address", { field: "email" });
    }
    const counted = await countMail({ rateLimits }, { visitor: visitor.contactInboxId }, email);
    if (!counted.ok) return counted;
    if (own === null) {
      for (const event of await applyStated(tx, contact, { email })) record(event);
    }
    await jobs.enqueue(
      tx,
      "transcript:mail",
      { conversationId: conversation.id, to: email, ...reader },
      job,
    );
    return success({ email });
  });
}

/** Sends what the visitor may see to any address. Errors: `not_found`, `invalid`, `too_many_requests`. */
export async function mailTranscriptByAgent(
  { db, jobs, config, rateLimits }: RoomDeps,
  agent: AgentIdentity,
  displayId: number,
  email: string,
): Promise<Result<null>> {
  const found = await findConversation(db, ofAgent(db, agent, displayId));
  if (!found.ok) return found;
  if (!config.mail) return noMail();
  const counted = await countMail({ rateLimits }, { agent: agent.userId }, email);
  if (!counted.ok) return counted;
  await jobs.enqueue(db, "transcript:mail", { conversationId: found.data.id, to: email }, job);
  return success(null);
}

/** The job behind both: composed when it is sent, so that a retry tells the present state. */
export function handleTranscriptMails(deps: RoomDeps, mailer: Mailer | undefined): void {
  deps.jobs.handle("transcript:mail", async ({ conversationId, to, ...reader }) => {
    const transcript = await read(deps, eq(conversations.id, conversationId), reader);
    // Removed meanwhile, or e-mail was switched off: there is nothing to try again.
    if (!transcript.ok || !mailer) return;
    const { title, text, html } = transcript.data;
    await mailer.send({ to, subject: title, text, html });
  });
}
