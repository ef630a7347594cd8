// A contact's name, addresses and attributes, and what an input makes of them.
import type { UpdateContact } from "../../protocol/requests-visitors.ts";
import type { contacts } from "../database/contact-tables.ts";

export type ContactRow = typeof contacts.$inferSelect;
export type Fields = Partial<
  Pick<ContactRow, "name" | "email" | "phone_number" | "avatar_url" | "custom_attributes">
>;
export type FieldInput = Pick<UpdateContact, keyof Fields>;

/**
 * What an input makes of a contact: keys that are missing stay, `null` clears, custom attributes
 * merge in the same way. Only what differs is answered.
 */
export function mergedFields(
  current: { [Key in keyof Fields]?: Fields[Key] | undefined },
  input: FieldInput,
): Fields {
  const fields: Fields = {};
  for (const key of ["name", "email", "phone_number", "avatar_url"] as const) {
    const value = input[key];
    const next = value === "" ? null : value;
    if (next !== undefined && next !== (current[key] ?? null)) fields[key] = next;
  }
  if (input.custom_attributes) {
    const before = current.custom_attributes ?? {};
    const merged = mergedAttributes(before, input.custom_attributes);
    if (JSON.stringify(merged) !== JSON.stringify(before)) fields.custom_attributes = merged;
  }
  return fields;
}

/** Keys that are missing stay, `null` removes one. */
export function mergedAttributes(
  current: Record<string, unknown>,
  input: Record<string, unknown>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries({ ...current, ...input }).filter(([, value]) => value !== null),
  );
}
