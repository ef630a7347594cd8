// Starting a conversation: once for each echo id, with its first message in the same transaction.
import { and, eq, sql } from "drizzle-orm";
import type { StartConversation } from "../../protocol/requests.ts";
import type { PublicConversation } from "../../protocol/records.ts";
import type { Result } from "../../protocol/result.ts";
import type { VisitorIdentity } from "../contacts/visitors.ts";
import type { Transaction } from "../database/connection.ts";
import { violatesUnique } from "../database/errors.ts";
import { accounts, conversations, messages } from "../database/tables.ts";
import type { Actor, RecordedEvent } from "../events.ts";
import { messageRecord } from "../messages/records.ts";
import { parseRichText } from "../messages/rich-text/parse.ts";
import type { RoomDeps } from "../room.ts";
import { getPublicConversation } from "./find.ts";
import { audienceOf, conversationState, publicConversationState } from "./records.ts";
import type { ConversationRow } from "./records.ts";

type Deps = Pick<RoomDeps, "db" | "events" | "clock">;

/** Starts a conversation for this visitor. An `echo_id` that he has used answers the first one. */
export async function startConversation(
  deps: Deps,
  visitor: VisitorIdentity,
  input: StartConversation,
): Promise<Result<PublicConversation>> {
  const row = (await findStarted(deps, visitor, input)) ?? (await start(deps, visitor, input));
  return await getPublicConversation(deps, eq(conversations.id, row.id));
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
): Promise<{ id: number }> {
  try {
    return await deps.events.transaction(async (tx, record) => {
      const now = deps.clock();
      const created = await insertConversation(tx, visitor, input, now);
      const actor: Actor = { type: "contact", id: visitor.contactId };
      record({
        name: "conversation:created",
        audience: audienceOf(created),
        actor,
        seq: 1,
        changes: {},
      });
      if (input.message) {
        record(await insertFirstMessage(tx, created, visitor, input.message, now));
      }
      return created;
    });
  } catch (error) {
    const first = violatesUnique(error, "conversations_echo_id")
      ? await findStarted(deps, visitor, input)
      : undefined;
    if (!first) throw error;
    return first;
  }
}

async function insertConversation(
  tx: Transaction,
  visitor: VisitorIdentity,
  input: StartConversation,
  now: Date,
): Promise<ConversationRow> {
  // The account's row is locked from here to the commit: display ids have no gaps and no twins.
  const [account] = await tx
    .update(accounts)
    .set({ last_display_id: sql`${accounts.last_display_id} + 1` })
    .where(eq(accounts.id, visitor.accountId))
    .returning({ displayId: accounts.last_display_id });
  if (!account) throw new Error("the visitor's account has vanished");
  const [row] = await tx
    .insert(conversations)
    .values({
      account_id: visitor.accountId,
      display_id: account.displayId,
      inbox_id: visitor.inboxId,
      contact_id: visitor.contactId,
      contact_inbox_id: visitor.contactInboxId,
      echo_id: input.echo_id ?? null,
      custom_attributes: input.custom_attributes ?? {},
      seq: 1,
      created_at: now,
      last_activity_at: now,
    })
    .returning();
  if (!row) throw new Error("INSERT answered no conversation");
  return row;
}

async function insertFirstMessage(
  tx: Transaction,
  { id, account_id, display_id }: ConversationRow,
  visitor: VisitorIdentity,
  input: NonNullable<StartConversation["message"]>,
  now: Date,
): Promise<RecordedEvent> {
  const [message] = await tx
    .insert(messages)
    .values({
      account_id,
      conversation_id: id,
      seq: 2,
      changed_seq: 2,
      message_type: "incoming",
      content: input.content,
      content_tree: parseRichText(input.content),
      echo_id: input.echo_id,
      sender_type: "contact",
      sender_id: visitor.contactId,
      created_at: now,
    })
    .returning();
  if (!message) throw new Error("INSERT answered no message");
  const [row] = await tx
    .update(conversations)
    .set({
      seq: 2,
      waiting_since: now,
      agent_unread_count: 1,
      last_message_id: message.id,
      last_public_message_id: message.id,
    })
    .where(eq(conversations.id, id))
    .returning();
  if (!row) throw new Error("a new conversation has vanished");
  const sender = { sender_name: visitor.name, sender_avatar_url: visitor.avatarUrl };
  return {
    name: "message:created",
    audience: audienceOf(row),
    actor: { type: "contact", id: visitor.contactId },
    message: messageRecord({ ...message, ...sender }, display_id),
    state: { agents: conversationState(row), visitor: publicConversationState(row) },
    changes: {},
  };
}
