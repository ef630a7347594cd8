// The tables of webhooks: who wants to hear, what was told to whom, and how far the events were read.
import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import {
  webhookDeliveryStates,
  webhookEvents,
  webhookSwitchOffReasons,
} from "../../protocol/lists.ts";
import { createdAt, id, oneOf, reference, time, transactionId } from "./columns.ts";
import { accounts } from "./account-tables.ts";
import { inboxes } from "./inbox-tables.ts";

export const webhooks = pgTable(
  "webhooks",
  {
    id: id(),
    account_id: reference()
      .notNull()
      .references(() => accounts.id, { onDelete: "cascade" }),
    /** Null: of every inbox. */
    inbox_id: reference().references(() => inboxes.id, { onDelete: "cascade" }),
    url: text().notNull(),
    subscriptions: text({ enum: webhookEvents }).array().notNull(),
    enabled: boolean().notNull().default(true),
    /** What happened before is not for it: when it was made, or last switched on. */
    enabled_at: createdAt(),
    /** Random; the secret that signs is derived from it and PARLOR_SECRET. */
    secret_nonce: text().notNull(),
    /** Signs beside it until then. */
    previous_secret_nonce: text(),
    previous_secret_expires_at: time(),
    /** Since when every delivery has failed. */
    failing_since: time(),
    /** Set when Parlor has switched it off, not an administrator. */
    switched_off_at: time(),
    switched_off_reason: text({ enum: webhookSwitchOffReasons }),
    created_at: createdAt(),
  },
  (t) => [
    uniqueIndex("webhooks_url").on(t.account_id, t.url),
    index("webhooks_inbox").on(t.inbox_id),
    oneOf("webhooks_switched_off_reason", t.switched_off_reason, webhookSwitchOffReasons),
  ],
);

export const webhook_deliveries = pgTable(
  "webhook_deliveries",
  {
    /** The same for every attempt: what a receiver knows a repetition by. */
    id: uuid().primaryKey().defaultRandom(),
    webhook_id: reference()
      .notNull()
      .references(() => webhooks.id, { onDelete: "cascade" }),
    event_id: reference().notNull(),
    event: text({ enum: webhookEvents }).notNull(),
    /** Deliveries of one webhook and lane arrive in the order of their events. */
    lane: text().notNull(),
    /** The body, byte for byte. */
    payload: text().notNull(),
    state: text({ enum: webhookDeliveryStates }).notNull().default("pending"),
    attempts: integer().notNull().default(0),
    /** Only the first one that is pending in its lane has a time. */
    next_attempt_at: time(),
    /** A failure after this is the last. */
    retry_until: time().notNull(),
    last_attempt_at: time(),
    duration_ms: integer(),
    response_status: integer(),
    /** The beginning of the answer's body. */
    response_body: text(),
    /** Code of the failure, when there was no answer. */
    failure: text(),
    failure_message: text(),
    created_at: createdAt(),
  },
  (t) => [
    // Serves the log too, newest first.
    uniqueIndex("webhook_deliveries_event").on(t.webhook_id, t.event_id, t.event),
    index("webhook_deliveries_due")
      .on(t.next_attempt_at)
      .where(sql`state = 'pending' and next_attempt_at is not null`),
    index("webhook_deliveries_lane")
      .on(t.webhook_id, t.lane, t.event_id, t.event)
      .where(sql`state = 'pending'`),
    index("webhook_deliveries_created_at").on(t.created_at),
    oneOf("webhook_deliveries_state", t.state, webhookDeliveryStates),
  ],
);

/** One row: the last event that has become deliveries. */
export const webhook_cursor = pgTable(
  "webhook_cursor",
  {
    id: integer().primaryKey(),
    transaction_id: transactionId().notNull(),
    event_id: bigint({ mode: "number" }).notNull(),
  },
  (t) => [check("webhook_cursor_one", sql`${t.id} = 1`)],
);
