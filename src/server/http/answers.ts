// Answers as their schemas say: what they do not list never leaves. Zod takes longer over a page of a list than
// the database does, so what they say in plain words is checked here, and by zod only the rest.
import { serializerCompiler } from "fastify-type-provider-zod";
import { z } from "zod";

/** Of a value that nothing here vouches for: zod decides. */
const UNSURE = Symbol("unsure");

/** Answers what leaves of a value: itself, when there is no more to it. */
type Reader = (value: unknown) => unknown;

/** Writes answers as zod's own compiler does, which is asked again whatever is not sure to be right. */
export const answerCompiler: typeof serializerCompiler = (route) => {
  const write = serializerCompiler(route);
  if (!(route.schema instanceof z.ZodType)) return write;
  const read = readerOf(route.schema);
  return (answer) => {
    const sure = read(answer);
    return sure === UNSURE ? write(answer) : JSON.stringify(sure);
  };
};

function readerOf(schema: z.core.$ZodType): Reader {
  if (schema._zod.def.checks?.length) return byZod(schema);
  if (schema instanceof z.ZodObject && !schema.def.catchall) return ofObject(schema);
  if (schema instanceof z.ZodArray) return ofArray(readerOf(schema.def.element));
  if (schema instanceof z.ZodNullable) return unless(null, readerOf(schema.def.innerType));
  if (schema instanceof z.ZodOptional) return unless(undefined, readerOf(schema.def.innerType));
  if (schema instanceof z.ZodUnknown) return (value) => value;
  if (schema instanceof z.ZodBoolean) return only((value) => typeof value === "boolean");
  if (schema instanceof z.ZodString && !schema.def.coerce) {
    return only((value) => typeof value === "string");
  }
  if (schema instanceof z.ZodNumberFormat && schema.format === "safeint") {
    return only(Number.isSafeInteger);
  }
  if (schema instanceof z.ZodEnum) {
    const words = new Set<unknown>(schema.options);
    return only((value) => words.has(value));
  }
  if (schema instanceof z.ZodRecord && isOfAnything(schema)) return only(isPlain);
  return byZod(schema);
}

function byZod(schema: z.core.$ZodType): Reader {
  return (value) => {
    const { success, data } = z.safeEncode(schema, value);
    return success ? data : UNSURE;
  };
}

const only =
  (fits: (value: unknown) => boolean): Reader =>
  (value) =>
    fits(value) ? value : UNSURE;

const unless =
  (empty: null | undefined, read: Reader): Reader =>
  (value) =>
    value === empty ? value : read(value);

/** Nothing but its own fields say how it is written, and none of them is its prototype. */
function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  return Object.getPrototypeOf(value) === Object.prototype && !Object.hasOwn(value, "__proto__");
}

/** Not one of records with named keys, which leave out what is not among them. */
const isOfAnything = ({ def: { keyType, valueType } }: z.ZodRecord): boolean =>
  keyType instanceof z.ZodString &&
  !keyType.def.checks?.length &&
  valueType instanceof z.ZodUnknown;

function ofObject({ shape }: z.ZodObject): Reader {
  const fields = Object.entries(shape).map(([key, schema]) => ({
    key,
    read: readerOf(schema),
    mayMiss: schema instanceof z.ZodOptional,
  }));
  return (value) => {
    if (!isPlain(value)) return UNSURE;
    const changed: Record<string, unknown> = {};
    let count = 0;
    let isWhole = true;
    for (const { key, read, mayMiss } of fields) {
      const field = value[key];
      if (field === undefined && !mayMiss) return UNSURE;
      const leaving = read(field);
      if (leaving === UNSURE) return UNSURE;
      if (field !== undefined) count += 1;
      if (leaving === field) continue;
      isWhole = false;
      changed[key] = leaving;
    }
    if (isWhole && Object.keys(value).length === count) return value;
    return Object.fromEntries(
      fields.map(({ key }) => [key, key in changed ? changed[key] : value[key]]),
    );
  };
}

function ofArray(read: Reader): Reader {
  return (value) => {
    if (!Array.isArray(value)) return UNSURE;
    let isWhole = true;
    const left = value.map((item) => {
      const leaving = read(item);
      if (leaving !== item) isWhole = false;
      return leaving;
    });
    return isWhole ? value : left.includes(UNSURE) ? UNSURE : left;
  };
}
