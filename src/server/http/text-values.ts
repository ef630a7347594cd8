// Texts of forms and queries as what the route's schema means by them: numbers, booleans, lists, objects.
import { z } from "zod";

/** The part of JSON Schema that says what a text may stand for. */
interface Shape {
  type?: string | string[];
  properties?: Record<string, Shape>;
  additionalProperties?: Shape | boolean;
  items?: Shape;
  anyOf?: Shape[];
  oneOf?: Shape[];
  allOf?: Shape[];
  enum?: unknown[];
  const?: unknown;
}

/** Turns the texts within a value; what it cannot turn stays, for the schema to refuse. */
export type TextReader = (value: unknown) => unknown;

/** Creates the reader of what a schema describes. */
export function createTextReader(schema: z.ZodType): TextReader {
  const shape = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Shape;
  return (value) => read(shape, value);
}

function read(shape: Shape, value: unknown): unknown {
  const choices = choicesOf(shape);
  if (typeof value === "string") return readText(choices, value);
  const list = choices.find((choice) => isOf(choice, "array"));
  if (Array.isArray(value)) {
    return list?.items ? value.map((item) => read(list.items ?? {}, item)) : value;
  }
  if (typeof value !== "object" || value === null) return value;
  const object = choices.find((choice) => isOf(choice, "object"));
  return object ? readFields(object, value) : value;
}

function readFields({ properties = {}, additionalProperties }: Shape, fields: object): unknown {
  const others = typeof additionalProperties === "object" ? additionalProperties : {};
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]: [string, unknown]) => {
      const own = Object.hasOwn(properties, name) ? properties[name] : undefined;
      return [name, read(own ?? others, value)];
    }),
  );
}

function readText(choices: Shape[], text: string): unknown {
  // Where a text will do, it is one.
  if (choices.some((choice) => takesTexts(choice))) return text;
  for (const choice of choices) {
    const value = readAs(choice, text);
    if (value !== undefined) return value;
  }
  return text;
}

/** A text as one kind of value; undefined when it is none. */
function readAs(shape: Shape, text: string): unknown {
  if (isOf(shape, "boolean")) return booleans.get(text);
  if (isOf(shape, "number") || isOf(shape, "integer")) {
    return /^-?\d{1,18}(\.\d{1,18})?$/.test(text.trim()) ? Number(text) : undefined;
  }
  if (isOf(shape, "array")) return readList(shape, text);
  if (isOf(shape, "object")) return readJson("{", text);
  if (isOf(shape, "null")) return text === "" || text === "null" ? null : undefined;
  return undefined;
}

const booleans = new Map([
  ["true", true],
  ["1", true],
  ["false", false],
  ["0", false],
]);

/** A form says a list of one like a single value, and an empty list like an empty one. */
function readList(shape: Shape, text: string): unknown {
  if (text === "") return [];
  const list = readJson("[", text);
  return Array.isArray(list) ? list : [read(shape.items ?? {}, text)];
}

function readJson(opening: string, text: string): unknown {
  if (!text.trimStart().startsWith(opening)) return undefined;
  try {
    return JSON.parse(text, (key, value: unknown) => {
      if (key === "__proto__") throw new SyntaxError("reaches for a prototype");
      return value;
    });
  } catch {
    return undefined;
  }
}

function choicesOf(shape: Shape): Shape[] {
  const alternatives = shape.anyOf ?? shape.oneOf ?? shape.allOf;
  return alternatives ? alternatives.flatMap(choicesOf) : [shape];
}

const isOf = ({ type }: Shape, name: string) => [type ?? []].flat().includes(name);

function takesTexts(shape: Shape): boolean {
  if (shape.type !== undefined) return isOf(shape, "string");
  const words = shape.enum ?? (shape.const === undefined ? undefined : [shape.const]);
  return words === undefined || words.some((word) => typeof word === "string");
}
