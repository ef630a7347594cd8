// The bodies of deliveries: the records as they are when the event is picked up, and what has changed.
import { desc, eq } from "drizzle-orm";
import type { WebhookEvent } from "../../protocol/lists.ts";
import type { Conversation, Message } from "../../protocol/records.ts";
import { getConversation } from "../conversations/find.ts";
import { accounts, contact_inboxes, contacts, conversations, inboxes } from "../database/tables.ts";
import { findMessage } from "../messages/queries.ts";
import { unixSeconds } from "../messages/records.ts";
import type { RoomDeps } from "../room.ts";
import { changedAttributes } from "./meaning.ts";
import type { EventRow } from "./meaning.ts";

type Deps = Pick<RoomDeps, "db" | "clock">;

/** Everything that the payloads of one event show. Whatever has been deleted since is missing. */
export interface Subject {
  row: EventRow;
  account: { id: number; name: string };
  inbox: { id: number; name: string } | undefined;
  conversation: Conversation | undefined;
  message: Message | undefined;
  contact: ContactPayload | undefined;
}

/** A contact as webhooks tell of one. */
interface ContactPayload {
  id: number;
  name: string | null;
  email: string | null;
  phone_number: string | null;
  identifier: string | null;
  thumbnail: string | null;
  custom_attributes: Record<string, unknown>;
  additional_attributes: Record<string, unknown>;
  created_at: number;
}

/** Reads what an event is about. */
export async function readSubject(
  { db, clock }: Deps,
  row: EventRow,
): Promise<Subject | undefined> {
  const [account] = await db
    .select({ id: accounts.id, name: accounts.name })
    .from(accounts)
    .where(eq(accounts.id, row.account_id));
  if (!account) return undefined;
  const conversationId =
    row.conversation_id ?? (await latestConversation(db, row.contact_inbox_id));
  const conversation =
    conversationId === undefined
      ? undefined
      : await getConversation({ db, clock }, eq(conversations.id, conversationId));
  const found = conversation?.ok ? conversation.data : undefined;
  return {
    row,
    account,
    inbox: await readInbox(db, found?.inbox_id, row.contact_inbox_id),
    conversation: found,
    message: await readMessage(db, row, found),
    contact: await readContact(db, row.contact_id),
  };
}

/** What a visitor who opens the window most likely sees. */
async function latestConversation(
  db: Deps["db"],
  contactInboxId: number | null,
): Promise<number | undefined> {
  if (contactInboxId === null) return undefined;
  const [row] = await db
    .select({ id: conversations.id })
    .from(conversations)
    .where(eq(conversations.contact_inbox_id, contactInboxId))
    .orderBy(desc(conversations.last_activity_at))
    .limit(1);
  return row?.id;
}

async function readInbox(
  db: Deps["db"],
  inboxId: number | undefined,
  contactInboxId: number | null,
): Promise<Subject["inbox"]> {
  const columns = { id: inboxes.id, name: inboxes.name };
  if (inboxId !== undefined) {
    const [row] = await db.select(columns).from(inboxes).where(eq(inboxes.id, inboxId));
    return row;
  }
  if (contactInboxId === null) return undefined;
  const [row] = await db
    .select(columns)
    .from(inboxes)
    .innerJoin(contact_inboxes, eq(contact_inboxes.inbox_id, inboxes.id))
    .where(eq(contact_inboxes.id, contactInboxId));
  return row;
}

async function readMessage(
  db: Deps["db"],
  row: EventRow,
  conversation: Conversation | undefined,
): Promise<Message | undefined> {
  if (row.message_id === null || row.conversation_id === null || !conversation) return undefined;
  const of = {
    conversationId: row.conversation_id,
    displayId: conversation.id,
    publicOnly: false,
  };
  return await findMessage(db, of, row.message_id);
}

async function readContact(
  db: Deps["db"],
  contactId: number | null,
): Promise<ContactPayload | undefined> {
  if (contactId === null) return undefined;
  const [row] = await db.select().from(contacts).where(eq(contacts.id, contactId));
  if (!row) return undefined;
  const { id, name, email, phone_number, identifier, avatar_url, created_at } = row;
  const { custom_attributes, additional_attributes } = row;
  return {
    id,
    name,
    email,
    phone_number,
    identifier,
    custom_attributes,
    additional_attributes,
    thumbnail: avatar_url,
    created_at: unixSeconds(created_at),
  };
}

/** The body for one webhook event, or nothing when there is nothing left to tell, or nobody's business. */
export function payloadOf(event: WebhookEvent, subject: Subject): object | undefined {
  const { account, inbox, conversation, message, contact, row } = subject;
  const common = { event, account, inbox };
  switch (event) {
    case "conversation_created":
      return conversation && { ...common, ...conversation };
    case "conversation_status_changed":
    case "conversation_updated":
      return (
        conversation && {
          ...common,
          ...conversation,
          changed_attributes: changedAttributes(row.changes),
        }
      );
    case "message_created":
    case "message_updated":
      // The quiet lines are our own words about what other events tell.
      if (!message || !conversation || message.message_type === "activity") return undefined;
      return { ...common, ...message, source_id: null, additional_attributes: {}, conversation };
    case "contact_created":
      return contact && { ...common, ...contact };
    case "contact_updated":
      return (
        contact && { ...common, ...contact, changed_attributes: changedAttributes(row.changes) }
      );
    case "webwidget_triggered":
      return (
        contact && {
          ...common,
          id: row.contact_inbox_id,
          contact,
          current_conversation: conversation ?? null,
          event_info: row.changes["event_info"]?.[1] ?? {},
        }
      );
  }
}
