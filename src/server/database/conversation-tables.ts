// The table of conversations, with an index for each list that a screen shows.
import { sql } from "drizzle-orm";
import { bigint, boolean, index, integer, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import {
  actorType,
  attributes,
  conversationPriority,
  conversationStatus,
  createdAt,
  id,
  reference,
  time,
} from "./columns.ts";
import { accounts, teams, users } from "./account-tables.ts";
import { inboxes } from "./inbox-tables.ts";
import { contact_inboxes, contacts } from "./contact-tables.ts";

/** 1 is the most urgent; text, so that queries say the very expression of the index. */
export const priorityRank =
  "(case priority when 'urgent' then 1 when 'high' then 2 when 'medium' then 3 when 'low' then 4 else 5 end)";

export const conversations = pgTable(
  "conversations",
  {
    id: id(),
    account_id: reference()
      .notNull()
      .references(() => accounts.id, { onDelete: "cascade" }),
    /** Its number within the account: the `id` that every API shows. */
    display_id: bigint({ mode: "number" }).notNull(),
    inbox_id: reference()
      .notNull()
      .references(() => inboxes.id, { onDelete: "cascade" }),
    contact_id: reference()
      .notNull()
      .references(() => contacts.id, { onDelete: "cascade" }),
    contact_inbox_id: reference()
      .notNull()
      .references(() => contact_inboxes.id, { onDelete: "cascade" }),
    /** Chosen by the visitor's browser, so that starting again finds the first one. */
    echo_id: text(),
    status: conversationStatus().notNull().default("open"),
    /** Null while snoozed means: until the contact replies. */
    snoozed_until: time(),
    priority: conversationPriority(),
    assignee_id: reference().references(() => users.id, { onDelete: "set null" }),
    team_id: reference().references(() => teams.id, { onDelete: "set null" }),
    /** Number of the latest change: every change of the conversation or its messages takes the next. */
    seq: bigint({ mode: "number" }).notNull().default(0),
    started_by: actorType().notNull().default("contact"),
    /** Who has resolved it last, and when: means something while it is resolved. */
    resolved_by: actorType(),
    resolved_at: time(),
    /** Between which messages that belongs: the number of the change. */
    resolved_seq: bigint({ mode: "number" }),
    /** The same of when the assignee was given it; null: nobody has it, or from before this was kept. */
    assigned_seq: bigint({ mode: "number" }),
    assigned_at: time(),
    /** Since when the contact has been waiting for an answer. */
    waiting_since: time(),
    /** How long he had been waiting when the assignee was given it. */
    assignee_waited_ms: bigint({ mode: "number" }),
    first_reply_created_at: time(),
    contact_last_seen_at: time(),
    contact_last_seen_seq: bigint({ mode: "number" }).notNull().default(0),
    contact_unread_count: integer().notNull().default(0),
    agent_last_seen_at: time(),
    agent_last_seen_seq: bigint({ mode: "number" }).notNull().default(0),
    agent_unread_count: integer().notNull().default(0),
    /** The last message that is no activity: what a list shows. */
    last_message_id: reference(),
    /** The same, among those that the contact may see. */
    last_public_message_id: reference(),
    last_activity_at: time().notNull().defaultNow(),
    labels: text().array().notNull().default([]),
    /** Nothing that the contact writes here opens it again or counts as unread. */
    muted: boolean().notNull().default(false),
    /** Its contact has been asked for a rating, which happens once. */
    csat_requested: boolean().notNull().default(false),
    /** Agents who follow it without being assigned. */
    participant_ids: bigint({ mode: "number" }).array().notNull().default([]),
    custom_attributes: attributes(),
    additional_attributes: attributes(),
    created_at: createdAt(),
  },
  (t) => [
    uniqueIndex("conversations_display_id").on(t.account_id, t.display_id),
    uniqueIndex("conversations_echo_id")
      .on(t.contact_inbox_id, t.echo_id)
      .where(sql`echo_id is not null`),
    // Written as ORDER BY … DESC reads it, nulls first: an index in another order serves no sort.
    index("conversations_all").on(
      t.account_id,
      t.last_activity_at.desc().nullsFirst(),
      t.id.desc().nullsFirst(),
    ),
    index("conversations_by_status").on(
      t.account_id,
      t.status,
      t.last_activity_at.desc().nullsFirst(),
      t.id.desc().nullsFirst(),
    ),
    index("conversations_by_assignee").on(
      t.account_id,
      t.assignee_id,
      t.status,
      t.last_activity_at.desc().nullsFirst(),
      t.id.desc().nullsFirst(),
    ),
    index("conversations_by_team")
      .on(t.team_id, t.status, t.last_activity_at.desc().nullsFirst(), t.id.desc().nullsFirst())
      .where(sql`team_id is not null`),
    index("conversations_by_inbox").on(
      t.inbox_id,
      t.status,
      t.last_activity_at.desc().nullsFirst(),
      t.id.desc().nullsFirst(),
    ),
    index("conversations_by_contact").on(t.contact_id, t.last_activity_at.desc().nullsFirst()),
    index("conversations_by_contact_inbox").on(
      t.contact_inbox_id,
      t.last_activity_at.desc().nullsFirst(),
    ),
    // The last three are not for its order: what counts and usual filters ask is in this index alone.
    index("conversations_by_creation").on(
      t.account_id,
      t.status,
      t.display_id,
      t.inbox_id,
      t.assignee_id,
      t.priority,
    ),
    index("conversations_by_waiting").on(t.account_id, t.status, t.waiting_since, t.id),
    // The most urgent first, those without a priority last.
    index("conversations_by_priority").on(
      t.account_id,
      t.status,
      sql.raw(priorityRank),
      t.last_activity_at.desc().nullsFirst(),
      t.id.desc().nullsFirst(),
    ),
    index("conversations_by_label")
      .using("gin", t.labels)
      .where(sql`labels <> '{}'`),
    // Said in its own condition where an agent may see his own conversations only.
    index("conversations_by_participant")
      .using("gin", t.participant_ids)
      .where(sql`participant_ids <> '{}'`),
    // Who waits for somebody to take his conversation, the first one first.
    index("conversations_queue")
      .on(t.inbox_id, t.waiting_since, t.id)
      .where(sql`status = 'open' and assignee_id is null and waiting_since is not null`),
    index("conversations_snoozed")
      .on(t.snoozed_until)
      .where(sql`status = 'snoozed' and snoozed_until is not null`),
    index("conversations_by_wake")
      .on(t.account_id, t.snoozed_until, t.id)
      .where(sql`status = 'snoozed'`),
  ],
);
