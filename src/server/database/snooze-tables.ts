// The tables of snoozes: who has put what to sleep, with which note, and whom it goes to when it wakes.
import { sql } from "drizzle-orm";
import { bigint, check, index, pgTable, text } from "drizzle-orm/pg-core";
import { createdAt, id, reference, time } from "./columns.ts";
import { accounts, users } from "./account-tables.ts";
import { contacts } from "./contact-tables.ts";
import { conversations } from "./conversation-tables.ts";

/**
 * What is remembered of a snooze beside the conversations themselves, whose own `status` and
 * `snoozed_until` alone decide whether and when they wake.
 */
export const snoozes = pgTable(
  "snoozes",
  {
    id: id(),
    account_id: reference()
      .notNull()
      .references(() => accounts.id, { onDelete: "cascade" }),
    /** Set when one conversation sleeps … */
    conversation_id: reference().references(() => conversations.id, { onDelete: "cascade" }),
    /** … or all that a contact has. */
    contact_id: reference().references(() => contacts.id, { onDelete: "cascade" }),
    /** Null: until the contact replies. */
    snoozed_until: time(),
    message: text(),
    created_by: reference().references(() => users.id, { onDelete: "set null" }),
    /** Whom it goes to when it wakes: the first of them who may still see it. */
    owner_ids: bigint({ mode: "number" }).array().notNull().default([]),
    created_at: createdAt(),
  },
  (t) => [
    index("snoozes_account").on(t.account_id, t.id),
    index("snoozes_conversation").on(t.conversation_id),
    index("snoozes_contact").on(t.contact_id),
    index("snoozes_created_by").on(t.created_by),
    check("snoozes_object", sql`num_nonnulls(${t.conversation_id}, ${t.contact_id}) = 1`),
  ],
);

/** Which snooze has put a conversation to sleep last. It says nothing unless the conversation sleeps. */
export const snoozed_conversations = pgTable(
  "snoozed_conversations",
  {
    conversation_id: reference()
      .primaryKey()
      .references(() => conversations.id, { onDelete: "cascade" }),
    snooze_id: reference()
      .notNull()
      .references(() => snoozes.id, { onDelete: "cascade" }),
  },
  (t) => [index("snoozed_conversations_snooze").on(t.snooze_id)],
);
