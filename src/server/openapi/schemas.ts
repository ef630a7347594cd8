// The schemas of all routes as JSON Schema (2020-12), in which a schema with a name is written once.
import { z } from "zod";
import * as accessTokens from "../../protocol/access-tokens.ts";
import * as errors from "../../protocol/errors.ts";
import * as administration from "../../protocol/records-administration.ts";
import * as contacts from "../../protocol/records-contacts.ts";
import * as snoozes from "../../protocol/records-snoozes.ts";
import * as webhooks from "../../protocol/records-webhooks.ts";
import * as widgetSettings from "../../protocol/records-widget-settings.ts";
import * as records from "../../protocol/records.ts";

/** JSON Schema as far as this folder reads it; the rest is passed on. */
export interface JsonSchema {
  $ref?: string;
  type?: string | string[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: JsonSchema | boolean;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  pattern?: string;
  default?: unknown;
  description?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
}

/** Modules whose exports `xSchema` are known as `X` in the description. */
const named: object[] = [
  records,
  contacts,
  administration,
  snoozes,
  webhooks,
  accessTokens,
  widgetSettings,
  errors,
];

const COMPONENTS = "#/components/schemas/";

export interface Schemas {
  /** What the JSON of a request must be. */
  input(schema: z.ZodType): JsonSchema;
  /** What the JSON of an answer is, or a reference to it. */
  output(schema: z.ZodType): JsonSchema;
  /** What the references refer to. */
  components: Record<string, JsonSchema>;
}

/** Converts the schemas of requests and of answers, those of each at once: one by one takes seconds. */
export function createSchemas(inputs: z.ZodType[], outputs: z.ZodType[]): Schemas {
  const names = namesOf(named);
  const ofInputs = convert(new Set(inputs), "input", new Map());
  const ofOutputs = convert(new Set(outputs), "output", names);
  const components: Record<string, JsonSchema> = {};

  /** Takes along what a schema refers to, and what that refers to. */
  function take(schema: JsonSchema): JsonSchema {
    for (const [, name = ""] of JSON.stringify(schema).matchAll(referred)) {
      const component = ofOutputs.byName[name];
      if (!component || components[name]) continue;
      components[name] = component;
      take(component);
    }
    return schema;
  }

  return {
    input: (schema) => ofInputs.find(schema),
    output(schema) {
      const name = names.get(schema);
      return take(name === undefined ? ofOutputs.find(schema) : { $ref: COMPONENTS + name });
    },
    components,
  };
}

const referred = /"#\/components\/schemas\/(\w+)"/g;

function namesOf(modules: object[]): Map<z.ZodType, string> {
  const names = new Map<z.ZodType, string>();
  for (const [name, schema] of modules.flatMap((module) => Object.entries(module))) {
    if (name.endsWith("Schema") && schema instanceof z.ZodType && !names.has(schema)) {
      names.set(schema, name.charAt(0).toUpperCase() + name.slice(1, -"Schema".length));
    }
  }
  return names;
}

interface Converted {
  find(schema: z.ZodType): JsonSchema;
  byName: Record<string, JsonSchema>;
}

function convert(
  asked: Set<z.ZodType>,
  io: "input" | "output",
  names: Map<z.ZodType, string>,
): Converted {
  const registry = z.registry<{ id: string }>();
  const ids = new Map(names);
  for (const schema of asked) if (!ids.has(schema)) ids.set(schema, `Asked${ids.size}`);
  for (const [schema, id] of ids) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, {
    io,
    unrepresentable: "any",
    uri: (id) => COMPONENTS + id,
    override: ({ zodSchema, jsonSchema }) => {
      // JSON Schema's patterns have no flags: without its own this one would say something else.
      if (flagsOf(zodSchema).includes("i")) delete jsonSchema.pattern;
    },
  });
  const byName = JSON.parse(
    // A schema that refers to itself goes by the name that its `meta` gives it.
    JSON.stringify(schemas).replaceAll("__shared#/$defs/", ""),
    (key, value: unknown) => (isNoise(key, value) ? undefined : value),
  ) as Record<string, JsonSchema> & { __shared?: { $defs: Record<string, JsonSchema> } };
  Object.assign(byName, byName.__shared?.$defs);
  return { byName, find: (schema) => byName[ids.get(schema) ?? ""] ?? {} };
}

/** Of all the patterns that a text must match. */
function flagsOf(schema: z.core.$ZodType): string {
  const checks = (schema._zod.def.checks ?? []).map(
    (check) => (check._zod.def as { pattern?: RegExp }).pattern?.flags ?? "",
  );
  return checks.join("");
}

/** Bounds that every number in JSON keeps, and marks of the conversion. */
function isNoise(key: string, value: unknown): boolean {
  if (key === "$id" || key === "$schema") return true;
  if (key === "propertyNames") return JSON.stringify(value) === '{"type":"string"}';
  return (key === "minimum" || key === "maximum") && Math.abs(Number(value)) >= 2 ** 53 - 1;
}
