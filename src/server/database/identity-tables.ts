// Identity tokens that browsers have shown: one token makes one browser somebody, not two.
import { index, pgTable, text } from "drizzle-orm/pg-core";
import { reference, time } from "./columns.ts";
import { contact_inboxes } from "./contact-tables.ts";

export const used_identity_tokens = pgTable(
  "used_identity_tokens",
  {
    /** SHA-256 of what the website has signed. */
    fingerprint: text().primaryKey(),
    /** The browser that has shown it first; null when that is gone, and nobody may show it again. */
    contact_inbox_id: reference().references(() => contact_inboxes.id, { onDelete: "set null" }),
    /** When the token is worth nothing any more, and neither is this row. */
    expires_at: time().notNull(),
  },
  (t) => [
    index("used_identity_tokens_expires_at").on(t.expires_at),
    index("used_identity_tokens_contact_inbox").on(t.contact_inbox_id),
  ],
);
