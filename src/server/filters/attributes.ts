// The kinds of attributes that a filter may ask about: which operators each has, and their SQL.
import { not, sql } from "drizzle-orm";
import type { SQL, SQLWrapper } from "drizzle-orm";
import { literal } from "../database/frequent.ts";
import type { FilterValue } from "../../protocol/requests-filters.ts";
import { parseInstant } from "./instant.ts";

export type FilterOperator =
  | "equal_to"
  | "not_equal_to"
  | "contains"
  | "does_not_contain"
  | "is_present"
  | "is_not_present"
  | "is_greater_than"
  | "is_less_than"
  | "days_before"
  | "starts_with";

export interface FilterAttribute {
  operators: readonly FilterOperator[];
  /** The condition, whose every value is a parameter; undefined when the values do not fit. */
  compile(operator: FilterOperator, values: FilterValue[], now: Date): SQL | undefined;
}

/** What an attribute is compared by: SQL of our own. */
export type Operand = SQLWrapper;

export const equality = ["equal_to", "not_equal_to"] as const;
export const presence = [...equality, "is_present", "is_not_present"] as const;
export const containment = [...equality, "contains", "does_not_contain"] as const;
export const order = ["is_greater_than", "is_less_than", "days_before"] as const;

const DAYS_MAX = 36_500;
const DAY_MS = 86_400_000;

const list = (values: (string | number | boolean)[], type: string) =>
  sql`${sql.param(values)}::${sql.raw(type)}[]`;

/** One is asked for by itself: an index that goes on in some order has his in it. */
function isOneOf(operand: Operand, values: (string | number | boolean)[], type: string): SQL {
  const [only] = values;
  return values.length === 1
    ? sql`${operand} = ${only}::${sql.raw(type)}`
    : sql`${operand} = any(${list(values, type)})`;
}

/** What is unset differs from every value. */
const unless = (operand: Operand, condition: SQL) => sql`(${operand} is null or ${not(condition)})`;

/** `%`, `_` and `\` stand for themselves. */
export const likePattern = (value: FilterValue) => String(value).replaceAll(/[\\%_]/g, "\\$&");

/** Of an operand that is text: upper and lower case are the same unless `exact`. */
export function textAttribute(
  operand: Operand,
  operators: readonly FilterOperator[],
  { exact = false } = {},
): FilterAttribute {
  const like = (patterns: string[]) =>
    sql`${operand} ${sql.raw(exact ? "like" : "ilike")} any(${list(patterns, "text")})`;
  return {
    operators,
    compile(operator, values) {
      const filled = sql`(${operand} is not null and ${operand} <> '')`;
      if (operator === "is_present") return filled;
      if (operator === "is_not_present") return not(filled);
      if (values.length === 0) return undefined;
      const patterns = values.map(likePattern);
      switch (operator) {
        case "equal_to":
          return like(patterns);
        case "not_equal_to":
          return unless(operand, like(patterns));
        case "contains":
          return like(patterns.map((pattern) => `%${pattern}%`));
        case "does_not_contain":
          return unless(operand, like(patterns.map((pattern) => `%${pattern}%`)));
        case "starts_with":
          return like(patterns.map((pattern) => `${pattern}%`));
        case "days_before":
        case "is_greater_than":
        case "is_less_than":
          return undefined;
      }
    },
  };
}

/** Of an operand with a closed list of words. With `all`, that word stands for each of them. */
export function wordAttribute(
  operand: Operand,
  words: readonly string[],
  { all }: { all?: string } = {},
): FilterAttribute {
  return {
    operators: equality,
    compile(operator, values) {
      const said = values.map(String);
      if (said.length === 0 || said.some((word) => word !== all && !words.includes(word))) {
        return undefined;
      }
      const meant = all !== undefined && said.includes(all) ? [...words] : said;
      const [only] = meant;
      const equal =
        only !== undefined && meant.length === 1
          ? sql`${operand} = ${literal(only)}`
          : isOneOf(operand, meant, "text");
      return operator === "equal_to" ? equal : unless(operand, equal);
    },
  };
}

/** Of an operand that is a whole number, such as an id. */
export function idAttribute(
  operand: Operand,
  operators: readonly FilterOperator[] = presence,
): FilterAttribute {
  const asText = textAttribute(sql`${operand}::text`, operators);
  return {
    operators,
    compile(operator, values, now) {
      if (operator === "contains" || operator === "does_not_contain") {
        return asText.compile(operator, values, now);
      }
      if (operator === "is_present") return sql`${operand} is not null`;
      if (operator === "is_not_present") return sql`${operand} is null`;
      const ids = values.map((value) => (value === "" ? Number.NaN : Number(value)));
      if (ids.length === 0 || !ids.every(Number.isSafeInteger)) return undefined;
      const equal = isOneOf(operand, ids, "bigint");
      return operator === "equal_to" ? equal : unless(operand, equal);
    },
  };
}

/** Of an operand that is `text[]`, not null: one of the values is among them. */
export function labelsAttribute(operand: Operand): FilterAttribute {
  return {
    operators: presence,
    compile(operator, values) {
      // Said as in the index's own condition.
      const some = sql`${operand} <> '{}'`;
      if (operator === "is_present") return some;
      if (operator === "is_not_present") return sql`${operand} = '{}'`;
      if (values.length === 0) return undefined;
      const names = values.map((value) => String(value).trim().toLowerCase());
      const shared = sql`(${some} and ${operand} && ${list(names, "text")})`;
      return operator === "equal_to" ? shared : not(shared);
    },
  };
}

export function booleanAttribute(operand: Operand): FilterAttribute {
  return {
    operators: equality,
    compile(operator, values) {
      const said = values.map(String);
      if (said.length === 0 || said.some((word) => word !== "true" && word !== "false")) {
        return undefined;
      }
      const equal = isOneOf(
        operand,
        said.map((word) => word === "true"),
        "boolean",
      );
      return operator === "equal_to" ? equal : unless(operand, equal);
    },
  };
}

/** Of an operand that is a timestamp. A day without a time is a day of UTC, from its begin to its end. */
export function timeAttribute(operand: Operand): FilterAttribute {
  return {
    operators: order,
    compile(operator, [value, ...more], now) {
      if (value === undefined || more.length > 0) return undefined;
      if (operator === "days_before") {
        const days = Number(value);
        const fits = String(value) !== "" && Number.isInteger(days) && days >= 0;
        if (!fits || days > DAYS_MAX) return undefined;
        const today = Math.floor(now.getTime() / DAY_MS) * DAY_MS;
        return sql`${operand} < ${new Date(today - days * DAY_MS).toISOString()}::timestamptz`;
      }
      const instant = parseInstant(value);
      if (!instant) return undefined;
      const { from, until } = instant;
      return operator === "is_less_than"
        ? sql`${operand} < ${from.toISOString()}::timestamptz`
        : instant.isDay
          ? sql`${operand} >= ${until.toISOString()}::timestamptz`
          : sql`${operand} > ${from.toISOString()}::timestamptz`;
    },
  };
}

/** Of an operand that is a number. */
export function numberAttribute(operand: Operand): FilterAttribute {
  return {
    operators: [...presence, "is_greater_than", "is_less_than"],
    compile(operator, values) {
      if (operator === "is_present") return sql`${operand} is not null`;
      if (operator === "is_not_present") return sql`${operand} is null`;
      const numbers = values.map((value) =>
        String(value).trim() === "" || typeof value === "boolean" ? Number.NaN : Number(value),
      );
      const [first, ...more] = numbers;
      if (first === undefined || !numbers.every(Number.isFinite)) return undefined;
      if (operator === "equal_to" || operator === "not_equal_to") {
        const equal = isOneOf(operand, numbers, "double precision");
        return operator === "equal_to" ? equal : unless(operand, equal);
      }
      if (more.length > 0) return undefined;
      return operator === "is_greater_than"
        ? sql`${operand} > ${first}::double precision`
        : sql`${operand} < ${first}::double precision`;
    },
  };
}
