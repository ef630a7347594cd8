// The table of events: what happened, in the order in which it did.
import { sql } from "drizzle-orm";
import { bigint, index, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { actorType, createdAt, id, reference, transactionId } from "./columns.ts";

/** What happened, written in the transaction of the change. Ids and changed values only, no message text. */
export const events = pgTable(
  "events",
  {
    id: id(),
    account_id: reference().notNull(),
    conversation_id: reference(),
    message_id: reference(),
    contact_id: reference(),
    contact_inbox_id: reference(),
    /** Past tense, such as `message:created`. */
    name: text().notNull(),
    seq: bigint({ mode: "number" }),
    actor_type: actorType().notNull(),
    actor_id: reference().notNull().default(0),
    /** `{ attribute: [previous, current] }` */
    changes: jsonb().$type<Record<string, [unknown, unknown]>>().notNull().default({}),
    /** Who reads the events in order waits for every transaction before this one to end. */
    transaction_id: transactionId()
      .notNull()
      .default(sql`pg_current_xact_id()`),
    created_at: createdAt(),
  },
  (t) => [index("events_transaction").on(t.transaction_id, t.id)],
);
