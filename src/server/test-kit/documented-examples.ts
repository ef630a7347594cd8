// The documented API's own examples of each operation's request and answer, word for word, by its row.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

export interface DocumentedExample {
  row: number;
  /** Missing: the operation takes none, or the document prints none. */
  request?: object;
  /** Missing: the answer is empty. */
  response?: object;
}

const FOLDER = path.join(import.meta.dirname, "documented");

/** In the document's order. */
export const documentedExamples: DocumentedExample[] = readdirSync(FOLDER)
  .flatMap(
    (file) => JSON.parse(readFileSync(path.join(FOLDER, file), "utf8")) as DocumentedExample[],
  )
  .toSorted((one, other) => one.row - other.row);

/** What the document prints as the request of a row. */
export function documentedRequest(row: number): object {
  const request = documentedExamples.find((example) => example.row === row)?.request;
  if (!request) throw new Error(`the document prints no request in row ${row}`);
  return request;
}

/**
 * The documented request with other values in some places, each named by its path (`user_ids.0`): what
 * is printed there names nothing. A value keeps its type; a place that is not printed is a mistake.
 */
export function filledIn(request: object, values: Record<string, unknown>): object {
  const filled = structuredClone(request);
  for (const [place, value] of Object.entries(values)) {
    const keys = place.split(".");
    const last = keys.pop() ?? "";
    const holder = keys.reduce<unknown>(
      (inner, key) => (inner as Record<string, unknown>)[key],
      filled,
    ) as Record<string, unknown>;
    if (typeof holder[last] !== typeof value) {
      throw new Error(`the document prints no ${typeof value} at ${place}`);
    }
    holder[last] = value;
  }
  return filled;
}
