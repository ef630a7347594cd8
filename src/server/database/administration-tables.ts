// The tables that administrators keep: who is in which team, canned responses, labels, saved filters,
// invitations, and the log of what they have changed.
import { boolean, index, jsonb, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { auditActions, customFilterTypes } from "../../protocol/lists.ts";
import { createdAt, id, oneOf, reference, time } from "./columns.ts";
import { accounts, teams, users } from "./account-tables.ts";

const ofAccount = () =>
  reference()
    .notNull()
    .references(() => accounts.id, { onDelete: "cascade" });

export const team_members = pgTable(
  "team_members",
  {
    team_id: reference()
      .notNull()
      .references(() => teams.id, { onDelete: "cascade" }),
    user_id: reference()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    created_at: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.team_id, t.user_id] }),
    index("team_members_user").on(t.user_id),
  ],
);

export const canned_responses = pgTable(
  "canned_responses",
  {
    id: id(),
    account_id: ofAccount(),
    short_code: text().notNull(),
    content: text().notNull(),
    created_at: createdAt(),
  },
  (t) => [uniqueIndex("canned_responses_short_code").on(t.account_id, t.short_code)],
);

/** What an account knows of its labels; conversations and contacts hold their titles. */
export const labels = pgTable(
  "labels",
  {
    id: id(),
    account_id: ofAccount(),
    /** Always lower case. */
    title: text().notNull(),
    description: text().notNull().default(""),
    color: text().notNull().default("#1f93ff"),
    show_on_sidebar: boolean().notNull().default(true),
    created_at: createdAt(),
  },
  (t) => [uniqueIndex("labels_title").on(t.account_id, t.title)],
);

/** Filters that an agent has saved for himself. */
export const custom_filters = pgTable(
  "custom_filters",
  {
    id: id(),
    account_id: ofAccount(),
    user_id: reference()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    name: text().notNull(),
    filter_type: text({ enum: customFilterTypes }).notNull(),
    query: jsonb().$type<Record<string, unknown>>().notNull(),
    created_at: createdAt(),
    updated_at: createdAt(),
  },
  (t) => [
    index("custom_filters_user").on(t.account_id, t.user_id, t.filter_type, t.id),
    oneOf("custom_filters_type", t.filter_type, customFilterTypes),
  ],
);

/** What somebody without a password may set one with, once. */
export const invitations = pgTable(
  "invitations",
  {
    /** SHA-256 of the token, which is kept nowhere. */
    token_hash: text().primaryKey(),
    user_id: reference()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    expires_at: time().notNull(),
    created_at: createdAt(),
  },
  (t) => [index("invitations_user").on(t.user_id)],
);

/** Who has changed what; written in the transaction of the change. */
export const audit_logs = pgTable(
  "audit_logs",
  {
    id: id(),
    account_id: ofAccount(),
    auditable_type: text().notNull(),
    auditable_id: reference().notNull(),
    action: text({ enum: auditActions }).notNull(),
    /** Stays when the user goes, like his address. */
    user_id: reference().notNull(),
    username: text().notNull(),
    audited_changes: jsonb().$type<Record<string, unknown>>().notNull(),
    remote_address: text(),
    created_at: createdAt(),
  },
  (t) => [
    index("audit_logs_account").on(t.account_id, t.id.desc().nullsFirst()),
    oneOf("audit_logs_action", t.action, auditActions),
  ],
);
