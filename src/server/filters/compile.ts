// From a filter's conditions to SQL: what clients send only ever becomes a parameter.
import { and, or } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { FilterCondition } from "../../protocol/requests-filters.ts";
import { failure, success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import type { FilterAttribute } from "./attributes.ts";

/** Both names of an operator that the seed's own examples use. */
const synonyms = new Map([
  ["eq", "equal_to"],
  ["not_eq", "not_equal_to"],
]);

/** What may be asked about, by the name that clients say: our own before the account's. */
export interface FilterAttributes {
  standard: ReadonlyMap<string, FilterAttribute>;
  defined: ReadonlyMap<string, FilterAttribute>;
}

/**
 * The condition that a filter describes; undefined for an empty one, which everything fits.
 * Errors: `invalid`, in the sentences that seed 003's product answers.
 */
export function compileFilter(
  conditions: readonly FilterCondition[],
  attributes: FilterAttributes,
  now: Date,
): Result<SQL | undefined> {
  const alternatives: SQL[][] = [[]];
  for (const [index, condition] of conditions.entries()) {
    const compiled = compileCondition(condition, attributes, now);
    if (!compiled.ok) return compiled;
    alternatives.at(-1)?.push(compiled.data);
    if (index === conditions.length - 1) break;
    const operator = condition.query_operator?.toUpperCase();
    if (operator !== "AND" && operator !== "OR") {
      return failure("invalid", 'Query operator must be either "AND" or "OR".');
    }
    if (operator === "OR") alternatives.push([]);
  }
  return success(or(...alternatives.map((all) => and(...all))));
}

function compileCondition(
  { attribute_key: key, filter_operator, values }: FilterCondition,
  { standard, defined }: FilterAttributes,
  now: Date,
): Result<SQL> {
  const attribute = standard.get(key) ?? defined.get(key);
  if (!attribute) {
    const keys = [...standard.keys()].join(",");
    return failure(
      "invalid",
      `Invalid attribute key - [${key}]. The key should be one of [${keys}] or a custom attribute defined in the account.`,
    );
  }
  const named = synonyms.get(filter_operator) ?? filter_operator;
  const operator = attribute.operators.find((allowed) => allowed === named);
  if (!operator) {
    return failure(
      "invalid",
      `Invalid operator. The allowed operators for ${key} are [${attribute.operators.join(",")}].`,
    );
  }
  const compiled = attribute.compile(operator, values, now);
  return compiled
    ? success(compiled)
    : failure("invalid", `Invalid value. The values provided for ${key} are invalid`);
}
