// The tables of what processes share for a moment: counts, and broadcasts that are too long for NOTIFY.
import {
  bigint,
  bigserial,
  customType,
  integer,
  pgTable,
  timestamp,
  varchar,
} from "drizzle-orm/pg-core";

/**
 * Points used up by somebody in a window of time; kept by rate-limiter-flexible, which names the columns.
 * Unlogged (see its migration): counting makes no message wait for the disk, and begins anew after a crash.
 */
export const rate_limits = pgTable("rate_limits", {
  key: varchar({ length: 255 }).primaryKey(),
  points: integer().notNull().default(0),
  /** Milliseconds since 1970. */
  expire: bigint({ mode: "number" }),
});

const bytes = customType<{ data: Buffer }>({ dataType: () => "bytea" });

/** Broadcasts too long for NOTIFY, on their way between processes; kept by Socket.IO's PostgreSQL adapter. Unlogged, too. */
export const socket_io_attachments = pgTable("socket_io_attachments", {
  id: bigserial({ mode: "number" }).primaryKey(),
  created_at: timestamp({ withTimezone: true }).defaultNow(),
  payload: bytes(),
});
