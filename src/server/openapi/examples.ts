// Examples that a schema allows, with values that the name of a field suggests.
import type { JsonSchema } from "./schemas.ts";

const times = 1_767_261_600;

/** By the name of a field, where the schema allows it. */
const samples: Record<string, unknown> = {
  id: 42,
  account_id: 1,
  inbox_id: 3,
  conversation_id: 128,
  message_id: 512,
  contact_id: 7,
  seq: 6,
  changed_seq: 6,
  page: 1,
  name: "Vera Stone",
  username: "Ada Byron",
  email: "vera@example.com",
  phone_number: "+4915112345678",
  identifier: "customer-42",
  inbox_identifier: "x2Tb7aKpQd",
  contact_identifier: "3kPzW9vQmB7rT1sD",
  source_id: "3kPzW9vQmB7rT1sD",
  echo_id: "5f1c9a52",
  content: "Where is my parcel?",
  title: "billing",
  description: "Questions about invoices",
  labels: ["billing"],
  color: "#1f5eff",
  widget_color: "#1f5eff",
  url: "https://example.com/hooks/parlor",
  website_url: "https://shop.example",
  avatar_url: "https://example.com/vera.png",
  thumbnail: "https://example.com/vera.png",
  short_code: "thanks",
  password: "Correct horse 1",
  attribute_key: "plan",
  attribute_display_name: "Plan",
  filter_operator: "equal_to",
  query_operator: null,
  values: ["open"],
  custom_attributes: { plan: "pro" },
  locale: "en",
  error: "Resource could not be found",
  message: "See you then",
  code: "not_found",
  field: "email",
  snoozed_until: times + 86_400,
  snoozedUntil: String(times + 86_400),
  scheduleDate: "2026-01-02 10:00:00",
  until: times,
  since: times,
};

/** Deeper, only what must be there is shown. */
const DEPTH_OF_OPTIONALS = 3;

/** The example of a schema; of a field when it has a name. */
export function exampleOf(
  schema: JsonSchema,
  components: Record<string, JsonSchema>,
  name = "",
  depth = 0,
): unknown {
  const referred = schema.$ref?.split("/").at(-1);
  if (referred !== undefined) return exampleOf(components[referred] ?? {}, components, name, depth);
  if (Object.hasOwn(samples, name) && isAllowed(schema, samples[name])) return samples[name];
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.default !== undefined) return schema.default;
  const [choice] = schema.anyOf ?? schema.oneOf ?? schema.allOf ?? [];
  if (choice) {
    const wanted = schema.anyOf?.find((one) => one.type !== "null") ?? choice;
    return exampleOf(wanted, components, name, depth);
  }
  const [type] = [schema.type ?? "none"].flat();
  if (type === "object") return exampleOfObject(schema, components, depth);
  if (type === "array") {
    if (schema.minItems === 0 || depth > DEPTH_OF_OPTIONALS + 2) return [];
    return [exampleOf(schema.items ?? {}, components, singular(name), depth + 1)];
  }
  if (type === "boolean") return false;
  if (type === "integer" || type === "number") return numberOf(schema, name);
  if (type === "string") return textOf(schema);
  return type === "null" ? null : {};
}

const singular = (name: string) => (name.endsWith("_ids") ? name.slice(0, -1) : "");

function exampleOfObject(
  { properties = {}, required = [] }: JsonSchema,
  components: Record<string, JsonSchema>,
  depth: number,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(properties)
      .filter(([name]) => required.includes(name) || depth < DEPTH_OF_OPTIONALS)
      .map(([name, schema]) => [name, exampleOf(schema, components, name, depth + 1)]),
  );
}

function numberOf({ minimum = 0, maximum = Infinity }: JsonSchema, name: string): number {
  const wanted = /(_at|_since)$/.test(name) ? times : /(^id|_id)$/.test(name) ? 42 : 1;
  return Math.min(Math.max(wanted, minimum), maximum);
}

/** Patterns of the schemas, by what fits them. */
const texts = [
  "Hello",
  "#1f5eff",
  "en",
  "hello",
  "3kPzW9vQmB7rT1sD",
  "dXBsb2FkIG9mIGEgcGljdHVyZSBvZiBh",
  "2026-01-02 10:00:00",
  "1",
];

function textOf({ pattern, format, minLength = 0, maxLength = Infinity }: JsonSchema): string {
  if (format === "email") return "vera@example.com";
  if (format === "uri") return "https://example.com";
  const text =
    pattern === undefined ? "text" : texts.find((one) => new RegExp(pattern, "u").test(one));
  return (text ?? "text").padEnd(minLength, "x").slice(0, maxLength);
}

/** Whether a sample may stand there: by kind, list of words and bounds. */
function isAllowed(schema: JsonSchema, value: unknown): boolean {
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return choices.some((choice) => isAllowed(choice, value));
  if (schema.$ref) return false;
  if (schema.const !== undefined) return schema.const === value;
  if (schema.enum) return schema.enum.includes(value);
  const types = [schema.type ?? []].flat();
  if (value === null) return types.includes("null");
  if (Array.isArray(value)) {
    return types.includes("array") && value.every((item) => isAllowed(schema.items ?? {}, item));
  }
  if (typeof value === "object") {
    return types.includes("object") && schema.properties === undefined;
  }
  if (typeof value === "number") return types.some((type) => /^(integer|number)$/.test(type));
  if (typeof value !== "string" || !types.includes("string")) return false;
  return schema.pattern === undefined || new RegExp(schema.pattern, "u").test(value);
}
