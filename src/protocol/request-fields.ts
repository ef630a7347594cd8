// Fields that several requests have, each with its rules.
import { z } from "zod";
import { uploadIdsSchema } from "./requests-attachments.ts";
import {
  ATTRIBUTES_MAX_BYTES,
  ATTRIBUTES_MAX_KEYS,
  ECHO_ID_MAX_LENGTH,
  EMAIL_MAX_LENGTH,
  LABEL_MAX_LENGTH,
  LIST_PAGE_MAX,
  LABELS_MAX,
  MESSAGE_CONTENT_MAX_LENGTH,
  NAME_MAX_LENGTH,
  URL_MAX_LENGTH,
} from "./limits.ts";

/** PostgreSQL's text cannot hold U+0000, and half a surrogate pair is no text at all. */
export const text = (maxLength: number) =>
  z
    .string()
    .max(maxLength, `is too long (maximum is ${maxLength} characters)`)
    .refine((value) => !value.includes("\u0000"), "must not contain a null character")
    .refine((value) => !/\p{Surrogate}/u.test(value), "must be well-formed Unicode");

export const emailSchema = text(EMAIL_MAX_LENGTH)
  .trim()
  .toLowerCase()
  .pipe(z.email("must be an e-mail address"));
export const webUrl = text(URL_MAX_LENGTH).pipe(
  z.url({ protocol: /^https?$/, error: "must be an http or https address" }),
);

/** Values nested deeper than this are no attributes, and would cost a deep recursion. */
const ATTRIBUTES_MAX_DEPTH = 8;

/** Walks without recursion, since the depth is the client's choice. Answers what is wrong, if anything. */
function faultOfAttributes(value: object): string | undefined {
  const rest: { value: unknown; depth: number }[] = [{ value, depth: 0 }];
  for (let next = rest.pop(); next; next = rest.pop()) {
    if (typeof next.value === "string") {
      if (next.value.includes("\u0000")) return "must not contain a null character";
      if (/\p{Surrogate}/u.test(next.value)) return "must be well-formed Unicode";
    } else if (typeof next.value === "object" && next.value !== null) {
      if (next.depth > ATTRIBUTES_MAX_DEPTH) return "is nested too deeply";
      for (const [key, inner] of Object.entries(next.value)) {
        rest.push({ value: key, depth: next.depth }, { value: inner, depth: next.depth + 1 });
      }
    }
  }
  return undefined;
}

/** Free-form attributes: a flat or nested JSON object of bounded size. */
export const customAttributesSchema = z
  .record(text(NAME_MAX_LENGTH), z.unknown())
  .superRefine((value, context) => {
    const fault =
      faultOfAttributes(value) ??
      (Object.keys(value).length > ATTRIBUTES_MAX_KEYS
        ? `must have at most ${ATTRIBUTES_MAX_KEYS} keys`
        : JSON.stringify(value).length > ATTRIBUTES_MAX_BYTES
          ? `must be at most ${ATTRIBUTES_MAX_BYTES} bytes`
          : undefined);
    if (fault) context.addIssue({ code: "custom", message: fault });
  });

export const echoIdSchema = text(ECHO_ID_MAX_LENGTH).min(1, "must not be empty");

export const messageContentSchema = text(MESSAGE_CONTENT_MAX_LENGTH).refine(
  (value) => value.trim() !== "",
  "must not be empty",
);

/** Words, files or both: whoever takes these refuses what `saysSomething` does not hold for. */
export const messageParts = {
  content: text(MESSAGE_CONTENT_MAX_LENGTH).nullish(),
  attachments: uploadIdsSchema.optional(),
};

/** PostgreSQL's integer keys end at 2^53 for us; a larger number cannot name anything. */
export const idSchema = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);

export const pageSchema = z.coerce.number().int().min(1).max(1_000_000).default(1);

/** A picture as a file of a multipart message, which arrives as an `avatar_url`; a text says nothing. */
export const avatarSchema = z.string().max(URL_MAX_LENGTH).nullish();

/** Which part of a list. */
export const listPageSchema = z.object({
  page: pageSchema,
  per_page: z.coerce.number().int().min(1).max(LIST_PAGE_MAX).default(LIST_PAGE_MAX),
});
export type ListPage = z.infer<typeof listPageSchema>;

/** Labels in lower case, each once; a text may hold several, separated by commas. */
export const labelsSchema = z.preprocess(
  (said) => (said === null || said === "" ? [] : typeof said === "string" ? [said] : said),
  z
    .array(text(LABEL_MAX_LENGTH * LABELS_MAX))
    .max(LABELS_MAX, `must be at most ${LABELS_MAX}`)
    .transform((texts) => [
      ...new Set(
        texts
          .flatMap((one) => one.split(","))
          .map((one) => one.trim().toLowerCase())
          .filter((one) => one !== ""),
      ),
    ])
    .refine((labels) => labels.length <= LABELS_MAX, `must be at most ${LABELS_MAX}`)
    .refine(
      (labels) => labels.every((label) => label.length <= LABEL_MAX_LENGTH),
      `must be at most ${LABEL_MAX_LENGTH} characters each`,
    ),
);

/** Multipart and form clients send booleans as text. */
export const looseBoolean = z.preprocess(
  (value) => (value === "true" ? true : value === "false" ? false : value),
  z.boolean(),
);

/** Seconds since 1970; a later instant than now is checked where the clock is. */
export const snoozeInstant = z.coerce.number().int().min(0).max(253_402_300_799);

/** Multipart and form clients send objects as JSON. */
export const jsonText = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => {
    if (typeof value !== "string") return value;
    try {
      return JSON.parse(value) as unknown;
    } catch {
      return value;
    }
  }, schema);
