// Values for a schema: mostly what it asks for, often at its edges, sometimes nothing of the kind.
import * as fc from "fast-check";
import { exampleOf } from "../openapi/examples.ts";
import type { JsonSchema } from "../openapi/schemas.ts";

const hostileTexts = [
  "",
  " ",
  "'; drop table contacts; --",
  `" or 1=1 --`,
  "%' escape ''",
  "\\",
  "<img src=x onerror=alert(1)>",
  "<script>alert(1)</script>",
  "javascript:alert(1)",
  "[x](javascript:alert(1))",
  "${7*7} {{7*7}}",
  "../../etc/passwd",
  "__proto__",
  "constructor",
  "null",
  "NaN",
  "-1",
  "1e999",
  "99999999999999999999",
  "2026-13-45",
  "a\u0000b",
  "\ud800",
  "\u202egnp.exe",
  "مرحبا 👩‍👩‍👧‍👦",
  "\r\nSet-Cookie: a=b",
  "x".repeat(5_000),
  "[".repeat(2_000),
];

const hostileNumbers = [
  0,
  -0,
  -1,
  0.5,
  1e21,
  -1e308,
  2 ** 31,
  2 ** 53,
  -(2 ** 63),
  Number.MAX_SAFE_INTEGER,
];

export const hostileText = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...hostileTexts) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 40 }) },
);
const hostileNumber = fc.oneof(fc.constantFrom(...hostileNumbers), fc.integer());

/** Of a kind that nobody asked for. */
const confusion: fc.Arbitrary<unknown> = fc.oneof(
  hostileText,
  hostileNumber,
  fc.constantFrom<unknown>(null, true, false, [], {}, [[]], [null], { a: { b: [] } }),
  fc.constant(JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{}}}') as unknown),
  fc.array(hostileNumber, { maxLength: 5 }),
);

/** Values of a schema; of a field when it has a name, whose example is then among them. */
export function valuesOf(schema: JsonSchema, name = "", depth = 0): fc.Arbitrary<unknown> {
  const example = fc.constant(exampleOf(schema, {}, name));
  return fc.oneof(
    { weight: 8, arbitrary: fittingValues(schema, depth) },
    { weight: 4, arbitrary: example },
    { weight: 1, arbitrary: confusion },
  );
}

function fittingValues(schema: JsonSchema, depth: number): fc.Arbitrary<unknown> {
  const choices = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (choices) return fc.oneof(...choices.map((choice) => fittingValues(choice, depth)));
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const [type] = [schema.type ?? "none"].flat();
  if (type === "object") return objects(schema, depth);
  if (type === "array")
    return fc.array(valuesOf(schema.items ?? {}, "", depth + 1), { maxLength: 4 });
  if (type === "boolean") return fc.boolean();
  if (type === "null") return fc.constant(null);
  if (type === "integer" || type === "number") {
    const { minimum = -10, maximum = 10 ** 9 } = schema;
    return fc.oneof(
      fc.integer({ min: Math.ceil(minimum), max: Math.floor(maximum) }),
      hostileNumber,
    );
  }
  return type === "string" ? hostileText : confusion;
}

function objects(schema: JsonSchema, depth: number): fc.Arbitrary<unknown> {
  const required = schema.required ?? [];
  const fields = Object.entries(schema.properties ?? {}).map(([name, field]) => {
    const values = valuesOf(field, name, depth + 1);
    const rarelyMissing = required.includes(name) ? 12 : 1;
    const missing = fc.constant(undefined);
    return fc
      .oneof({ weight: rarelyMissing, arbitrary: values }, { weight: 1, arbitrary: missing })
      .map((value): [string, unknown] => [name, value]);
  });
  const others = fc.array(fc.tuple(hostileText, confusion), { maxLength: depth > 2 ? 0 : 1 });
  return fc
    .tuple(fc.tuple(...fields), others)
    .map(([own, more]) =>
      Object.fromEntries([...own.filter(([, value]) => value !== undefined), ...more]),
    );
}
