// What a browser says of a contact without a signature. Nobody's field but its own contact's: of one who is verified
// it is kept apart, as what the visitor states.
import type { Stated } from "../../protocol/records.ts";
import { mergedAttributes, mergedFields } from "./fields.ts";
import type { ContactRow, FieldInput } from "./fields.ts";

/** What an input without a signature makes of what a verified contact states; nothing if nothing differs. */
export function statedChange(
  { stated }: Pick<ContactRow, "stated">,
  input: FieldInput,
): Pick<Partial<ContactRow>, "stated"> {
  const said = mergedFields(stated, input);
  if (Object.keys(said).length === 0) return {};
  return { stated: mergedAttributes(stated, said) };
}

/** All that somebody else says, as what is stated: what is stated already stands. */
export function statedWith({ stated }: ContactRow, other: ContactRow): Stated {
  const { name, email, phone_number, avatar_url } = other;
  const claimed = mergedAttributes({}, { name, email, phone_number, avatar_url });
  const custom_attributes = {
    ...other.custom_attributes,
    ...other.stated.custom_attributes,
    ...stated.custom_attributes,
  };
  return {
    ...claimed,
    ...other.stated,
    ...stated,
    ...(Object.keys(custom_attributes).length > 0 ? { custom_attributes } : {}),
  };
}

/** Of what is stated, what tells agents something else than the contact itself does. */
export function statedBeside(contact: ContactRow): Stated {
  const { custom_attributes, ...stated } = contact.stated;
  const differing = (said: object, known: object) =>
    Object.fromEntries(
      Object.entries(said).filter(
        ([key, value]) =>
          JSON.stringify(value) !== JSON.stringify((known as Record<string, unknown>)[key]),
      ),
    );
  const attributes = differing(custom_attributes ?? {}, contact.custom_attributes);
  return {
    ...differing(stated, contact),
    ...(Object.keys(attributes).length > 0 ? { custom_attributes: attributes } : {}),
  };
}

/** A contact in the eyes of his own browser: what is proven, and where nothing is, what it has stated. */
export const withStated = (contact: ContactRow) => ({
  name: contact.name ?? contact.stated.name ?? null,
  email: contact.email ?? contact.stated.email ?? null,
  phone_number: contact.phone_number ?? contact.stated.phone_number ?? null,
  avatar_url: contact.avatar_url ?? contact.stated.avatar_url ?? null,
  custom_attributes: { ...contact.stated.custom_attributes, ...contact.custom_attributes },
});
