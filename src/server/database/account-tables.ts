// The tables of accounts: who works in them, in which roles and teams, and their sessions.
import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  index,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { availabilities, permissions, userRoles } from "../../protocol/lists.ts";
import { attributes, createdAt, id, oneOf, reference, time } from "./columns.ts";

export const accounts = pgTable("accounts", {
  id: id(),
  name: text().notNull(),
  /** The latest display id given to a conversation of this account. */
  last_display_id: bigint({ mode: "number" }).notNull().default(0),
  created_at: createdAt(),
});

/** People who sign in. What they are in an account (role, availability) stands in account_users. */
export const users = pgTable(
  "users",
  {
    id: id(),
    /** Always lower case. */
    email: text().notNull(),
    name: text().notNull(),
    display_name: text(),
    avatar_url: text(),
    password_hash: text().notNull(),
    pubsub_token: text().notNull(),
    /** Random; the user's API access token is derived from it and PARLOR_SECRET. */
    access_token_nonce: text().notNull(),
    /** SHA-256 of that token: what a request is looked up by. */
    access_token_hash: text().notNull(),
    access_token_last_used_at: time(),
    /** Renewed while one of his desks is connected; passed or null: nobody is there. */
    connected_until: time(),
    custom_attributes: attributes(),
    created_at: createdAt(),
  },
  (t) => [
    uniqueIndex("users_email").on(t.email),
    uniqueIndex("users_pubsub_token").on(t.pubsub_token),
    uniqueIndex("users_access_token_hash").on(t.access_token_hash),
    index("users_connected_until")
      .on(t.connected_until)
      .where(sql`connected_until is not null`),
  ],
);

/** What administrators let some agents do, where it is not what every agent may. */
export const custom_roles = pgTable(
  "custom_roles",
  {
    id: id(),
    account_id: reference()
      .notNull()
      .references(() => accounts.id, { onDelete: "cascade" }),
    name: text().notNull(),
    description: text().notNull().default(""),
    permissions: text({ enum: permissions }).array().notNull(),
    created_at: createdAt(),
  },
  (t) => [uniqueIndex("custom_roles_name").on(t.account_id, t.name)],
);

export const account_users = pgTable(
  "account_users",
  {
    account_id: reference()
      .notNull()
      .references(() => accounts.id, { onDelete: "cascade" }),
    user_id: reference()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    role: text({ enum: userRoles }).notNull(),
    /** An agent's; null: he may do what every agent may. It cannot go while somebody has it. */
    custom_role_id: reference().references(() => custom_roles.id),
    /** Not: he is a member still, and may do nothing. */
    active: boolean().notNull().default(true),
    availability: text({ enum: availabilities }).notNull().default("offline"),
    auto_offline: boolean().notNull().default(true),
    created_at: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.account_id, t.user_id] }),
    index("account_users_user").on(t.user_id),
    index("account_users_custom_role")
      .on(t.custom_role_id)
      .where(sql`custom_role_id is not null`),
    check(
      "account_users_custom_role_of_agents",
      sql`${t.role} = 'agent' or custom_role_id is null`,
    ),
    oneOf("account_users_role", t.role, userRoles),
    oneOf("account_users_availability", t.availability, availabilities),
  ],
);

/** Cookie sessions of the desk. */
export const sessions = pgTable(
  "sessions",
  {
    /** SHA-256 of the cookie's value. */
    token_hash: text().primaryKey(),
    user_id: reference()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    csrf_token: text().notNull(),
    /** The socket's credential of this session: it ends when the session does. */
    pubsub_token: text().notNull(),
    created_at: createdAt(),
    expires_at: time().notNull(),
  },
  (t) => [
    uniqueIndex("sessions_pubsub_token").on(t.pubsub_token),
    index("sessions_user").on(t.user_id),
    index("sessions_expires_at").on(t.expires_at),
  ],
);

export const teams = pgTable(
  "teams",
  {
    id: id(),
    account_id: reference()
      .notNull()
      .references(() => accounts.id, { onDelete: "cascade" }),
    /** Always lower case. */
    name: text().notNull(),
    description: text().notNull().default(""),
    /** Whoever of them is available gets what is assigned to the team. */
    allow_auto_assign: boolean().notNull().default(true),
    created_at: createdAt(),
  },
  (t) => [uniqueIndex("teams_name").on(t.account_id, t.name)],
);
