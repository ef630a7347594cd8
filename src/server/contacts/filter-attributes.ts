// What a filter may ask about contacts (seed 003, row 26).
import { sql } from "drizzle-orm";
import type { Database } from "../database/connection.ts";
import { contacts } from "../database/contact-tables.ts";
import {
  booleanAttribute,
  containment,
  equality,
  labelsAttribute,
  textAttribute,
  timeAttribute,
} from "../filters/attributes.ts";
import type { FilterAttribute } from "../filters/attributes.ts";
import type { FilterAttributes } from "../filters/compile.ts";
import { definedAttributes } from "../filters/defined-attributes.ts";

const additional = (key: string) => sql`(${contacts.additional_attributes} ->> ${key}::text)`;

export const companyName = sql`coalesce(${additional("company_name")}, ${additional("company")})`;

const standard = new Map<string, FilterAttribute>([
  ["name", textAttribute(contacts.name, containment)],
  ["phone_number", textAttribute(contacts.phone_number, [...containment, "starts_with"])],
  ["email", textAttribute(contacts.email, containment)],
  ["identifier", textAttribute(contacts.identifier, equality, { exact: true })],
  ["country_code", textAttribute(additional("country_code"), equality)],
  ["city", textAttribute(additional("city"), containment)],
  ["company", textAttribute(companyName, containment)],
  ["labels", labelsAttribute(contacts.labels)],
  ["created_at", timeAttribute(contacts.created_at)],
  ["last_activity_at", timeAttribute(contacts.last_activity_at)],
  ["blocked", booleanAttribute(contacts.blocked)],
]);

/** What an account may ask: our attributes, and those that it has defined. */
export async function contactFilterAttributes(
  db: Database,
  accountId: number,
): Promise<FilterAttributes> {
  const { custom_attributes } = contacts;
  const defined = await definedAttributes(db, accountId, "contact_attribute", custom_attributes);
  return { standard, defined };
}
