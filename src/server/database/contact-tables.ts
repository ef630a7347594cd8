// The tables of contacts: who writes, and as whom each inbox knows him.
import { sql } from "drizzle-orm";
import { boolean, index, jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import type { Stated } from "../../protocol/records.ts";
import { attributes, createdAt, id, reference, time } from "./columns.ts";
import { accounts } from "./account-tables.ts";
import { inboxes } from "./inbox-tables.ts";

/** Who has a name, an address or a number, by his own word or another's; said as in the index's condition. */
export const isNamed =
  "(contacts.name is not null or contacts.email is not null or contacts.phone_number is not null or contacts.stated <> '{}'::jsonb)";

/** What he is called and where he is reached, as words; of an address its parts, too, of a number the digits. */
export const contactWords = `to_tsvector('simple'::regconfig, left(${[
  "contacts.name",
  "contacts.email",
  "translate(contacts.email, '@.', '  ')",
  "contacts.phone_number",
  "translate(contacts.phone_number, '+', ' ')",
  "contacts.stated ->> 'name'",
  "contacts.stated ->> 'email'",
  "translate(contacts.stated ->> 'email', '@.', '  ')",
  "contacts.stated ->> 'phone_number'",
  "translate(contacts.stated ->> 'phone_number', '+', ' ')",
]
  .map((part) => `coalesce(${part}, '')`)
  .join(" || ' ' || ")}, 5000))`;

export const contacts = pgTable(
  "contacts",
  {
    id: id(),
    account_id: reference()
      .notNull()
      .references(() => accounts.id, { onDelete: "cascade" }),
    name: text(),
    email: text(),
    phone_number: text(),
    avatar_url: text(),
    /** The site's own id of this person: proven when identifier_verified, a claim otherwise. */
    identifier: text(),
    identifier_verified: boolean().notNull().default(false),
    /** What he writes reaches nobody's attention; he is not told. */
    blocked: boolean().notNull().default(false),
    labels: text().array().notNull().default([]),
    custom_attributes: attributes(),
    additional_attributes: attributes(),
    /** Of a verified contact: what his browsers say without a signature. */
    stated: jsonb().$type<Stated>().notNull().default({}),
    last_activity_at: time(),
    created_at: createdAt(),
  },
  (t) => [
    uniqueIndex("contacts_verified_identifier")
      .on(t.account_id, t.identifier)
      .where(sql`identifier_verified`),
    index("contacts_email").on(t.account_id, t.email),
    index("contacts_phone_number").on(t.account_id, t.phone_number),
    // The directory: contacts of whom something is known that tells them from others.
    index("contacts_by_name")
      .on(t.account_id, sql`lower(${t.name})`, t.id)
      .where(
        sql`${t.email} is not null or ${t.phone_number} is not null or ${t.identifier} is not null`,
      ),
    index("contacts_search")
      .using("gin", sql.raw(contactWords.replaceAll("contacts.", "")))
      .where(sql.raw(isNamed.replaceAll("contacts.", ""))),
    index("contacts_by_activity")
      .on(t.account_id, t.last_activity_at.desc().nullsLast(), t.id.desc().nullsFirst())
      .where(
        sql`${t.email} is not null or ${t.phone_number} is not null or ${t.identifier} is not null`,
      ),
  ],
);

/** A contact's identity in one inbox: what a browser holds. */
export const contact_inboxes = pgTable(
  "contact_inboxes",
  {
    id: id(),
    contact_id: reference()
      .notNull()
      .references(() => contacts.id, { onDelete: "cascade" }),
    inbox_id: reference()
      .notNull()
      .references(() => inboxes.id, { onDelete: "cascade" }),
    source_id: text().notNull(),
    pubsub_token: text().notNull(),
    hmac_verified: boolean().notNull().default(false),
    created_at: createdAt(),
  },
  (t) => [
    uniqueIndex("contact_inboxes_source").on(t.inbox_id, t.source_id),
    uniqueIndex("contact_inboxes_pubsub_token").on(t.pubsub_token),
    index("contact_inboxes_contact").on(t.contact_id),
  ],
);
