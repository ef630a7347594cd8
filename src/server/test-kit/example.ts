// Comparing an answer with an example that a document prints: every field, and the type of each.
import { expect } from "vitest";

type Json = unknown;

const typeOf = (value: Json) =>
  value === null ? "null" : Array.isArray(value) ? "array" : typeof value;

/** Where `actual` is not as `example` prints it. More fields than that are allowed, and `null`. */
function differences(actual: Json, example: Json, path: string): string[] {
  if (actual === undefined) return [`${path} is missing`];
  if (actual === null) return [];
  if (typeOf(actual) !== typeOf(example)) {
    return [`${path} is ${typeOf(actual)}, not ${typeOf(example)}`];
  }
  if (Array.isArray(example) && Array.isArray(actual)) {
    return actual.flatMap((item: Json, index) =>
      differences(item, example[0], `${path}[${index}]`),
    );
  }
  if (typeOf(example) !== "object") return [];
  const printed = example as Record<string, Json>;
  const answered = actual as Record<string, Json>;
  return Object.keys(printed).flatMap((key) =>
    differences(answered[key], printed[key], `${path}.${key}`),
  );
}

/** Expects an answer to have what the example prints, with the same types. Lists must not be empty. */
export function expectLike(actual: Json, example: Json): void {
  if (Array.isArray(example)) expect(actual).not.toEqual([]);
  expect(differences(actual, example, "answer")).toEqual([]);
}
