// What a visitor has answered before his chat: held against the inbox's form, and sorted by whom it tells of.
import { z } from "zod";
import type { PreChatField, PreChatForm } from "../../protocol/records-pre-chat.ts";
import { emailSchema } from "../../protocol/request-fields.ts";
import type { PreChatAnswers, UpdateContact } from "../../protocol/requests-visitors.ts";
import { failure, success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import type { Transaction } from "../database/connection.ts";
import { findInboxById } from "../inboxes/inboxes.ts";
import { publicPreChatForm } from "../inboxes/pre-chat.ts";

export interface ReadAnswers {
  contact: Pick<UpdateContact, "name" | "email" | "phone_number" | "custom_attributes">;
  /** Of the conversation. */
  customAttributes: Record<string, unknown>;
  /** What he has agreed to, and when: for whoever must prove it. */
  additionalAttributes: Record<string, unknown>;
}

const nothing: ReadAnswers = { contact: {}, customAttributes: {}, additionalAttributes: {} };

const number = z.coerce.number("must be a number");
const line = z.coerce.string();
const kinds: Record<Exclude<PreChatField["type"], "list">, z.ZodType> = {
  text: line,
  email: emailSchema,
  phone: line.pipe(z.string().regex(/^\+?[\d\s()./-]{4,32}$/, "must be a phone number")),
  number,
  currency: number,
  percent: number,
  link: line.pipe(z.url({ protocol: /^https?$/, error: "must be a web address" })),
  date: line.pipe(z.iso.date("must be a date")),
  checkbox: z.boolean("must be yes or no"),
};

/** What a form asks and says is left out of the answers was never asked. */
export async function readPreChatAnswers(
  tx: Transaction,
  inboxId: number,
  answers: PreChatAnswers | undefined,
  now: Date,
): Promise<Result<ReadAnswers>> {
  // Other clients than the widget begin without a form, as does what was written before there was one.
  if (!answers) return success(nothing);
  const inbox = await findInboxById(tx, inboxId);
  const form = inbox && (await publicPreChatForm({ db: tx }, inbox));
  return form ? sort(form, answers, now) : success(nothing);
}

function sort(form: PreChatForm, answers: PreChatAnswers, now: Date): Result<ReadAnswers> {
  const said: Record<PreChatField["field_type"], Record<string, unknown>> = {
    standard: {},
    contact_attribute: {},
    conversation_attribute: {},
  };
  for (const field of form.fields) {
    const value = read(field, answers.fields[field.name]);
    if (!value.ok) return value;
    if (value.data !== undefined) said[field.field_type][field.name] = value.data;
  }
  const { consent } = form;
  if (consent?.required && !answers.consent) {
    return failure("invalid", "must be given", { field: "pre_chat.consent" });
  }
  const { fullName, emailAddress, phoneNumber } = said.standard as Record<string, string>;
  const agreed = { text: consent?.text, privacy_url: consent?.privacy_url, at: now.toISOString() };
  return success({
    contact: {
      ...(fullName === undefined ? {} : { name: fullName }),
      ...(emailAddress === undefined ? {} : { email: emailAddress }),
      ...(phoneNumber === undefined ? {} : { phone_number: phoneNumber }),
      custom_attributes: said.contact_attribute,
    },
    customAttributes: said.conversation_attribute,
    additionalAttributes: consent && answers.consent ? { consent: agreed } : {},
  });
}

/** Undefined for a field that is left empty. */
function read(field: PreChatField, answer: PreChatAnswers["fields"][string] | undefined) {
  const at = { field: `pre_chat.fields.${field.name}` };
  const value = typeof answer === "string" ? answer.trim() : answer;
  const isEmpty = value === undefined || value === null || value === "";
  // A box that must be ticked is empty until it is.
  if (isEmpty || (field.required && value === false)) {
    return field.required ? failure("invalid", "must not be empty", at) : success(undefined);
  }
  if (field.type === "list") {
    return field.values.includes(String(value))
      ? success(value)
      : failure("invalid", "must be one of the choices", at);
  }
  const parsed = kinds[field.type].safeParse(value);
  if (parsed.success) return success(parsed.data);
  return failure("invalid", parsed.error.issues[0]?.message ?? "is invalid", at);
}
