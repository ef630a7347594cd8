// Starting a conversation: once for each echo id, with its first message in the same transaction.
import { and, eq } from "drizzle-orm";
import type { StartConversation } from "../../protocol/requests-visitors.ts";
import type { PublicConversation } from "../../protocol/records.ts";
import { success } from "../../protocol/result.ts";
import type { Failure, Result } from "../../protocol/result.ts";
import { applyStated } from "../contacts/apply-fields.ts";
import type { VisitorIdentity } from "../contacts/visitors.ts";
import { findVisitorById } from "../contacts/visitors.ts";
import type { Transaction } from "../database/connection.ts";
import { databaseErrorOf, violatesUnique } from "../database/errors.ts";
import { contacts } from "../database/contact-tables.ts";
import { conversations } from "../database/conversation-tables.ts";
import type { Actor, RecordedEvent } from "../events.ts";
import type { RoomDeps } from "../room.ts";
import { autoAssign } from "./auto-assign.ts";
import { getPublicConversation, notFound } from "./find.ts";
import { beginning, insertConversation, insertFirstMessage } from "./insert.ts";
import { readPreChatAnswers } from "./pre-chat-answers.ts";
import type { ReadAnswers } from "./pre-chat-answers.ts";
import { audienceOf } from "./records.ts";
import { wishedFor } from "./wishes.ts";

/** PostgreSQL's SQLSTATE. */
const FOREIGN_KEY_VIOLATION = "23503";

type Deps = Pick<RoomDeps, "db" | "events" | "clock" | "config">;

/** Takes the transaction back, with what to answer. */
class Refused extends Error {
  readonly refusal: { ok: false; error: Failure };
  constructor(refusal: { ok: false; error: Failure }) {
    super(refusal.error.message);
    this.refusal = refusal;
  }
}

/**
 * Starts a conversation for this visitor. An `echo_id` that he has used answers the first one.
 * What he has answered before it becomes his contact's and the conversation's in the same transaction.
 * Errors: `not_found` (his contact has been removed), `invalid` (an answer, or uploads that are not his).
 */
export async function startConversation(
  deps: Deps,
  visitor: VisitorIdentity,
  input: StartConversation,
): Promise<Result<PublicConversation>> {
  try {
    const first = await findStarted(deps, visitor, input);
    const started = first ? success(first) : await start(deps, visitor, input);
    if (!started.ok) return started;
    return await getPublicConversation(deps, eq(conversations.id, started.data.id));
  } catch (error) {
    if (error instanceof Refused) return error.refusal;
    throw error;
  }
}

async function findStarted(
  { db }: Deps,
  visitor: VisitorIdentity,
  { echo_id }: StartConversation,
): Promise<{ id: number } | undefined> {
  if (echo_id === undefined) return undefined;
  const [row] = await db
    .select({ id: conversations.id })
    .from(conversations)
    .where(
      and(
        eq(conversations.contact_inbox_id, visitor.contactInboxId),
        eq(conversations.echo_id, echo_id),
      ),
    );
  return row;
}

async function start(
  deps: Deps,
  visitor: VisitorIdentity,
  input: StartConversation,
): Promise<Result<{ id: number }>> {
  try {
    return await deps.events.transaction<Result<{ id: number }>>(async (tx, record) => {
      const now = deps.clock();
      const answers = await readPreChatAnswers(tx, visitor.inboxId, input.pre_chat, now);
      if (!answers.ok) return answers;
      const said = answers.data;
      const contact = await learn(tx, record, visitor, said);
      const wished = contact.blocked ? {} : await wishedFor(tx, visitor, input);
      const created = await insertConversation(
        tx,
        {
          account_id: visitor.accountId,
          inbox_id: visitor.inboxId,
          contact_id: visitor.contactId,
          contact_inbox_id: visitor.contactInboxId,
          echo_id: input.echo_id ?? null,
          custom_attributes: { ...input.custom_attributes, ...said.customAttributes },
          additional_attributes: said.additionalAttributes,
          ...beginning("contact", "open", contact.blocked, now),
          ...wished,
        },
        now,
      );
      const actor: Actor = { type: "contact", id: visitor.contactId };
      record({
        name: "conversation:created",
        audience: audienceOf(created),
        actor,
        seq: 1,
        changes: {},
      });
      if (input.message) {
        const first = {
          actor,
          senderName: contact.name,
          senderAvatarUrl: contact.avatar_url,
          content: input.message.content?.trim() ? input.message.content : null,
          private: false,
          echoId: input.message.echo_id,
          patch: contact.blocked ? {} : { waiting_since: now, agent_unread_count: 1 },
          files: filesOf(deps, visitor, input.message.attachments),
        };
        const stored = await insertFirstMessage(tx, created, first, now);
        if (!stored.ok) throw new Refused(stored);
        record(stored.data);
      }
      await autoAssign(tx, record, created, now);
      return success({ id: created.id });
    });
  } catch (error) {
    if (violatesUnique(error, "conversations_echo_id")) {
      const first = await findStarted(deps, visitor, input);
      return first ? success(first) : notFound();
    }
    if (databaseErrorOf(error)?.code !== FOREIGN_KEY_VIOLATION) throw error;
    // At this very moment his contact was merged into another, verified, or removed.
    const present = await findVisitorById(deps.db, visitor.contactInboxId);
    if (present?.contactId === visitor.contactId) throw error;
    return present ? await start(deps, present, input) : notFound();
  }
}

function filesOf({ config }: Deps, visitor: VisitorIdentity, uploads: string[] = []) {
  const { accountId, inboxId, contactInboxId } = visitor;
  const uploader = { accountId, inboxId, from: { contactInboxId } };
  return { uploader, uploads, publicUrl: config.publicUrl };
}

/**
 * The contact as he is with his answers. Nobody is to be disturbed by what a blocked one writes; he is
 * not told.
 */
async function learn(
  tx: Transaction,
  record: (event: RecordedEvent) => void,
  visitor: VisitorIdentity,
  said: ReadAnswers,
): Promise<Pick<typeof contacts.$inferSelect, "blocked" | "name" | "avatar_url">> {
  const { contact: fields } = said;
  const select = tx.select().from(contacts).where(eq(contacts.id, visitor.contactId));
  const isTold = Object.keys(fields).length > 0;
  const [row] = await (isTold ? select.for("update") : select);
  // The conversation's own row will say that he is gone.
  if (!row) return { blocked: false, name: visitor.name, avatar_url: visitor.avatarUrl };
  if (isTold) for (const event of await applyStated(tx, row, fields)) record(event);
  return { ...row, name: (!row.identifier_verified && fields.name) || row.name };
}
