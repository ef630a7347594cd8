// What events are about: the records of a whole batch, read together.
import { desc, eq, inArray, sql } from "drizzle-orm";
import type { Conversation, Message } from "../../protocol/records.ts";
import { listedRecord } from "../conversations/lists.ts";
import { readDetailsById } from "../conversations/details.ts";
import { accounts } from "../database/account-tables.ts";
import { contact_inboxes, contacts } from "../database/contact-tables.ts";
import { conversations } from "../database/conversation-tables.ts";
import { inboxes } from "../database/inbox-tables.ts";
import { lastMessages } from "../messages/queries.ts";
import { unixSeconds } from "../messages/records.ts";
import type { RoomDeps } from "../room.ts";
import type { EventRow } from "./meaning.ts";

type Deps = Pick<RoomDeps, "db" | "clock">;
interface Named {
  id: number;
  name: string;
}

/** Everything that the payloads of one event show. Whatever has been deleted since is missing. */
export interface Subject {
  row: EventRow;
  account: Named;
  inbox: Named | undefined;
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

/** Answers what each of these events is about; nothing where even its account is gone. */
export async function readSubjects(
  deps: Deps,
  rows: EventRow[],
): Promise<(row: EventRow) => Subject | undefined> {
  const { db } = deps;
  const windows = await readWindows(db, idsOf(rows, "contact_inbox_id"));
  const conversationOf = (row: EventRow) =>
    row.conversation_id ?? windows.get(row.contact_inbox_id ?? 0)?.conversationId ?? undefined;
  const records = await readConversations(deps, rows.map(conversationOf));
  const recordOf = (row: EventRow) => records.get(conversationOf(row) ?? 0);
  const inboxOf = (row: EventRow) =>
    recordOf(row)?.inbox_id ?? windows.get(row.contact_inbox_id ?? 0)?.inboxId;
  const accountNames = await readNames(db, accounts, idsOf(rows, "account_id"));
  const inboxNames = await readNames(db, inboxes, rows.map(inboxOf).filter(isPresent));
  const messages = await lastMessages(
    db,
    rows.map((row) => ({ id: row.message_id, displayId: recordOf(row)?.id ?? 0 })),
  );
  const people = await readContacts(db, idsOf(rows, "contact_id"));
  return (row) => {
    const account = accountNames.get(row.account_id);
    return (
      account && {
        row,
        account,
        inbox: inboxNames.get(inboxOf(row) ?? 0),
        conversation: recordOf(row),
        message: messages.get(row.message_id ?? 0),
        contact: people.get(row.contact_id ?? 0),
      }
    );
  };
}

function isPresent<Value>(value: Value | null | undefined): value is Value {
  return value != null;
}

function idsOf(rows: EventRow[], key: "account_id" | "contact_id" | "contact_inbox_id"): number[] {
  return [...new Set(rows.map((row) => row[key]).filter(isPresent))];
}

/** The inbox of a visitor's window, and the conversation that he most likely sees there. */
async function readWindows(db: Deps["db"], contactInboxIds: number[]) {
  if (contactInboxIds.length === 0) return new Map<number, never>();
  const latest = db
    .select({ id: conversations.id })
    .from(conversations)
    .where(eq(conversations.contact_inbox_id, contact_inboxes.id))
    .orderBy(desc(conversations.last_activity_at))
    .limit(1);
  const rows = await db
    .select({
      id: contact_inboxes.id,
      inboxId: contact_inboxes.inbox_id,
      conversationId: sql<number | null>`(${latest})`,
    })
    .from(contact_inboxes)
    .where(inArray(contact_inboxes.id, contactInboxIds));
  return new Map(rows.map((row) => [row.id, row]));
}

/** The records as agents see them, by the rows' ids. */
async function readConversations(
  deps: Deps,
  wanted: (number | undefined)[],
): Promise<Map<number, Conversation>> {
  const ids = [...new Set(wanted.filter(isPresent))];
  if (ids.length === 0) return new Map();
  const found = await readDetailsById(deps.db, deps.clock(), ids);
  return new Map([...found].map(([id, details]) => [id, listedRecord(details)]));
}

async function readNames(
  db: Deps["db"],
  table: typeof accounts | typeof inboxes,
  ids: number[],
): Promise<Map<number, Named>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ id: table.id, name: table.name })
    .from(table)
    .where(inArray(table.id, ids));
  return new Map(rows.map((row) => [row.id, row]));
}

async function readContacts(db: Deps["db"], ids: number[]): Promise<Map<number, ContactPayload>> {
  if (ids.length === 0) return new Map();
  const rows = await db.select().from(contacts).where(inArray(contacts.id, ids));
  return new Map(
    rows.map((row) => {
      const { id, name, email, phone_number, identifier, avatar_url, created_at } = row;
      const { custom_attributes, additional_attributes } = row;
      const payload: ContactPayload = {
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
      return [id, payload];
    }),
  );
}
