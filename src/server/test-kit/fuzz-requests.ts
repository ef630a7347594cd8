// Requests to an operation: its address, its query and its body, each right or wrong in many ways.
import * as fc from "fast-check";
import type { ApiDocument } from "../openapi/document.ts";
import type { JsonSchema } from "../openapi/schemas.ts";
import type { DescribedOperation } from "./document-checks.ts";
import { hostileText, valuesOf } from "./fuzz-values.ts";

export interface FuzzRequest {
  /** Of its parameters in the path, those that are not to be the real ones. */
  wrongIds: Record<string, string>;
  query: string;
  body: FuzzBody | undefined;
}

export interface FuzzBody {
  type: string | undefined;
  content: string | FormData;
}

export function requestsTo(
  { name, operation }: DescribedOperation,
  components: Record<string, JsonSchema>,
): fc.Arbitrary<FuzzRequest> {
  const ofPath = operation.parameters.filter((parameter) => parameter.in === "path");
  const ofQuery = operation.parameters.filter((parameter) => parameter.in === "query");
  const wrongIds = fc
    .tuple(...ofPath.map((one) => fc.tuple(fc.constant(one.name), fc.boolean(), wrongId)))
    .chain((all) => fc.tuple(fc.constant(all), fc.integer({ min: 0, max: 7 })))
    // One request in eight, since behind a wrong id there is nothing more to try.
    .map(([all, die]) =>
      Object.fromEntries(
        all.filter(([, wanted]) => die === 0 && wanted).map(([id, , to]) => [id, to]),
      ),
    );
  const queries = fc
    .array(
      fc.tuple(
        fc.constantFrom("", "[]", "[a]", "[__proto__][a]"),
        ofQuery.length === 0
          ? fc.tuple(hostileText, hostileText)
          : fc.constantFrom(...ofQuery).chain((one) => {
              return fc.tuple(fc.constant(one.name), valuesOf(one.schema, one.name).map(textOf));
            }),
      ),
      { maxLength: ofQuery.length === 0 ? 1 : 4 },
    )
    .map((all) => all.map(([suffix, [key, value]]) => `${encode(key + suffix)}=${encode(value)}`))
    .map((pairs) => (pairs.length === 0 ? "" : `?${pairs.join("&")}`));
  const body = name.startsWith("GET ")
    ? fc.constant(undefined)
    : bodiesOf(resolve(operation.requestBody?.content["application/json"]?.schema, components));
  return fc.record({ wrongIds, query: queries, body });
}

const wrongId = fc.oneof(
  hostileText,
  fc.constantFrom("0", "-1", "999999", "9007199254740993", "1e3", "x"),
);

function resolve(schema: JsonSchema | undefined, components: ApiDocument["components"]["schemas"]) {
  const name = schema?.$ref?.split("/").at(-1);
  return name === undefined ? (schema ?? { type: "object" }) : (components[name] ?? {});
}

const textOf = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));

/** Half a surrogate pair has no place in an address. */
export const encode = (text: string) => encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, "?"));

const broken = fc.constantFrom(
  "{",
  "null",
  "[]",
  '"text"',
  "NaN",
  '{"id":NaN}',
  '{"id":1e999}',
  '{"id":123456789012345678901234567890}',
  '{"__proto__":{"a":1}}',
  '{"a":1,"a":2}',
  `${'{"a":'.repeat(3_000)}1${"}".repeat(3_000)}`,
  "",
);

function bodiesOf(schema: JsonSchema): fc.Arbitrary<FuzzBody> {
  const values = valuesOf(schema);
  const json = values.map((value) => ({
    type: "application/json",
    content: JSON.stringify(value) ?? "",
  }));
  const fields = values.map((value) => fieldsOf(value));
  return fc.oneof(
    { weight: 7, arbitrary: json },
    {
      weight: 2,
      arbitrary: fields.map((pairs) => ({
        type: "application/x-www-form-urlencoded",
        content: pairs.map((pair) => pair.map(encode).join("=")).join("&"),
      })),
    },
    {
      weight: 2,
      arbitrary: fields.map((pairs) => {
        const content = new FormData();
        for (const [key, value] of pairs) content.append(key, value);
        return { type: undefined, content };
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        type: fc.constantFrom(
          "application/json",
          "application/x-www-form-urlencoded",
          "multipart/form-data; boundary=x",
          "text/plain",
          "application/vnd.api+json",
        ),
        content: broken,
      }),
    },
  );
}

/** A value as a form says it, with brackets. */
function fieldsOf(value: unknown, key = ""): [string, string][] {
  if (Array.isArray(value)) return value.flatMap((item: unknown) => fieldsOf(item, `${key}[]`));
  if (typeof value !== "object" || value === null) {
    return key === "" ? [] : [[key, value === null ? "" : textOf(value)]];
  }
  return Object.entries(value).flatMap(([name, inner]) =>
    fieldsOf(inner, key === "" ? name : `${key}[${name}]`),
  );
}
