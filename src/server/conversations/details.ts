// Reading conversations with all that belongs to them: by one statement, however many there are.
import { getTableColumns, sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { AgentRow } from "../agents/records.ts";
import { agentColumns } from "../agents/records.ts";
import type { Database, Transaction } from "../database/connection.ts";
import { account_users, teams, users } from "../database/account-tables.ts";
import { contact_inboxes, contacts } from "../database/contact-tables.ts";
import { conversations } from "../database/conversation-tables.ts";
import { ask, textOf } from "../database/frequent.ts";
import { inboxes } from "../database/inbox-tables.ts";
import { jsonRow } from "../database/json-rows.ts";
import { messages } from "../database/message-tables.ts";
import { messageColumns } from "../messages/records.ts";
import type { MessageRow } from "../messages/records.ts";
import type { RoomDeps } from "../room.ts";

export type ConversationRow = typeof conversations.$inferSelect;

/** A conversation with everything that its records show, but all messages. */
export interface ConversationDetails {
  conversation: ConversationRow;
  contact: typeof contacts.$inferSelect;
  contact_inbox: { hmac_verified: boolean };
  inbox: { website_token: string };
  assignee: AgentRow | null;
  team: { id: number; name: string } | null;
  /** The message that lists show. */
  message: MessageRow | null;
  /** The one that was asked for beside it, if there is one. */
  beside?: MessageRow;
}

/** In every statement here: when it was asked. */
const askedAt = sql.raw("asked.at");

const conversationRow = jsonRow<ConversationRow>(getTableColumns(conversations));
const contactRow = jsonRow<ConversationDetails["contact"]>(getTableColumns(contacts));
const assigneeRow = jsonRow<AgentRow>(agentColumns(askedAt));
const teamRow = jsonRow<NonNullable<ConversationDetails["team"]>>({
  id: teams.id,
  name: teams.name,
});
const messageRow = jsonRow<MessageRow>(messageColumns);

/** Whose lists: agents' show the last message, visitors' the last that is public. */
type Shown = "last_message_id" | "last_public_message_id";

/**
 * All that belongs to a conversation, by its keys: looked up for each, not joined, because planning a join of eight
 * tables takes longer than to find a page. Who is no longer an agent of the account is nobody's assignee.
 */
const belongings = (shown: Shown) =>
  textOf(sql`${conversationRow.list},
    (select ${contactRow.list} from ${contacts} where ${contacts.id} = ${conversations.contact_id}),
    (select ${contact_inboxes.hmac_verified} from ${contact_inboxes}
      where ${contact_inboxes.id} = ${conversations.contact_inbox_id}),
    (select ${inboxes.website_token} from ${inboxes} where ${inboxes.id} = ${conversations.inbox_id}),
    (select ${assigneeRow.list} from ${users} join ${account_users}
      on ${account_users.user_id} = ${users.id} and ${account_users.account_id} = ${conversations.account_id}
      where ${users.id} = ${conversations.assignee_id}),
    (select ${teamRow.list} from ${teams} where ${teams.id} = ${conversations.team_id}),
    (select ${messageRow.list} from ${messages} where ${messages.id} = ${conversations[shown]})`);

const belongingsOf: Record<Shown, string> = {
  last_message_id: belongings("last_message_id"),
  last_public_message_id: belongings("last_public_message_id"),
};

export interface DetailsQuestion {
  now: Date;
  /** Selects conversations, as `conversationsThat` does. */
  of: SQL;
  shown?: Shown;
  /** The one message to read beside each, such as the one that was found: what follows `from`. */
  beside?: SQL;
}

/** Selects whole conversations. @param that what follows `where`, with order and limit */
export const conversationsThat = (that: SQL | undefined): SQL =>
  sql`select ${conversations}.* from ${conversations} where ${that}`;

/** One statement for all of it, of which only what differs is written anew. */
export function detailsQuery({ now, of, shown = "last_message_id", beside }: DetailsQuestion): SQL {
  const also = beside && sql`, (select ${messageRow.list} from ${beside})`;
  return sql`select json_agg(json_build_array(${sql.raw(belongingsOf[shown])}${also})) as list
    from (select ${now.toISOString()}::timestamptz as at) asked, (${of}) conversations`;
}

type DetailsList = Parameters<typeof detailsFrom>[0];

function detailsFrom([
  row,
  contact,
  hmac_verified,
  website_token,
  assignee,
  team,
  message,
  beside,
]: [
  row: unknown[],
  contact: unknown[],
  hmac_verified: boolean,
  website_token: string,
  assignee: unknown[] | null,
  team: unknown[] | null,
  message: unknown[] | null,
  beside?: unknown[] | null,
]): ConversationDetails {
  return {
    conversation: conversationRow.read(row),
    contact: contactRow.read(contact),
    contact_inbox: { hmac_verified },
    inbox: { website_token },
    assignee: assignee && assigneeRow.read(assignee),
    team: team && teamRow.read(team),
    message: message && messageRow.read(message),
    ...(beside && { beside: messageRow.read(beside) }),
  };
}

/** The details of the conversations that are asked for, in their order. */
export async function readDetails(
  db: Database | Transaction,
  question: DetailsQuestion,
): Promise<ConversationDetails[]> {
  const [found] = await ask<{ list: DetailsList[] | null }>(db, detailsQuery(question));
  return (found?.list ?? []).map(detailsFrom);
}

/** The same by their rows' ids. */
export async function readDetailsById(
  db: Database | Transaction,
  now: Date,
  ids: number[],
): Promise<Map<number, ConversationDetails>> {
  if (ids.length === 0) return new Map();
  const of = conversationsThat(sql`${conversations.id} = any(${sql.param(ids)}::bigint[])`);
  const found = await readDetails(db, { now, of });
  return new Map(found.map((details) => [details.conversation.id, details]));
}

/** The details of the conversation that a condition names. */
export async function findDetails(
  { db, clock }: Pick<RoomDeps, "clock"> & { db: Database | Transaction },
  where: SQL | undefined,
): Promise<ConversationDetails | undefined> {
  const [details] = await readDetails(db, { now: clock(), of: conversationsThat(where) });
  return details;
}
