// Comparing an answer with an example that a document prints: every field, and the type of each.
import { expect } from "vitest";

type Json = unknown;

const typeOf = (value: Json) =>
  value === null ? "null" : Array.isArray(value) ? "array" : typeof value;

/** Where `actual` is not as `example` prints it. More fields than that are allowed. */
function differences(actual: Json, example: Json, path: string): string[] {
  if (actual === undefined) return [`${path} is missing`];
  if (typeOf(actual) !== typeOf(example)) {
    return [`${path} is ${typeOf(actual)}, not ${typeOf(example)}`];
  }
  if (Array.isArray(example) && Array.isArray(actual)) {
    if (actual.length === 0 && example.length > 0) return [`${path} is empty`];
    return actual.flatMap((item: Json) => differences(item, example[0], `${path}[]`));
  }
  if (typeOf(example) !== "object") return [];
  const printed = example as Record<string, Json>;
  const answered = actual as Record<string, Json>;
  return Object.keys(printed).flatMap((key) =>
    differences(answered[key], printed[key], `${path}.${key}`),
  );
}

/** Sentences such as `answer.meta.assignee is null, not object`, each with the reason why it is so. */
export type Deviations = Record<string, string>;

/** Expects an answer to have what the example prints, with the same types, but for these deviations. */
export function expectLike(actual: Json, example: Json, deviations: Deviations = {}): void {
  const found = [...new Set(differences(actual, example, "answer"))];
  expect(found.toSorted()).toEqual(Object.keys(deviations).toSorted());
}
