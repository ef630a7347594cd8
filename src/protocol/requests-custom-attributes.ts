// What may be asked of custom attributes' definitions (seed 003, rows 37–40).
import { z } from "zod";
import { ATTRIBUTE_VALUES_MAX, NAME_MAX_LENGTH, WIDGET_TEXT_MAX_LENGTH } from "./limits.ts";
import { attributeDisplayTypes, attributeModels } from "./lists.ts";
import { text } from "./request-fields.ts";

/** A word of the list, or its number in it. */
const wordOrNumber = <Word extends string>(words: readonly [Word, ...Word[]]) =>
  z.preprocess(
    (said) => (/^\d{1,3}$/.test(String(said)) ? (words[Number(said)] ?? said) : said),
    z.enum(words),
  );
const model = wordOrNumber(attributeModels);

/** A list, or the JSON text of one, as the records print it. */
const values = z.preprocess(
  (said) => {
    if (said === "" || said === null) return [];
    if (typeof said !== "string") return said;
    try {
      return JSON.parse(said) as unknown;
    } catch {
      return [said];
    }
  },
  z
    .array(text(NAME_MAX_LENGTH))
    .max(ATTRIBUTE_VALUES_MAX, `must be at most ${ATTRIBUTE_VALUES_MAX}`),
);

export const listCustomAttributesSchema = z.object({ attribute_model: model.optional() });

export const createCustomAttributeSchema = z.object({
  attribute_display_name: text(NAME_MAX_LENGTH).trim().min(1, "must not be empty"),
  attribute_display_type: wordOrNumber(attributeDisplayTypes).default("text"),
  attribute_description: text(WIDGET_TEXT_MAX_LENGTH).optional(),
  attribute_key: text(NAME_MAX_LENGTH).trim().min(1, "must not be empty"),
  attribute_values: values.optional(),
  attribute_model: model.default("conversation_attribute"),
});
export type CreateCustomAttribute = z.infer<typeof createCustomAttributeSchema>;

/** What is missing stays. */
export const updateCustomAttributeSchema = createCustomAttributeSchema
  .extend({ attribute_display_type: wordOrNumber(attributeDisplayTypes), attribute_model: model })
  .partial();
export type UpdateCustomAttribute = z.infer<typeof updateCustomAttributeSchema>;
