// The form that a visitor fills in before his first message: as an administrator sets it up, and as the
// widget shows it.
import { z } from "zod";
import { NAME_MAX_LENGTH, PRE_CHAT_FIELDS_MAX, URL_MAX_LENGTH } from "./limits.ts";
import { WIDGET_TEXT_MAX_LENGTH } from "./limits.ts";
import { attributeDisplayTypes, preChatFieldTypes, preChatStandardFields } from "./lists.ts";
import { text } from "./request-fields.ts";

const line = text(WIDGET_TEXT_MAX_LENGTH).trim();
const label = text(NAME_MAX_LENGTH).trim();

/**
 * One field. `name` is one of `preChatStandardFields`, or the key of a custom attribute; what kind of
 * value that takes stands in its definition. Shown in the order of the list.
 */
const field = z
  .object({
    field_type: z.enum(preChatFieldTypes),
    name: text(NAME_MAX_LENGTH).min(1, "must not be empty"),
    label: label.default(""),
    placeholder: label.default(""),
    enabled: z.boolean().default(true),
    required: z.boolean().default(false),
  })
  .refine(
    ({ field_type, name }) =>
      field_type !== "standard" || preChatStandardFields.some((known) => known === name),
    { path: ["name"], message: `must be one of ${preChatStandardFields.join(", ")}` },
  );

const privacyUrl = text(URL_MAX_LENGTH)
  .trim()
  .pipe(z.union([z.literal(""), z.url({ protocol: /^https?$/ })], "must be a web address"));

export const preChatFormOptionsSchema = z.object({
  pre_chat_message: line.default(""),
  pre_chat_fields: z
    .array(field)
    .max(PRE_CHAT_FIELDS_MAX, `must be at most ${PRE_CHAT_FIELDS_MAX}`)
    .refine(
      (fields) => new Set(fields.map(({ name }) => name)).size === fields.length,
      "must name each field once",
    )
    .default([]),
  /** A line under the fields; none when its text is empty. */
  consent: z
    .object({
      text: line.default(""),
      privacy_url: privacyUrl.default(""),
      /** The visitor must tick it; else it only informs. */
      required: z.boolean().default(false),
    })
    .prefault({}),
});
export type PreChatFormOptions = z.output<typeof preChatFormOptionsSchema>;

/** The same as it travels to agents. */
export const preChatFormOptionsRecordSchema = z.object({
  pre_chat_message: z.string(),
  pre_chat_fields: z.array(
    z.object({
      field_type: z.enum(preChatFieldTypes),
      name: z.string(),
      label: z.string(),
      placeholder: z.string(),
      enabled: z.boolean(),
      required: z.boolean(),
    }),
  ),
  consent: z.object({ text: z.string(), privacy_url: z.string(), required: z.boolean() }),
});

export const defaultPreChatFormOptions: PreChatFormOptions = {
  pre_chat_message: "",
  pre_chat_fields: [
    {
      field_type: "standard",
      name: "fullName",
      label: "",
      placeholder: "",
      enabled: true,
      required: false,
    },
    {
      field_type: "standard",
      name: "emailAddress",
      label: "",
      placeholder: "",
      enabled: true,
      required: true,
    },
  ],
  consent: { text: "", privacy_url: "", required: false },
};

/** A field as the widget shows it. An empty label is the widget's own word for a standard field. */
export const preChatFieldSchema = z.object({
  name: z.string(),
  field_type: z.enum(preChatFieldTypes),
  type: z.enum([...attributeDisplayTypes, "email", "phone"]),
  label: z.string(),
  placeholder: z.string(),
  required: z.boolean(),
  /** What a `list` offers. */
  values: z.array(z.string()),
});
export type PreChatField = z.infer<typeof preChatFieldSchema>;

export const preChatFormSchema = z.object({
  message: z.string(),
  fields: z.array(preChatFieldSchema),
  consent: z
    .object({ text: z.string(), privacy_url: z.string(), required: z.boolean() })
    .nullable(),
});
export type PreChatForm = z.infer<typeof preChatFormSchema>;
