// What a message of a kind of its own must hold, checked before it is stored (seed 003, row 59).
import { z } from "zod";
import {
  CARD_ACTIONS_MAX,
  CARDS_MAX,
  CHOICES_MAX,
  FORM_ITEMS_MAX,
  NAME_MAX_LENGTH,
  RICH_TEXT_FIELD_MAX_LENGTH,
  URL_MAX_LENGTH,
} from "../../../protocol/limits.ts";
import type { SentContentType } from "../../../protocol/lists.ts";
import { text } from "../../../protocol/request-fields.ts";
import { formFieldTypes } from "../../../protocol/rich-content.ts";
import { failure, success } from "../../../protocol/result.ts";
import type { Result } from "../../../protocol/result.ts";
import { safeHref } from "../rich-text/safe-link.ts";

/** What a message is beside its text. */
export interface MessageKind {
  contentType: SentContentType;
  contentAttributes: Record<string, unknown>;
}

export const onlyText: MessageKind = { contentType: "text", contentAttributes: {} };

const some = (maxLength: number) =>
  text(maxLength)
    .trim()
    .refine((said) => said !== "", "must not be empty");
const title = some(NAME_MAX_LENGTH);
const value = some(NAME_MAX_LENGTH);
/** Clients send `""` or `null` for what they leave out. */
const optional = (schema: z.ZodType<string>) =>
  z.preprocess((said) => (said === "" || said === null ? undefined : said), schema.optional());
const description = optional(text(RICH_TEXT_FIELD_MAX_LENGTH));

/** In the form in which browsers read it. */
const address = (isWebOnly: boolean) =>
  text(URL_MAX_LENGTH).transform((said, context) => {
    const href = safeHref(said.trim());
    if (href !== undefined && (!isWebOnly || /^https?:/.test(href))) return href;
    const schemes = isWebOnly ? "http or https" : "http, https, mailto or tel";
    context.addIssue({ code: "custom", message: `must be an address with ${schemes}` });
    return z.NEVER;
  });

/** At least one, each told from the others by `key`. */
const list = <Item extends z.ZodType>(item: Item, max: number, key?: string) =>
  z
    .array(item)
    .min(1, "must not be empty")
    .max(max, `must be at most ${max}`)
    .superRefine((items, context) => {
      if (key === undefined) return;
      const seen = new Set<unknown>();
      for (const [index, one] of items.entries()) {
        const own = (one as Record<string, unknown>)[key];
        if (seen.has(own)) {
          context.addIssue({ code: "custom", path: [index, key], message: "must be said once" });
        }
        seen.add(own);
      }
    });

const action = z.discriminatedUnion("type", [
  z.object({ type: z.literal("link"), text: title, uri: address(false) }),
  z.object({ type: z.literal("postback"), text: title, payload: value }),
]);

const card = z.object({
  title,
  description,
  media_url: z.preprocess((said) => said || undefined, address(true).optional()),
  actions: z.array(action).max(CARD_ACTIONS_MAX, `must be at most ${CARD_ACTIONS_MAX}`).default([]),
});

const field = z
  .object({
    name: value,
    label: title,
    type: z.enum(formFieldTypes).default("text"),
    placeholder: optional(text(NAME_MAX_LENGTH)),
    default: optional(text(NAME_MAX_LENGTH)),
    required: z.boolean().default(false),
    options: list(z.object({ label: title, value }), CHOICES_MAX, "value").optional(),
  })
  .refine((one) => one.type !== "select" || one.options !== undefined, {
    path: ["options"],
    message: "must say what can be chosen",
  });

const schemas: Record<SentContentType, z.ZodType<Record<string, unknown>>> = {
  text: z.object({}),
  input_email: z.object({}),
  input_csat: z.object({}),
  input_select: z.object({ items: list(z.object({ title, value }), CHOICES_MAX, "value") }),
  cards: z.object({ items: list(card, CARDS_MAX) }),
  form: z.object({ items: list(field, FORM_ITEMS_MAX, "name") }),
  article: z.object({
    items: list(z.object({ title, description, link: address(true) }), CARDS_MAX),
  }),
};

/** The first thing that is wrong with an input, where it is. */
export function wrongInput(error: z.ZodError, at: string) {
  const [issue] = error.issues;
  const field = [at, ...(issue?.path ?? [])].join(".");
  return failure("invalid", issue?.message ?? "is invalid", { field });
}

/**
 * The attributes of a message as they are stored; what its kind does not know is left out.
 * Errors: `invalid`, naming the field.
 */
export function parseContentAttributes(
  type: SentContentType,
  attributes: Record<string, unknown>,
): Result<Record<string, unknown>> {
  const parsed = schemas[type].safeParse(attributes);
  return parsed.success ? success(parsed.data) : wrongInput(parsed.error, "content_attributes");
}
