// Answers leave as zod would let them: whatever the schema, whatever the value.
import * as fc from "fast-check";
import { serializerCompiler } from "fastify-type-provider-zod";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { answerCompiler } from "./answers.ts";

const route = { method: "GET", url: "/", httpStatus: "200" };

/** What either of them writes, or that it refuses to. */
function written(compiler: typeof serializerCompiler, schema: z.ZodType, answer: unknown) {
  try {
    const text: unknown = compiler({ ...route, schema })(answer);
    return typeof text === "string" ? (JSON.parse(text) as unknown) : text;
  } catch (error) {
    return (error as Error).name;
  }
}

function expectAsZod(schema: z.ZodType, answer: unknown) {
  const ours = written(answerCompiler, schema, answer);
  expect(ours).toEqual(written(serializerCompiler, schema, answer));
  return ours;
}

const leaves = [
  z.string(),
  z.int(),
  z.boolean(),
  z.unknown(),
  z.enum(["open", "resolved"]),
  z.record(z.string(), z.unknown()),
  z.string().max(3),
  z.string().trim(),
  z.email(),
  z.int().min(2),
  z.number(),
  z.literal("open"),
  z.null(),
  z.coerce.string(),
  z.string().default("open"),
  z.record(z.enum(["a", "b"]), z.unknown()),
  z.union([z.object({ a: z.string() }), z.object({ a: z.unknown(), b: z.int() })]),
  z.lazy(() => z.array(z.string())),
];

const { schema: anySchema } = fc.letrec<{ schema: z.ZodType; fields: Record<string, z.ZodType> }>(
  (tie) => ({
    fields: fc.dictionary(fc.constantFrom("a", "b", "c"), tie("schema"), { maxKeys: 3 }),
    schema: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom<z.ZodType>(...leaves),
      tie("schema").map((inner) => inner.nullable()),
      tie("schema").map((inner) => inner.optional()),
      tie("schema").map((inner) => z.array(inner)),
      tie("fields").map((shape) => z.object(shape)),
      tie("fields").map((shape) => z.strictObject(shape)),
      tie("fields").map((shape) => z.looseObject(shape)),
    ),
  }),
);

const { value: anyValue } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<unknown>("", "open", "a@b.example", " long ", 0, 2, -1.5, Number.NaN, 2 ** 60),
    fc.constantFrom<unknown>(null, undefined, true, new Date(0), new Map(), Symbol("unsure")),
    fc.array(tie("value"), { maxLength: 2 }),
    fc.dictionary(fc.constantFrom("a", "b", "c", "toJSON", "__proto__"), tie("value"), {
      maxKeys: 4,
    }),
  ),
}));

describe("answers", () => {
  it("are those that zod writes, of any schema and any value", () => {
    fc.assert(
      fc.property(anySchema, anyValue, (schema, value) => void expectAsZod(schema, value)),
      { numRuns: 3_000 },
    );
  });

  it("hold what the schema lists, and nothing else, however deep", () => {
    const schema = z.object({
      list: z.array(z.object({ id: z.int(), of: z.string().optional() })),
    });
    const secret = { toJSON: () => "secret", password: "secret" };
    const answer = {
      list: [
        { id: 1, of: undefined, ...secret },
        { id: 2, of: "a" },
      ],
      ...secret,
    };
    expect(expectAsZod(schema, answer)).toEqual({ list: [{ id: 1 }, { id: 2, of: "a" }] });
  });

  it("of another type than the schema's are refused", () => {
    const schema = z.object({ id: z.int() });
    for (const answer of [{ id: "1" }, { id: 1.5 }, {}, null, [], new Date(), { id: null }]) {
      expect(expectAsZod(schema, answer)).toBe("FastifyError");
    }
  });
});
