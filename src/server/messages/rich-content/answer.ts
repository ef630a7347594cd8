// A visitor's answer to a message that asks, checked against what the message offers (seed 003, row 92).
import { z } from "zod";
import {
  MESSAGE_CONTENT_MAX_LENGTH,
  NAME_MAX_LENGTH,
  RICH_TEXT_FIELD_MAX_LENGTH,
} from "../../../protocol/limits.ts";
import type { Message } from "../../../protocol/records.ts";
import { emailSchema, text } from "../../../protocol/request-fields.ts";
import type {
  ChoiceItem,
  FormItem,
  RichContent,
  SubmittedValues,
} from "../../../protocol/rich-content.ts";
import { failure, success } from "../../../protocol/result.ts";
import type { Result } from "../../../protocol/result.ts";
import { wrongInput } from "./content.ts";

const rating = z.coerce
  .number()
  .int("must be a whole number")
  .min(1, "must be 1 to 5")
  .max(5, "must be 1 to 5");

const csatSchema = z.object({
  csat_survey_response: z.object({
    rating,
    feedback_message: text(MESSAGE_CONTENT_MAX_LENGTH).optional(),
  }),
});
const emailAnswerSchema = z.object({ email: emailSchema });
const choiceSchema = z
  .array(z.object({ value: text(NAME_MAX_LENGTH) }))
  .length(1, "must name one answer");
const formSchema = z.array(
  z.object({ name: text(NAME_MAX_LENGTH), value: text(RICH_TEXT_FIELD_MAX_LENGTH).trim() }),
);

const at = (where: string, message: string) =>
  failure("invalid", message, { field: `submitted_values${where}` });

function parsed<Value>(schema: z.ZodType<Value>, said: unknown): Result<Value> {
  const result = schema.safeParse(said);
  return result.success ? success(result.data) : wrongInput(result.error, "submitted_values");
}

/** One of the offers, under the title that the message gives it. */
function chosen(offers: ChoiceItem[], said: unknown): Result<SubmittedValues["input_select"]> {
  const read = parsed(choiceSchema, said);
  if (!read.ok) return read;
  const offer = offers.find(({ value }) => value === read.data[0]?.value);
  return offer
    ? success([{ title: offer.title, value: offer.value }])
    : at(".0.value", "is none of the answers");
}

function fault({ type, required, options }: FormItem, value: string): string | undefined {
  if (value === "") return required ? "must not be empty" : undefined;
  if (type === "email" && !emailSchema.safeParse(value).success) return "must be an e-mail address";
  const isOffered = type !== "select" || options?.some((option) => option.value === value);
  return isOffered ? undefined : "is none of the answers";
}

/** Every field in the form's order, the empty ones too. */
function filledIn(items: FormItem[], said: unknown): Result<SubmittedValues["form"]> {
  const read = parsed(formSchema, said);
  if (!read.ok) return read;
  const values = new Map<string, string>();
  for (const [index, { name, value }] of read.data.entries()) {
    const isKnown = items.some((item) => item.name === name) && !values.has(name);
    if (!isKnown) return at(`.${index}.name`, "is no field of this form, or is said twice");
    values.set(name, value);
  }
  for (const item of items) {
    const wrong = fault(item, values.get(item.name) ?? "");
    if (wrong) return at(`.${item.name}`, wrong);
  }
  return success(items.map(({ name }) => ({ name, value: values.get(name) ?? "" })));
}

/**
 * The answer as it is stored. Errors: `invalid`, naming the field, which for a form is
 * `submitted_values.` and the name of its field.
 */
export function parseAnswer(
  { content_type, content_attributes }: Message,
  said: unknown,
): Result<SubmittedValues[keyof SubmittedValues]> {
  // It was checked when it was stored.
  const content = content_attributes as unknown;
  if (content_type === "input_csat") return parsed(csatSchema, said);
  if (content_type === "input_email") return parsed(emailAnswerSchema, said);
  if (content_type === "input_select") {
    return chosen((content as RichContent["input_select"]).items, said);
  }
  if (content_type === "form") return filledIn((content as RichContent["form"]).items, said);
  if (content_type === "cards") return chosen(postbacks(content as RichContent["cards"]), said);
  return failure("invalid", "This message does not ask for anything");
}

/** The buttons that are answers. */
function postbacks({ items }: RichContent["cards"]): ChoiceItem[] {
  return items
    .flatMap(({ actions }) => actions)
    .flatMap((action) =>
      action.type === "postback" ? [{ title: action.text, value: action.payload }] : [],
    );
}
