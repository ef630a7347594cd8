// Custom attributes in filters: by the keys that the account has defined, compared by their kind.
import { sql } from "drizzle-orm";
import type { AttributeDisplayType } from "../../protocol/lists.ts";
import {
  booleanAttribute,
  containment,
  numberAttribute,
  order,
  presence,
  textAttribute,
} from "./attributes.ts";
import type { FilterAttribute, Operand } from "./attributes.ts";
import { parseInstant } from "./instant.ts";

/**
 * An attribute in a `jsonb` column. What contacts and their websites have stored there may be of any
 * type: a value of another type than the definition's is as good as unset, never an error.
 */
export function customAttribute(
  column: Operand,
  key: string,
  kind: AttributeDisplayType,
): FilterAttribute {
  const value = sql`(${column} ->> ${key}::text)`;
  switch (kind) {
    case "number":
    case "currency":
    case "percent":
      return numberAttribute(
        sql`(case when ${value} ~ '^-?[0-9]{1,30}([.][0-9]{1,30})?$' then ${value}::double precision end)`,
      );
    case "checkbox":
      return booleanAttribute(
        sql`(case when ${value} in ('true', 'false') then ${value}::boolean end)`,
      );
    case "date":
      return dateAttribute(value);
    case "list":
      return textAttribute(value, presence, { exact: true });
    case "text":
    case "link":
      return textAttribute(value, [...containment, "is_present", "is_not_present"]);
  }
}

/** Days as text, `2026-05-04` or a time of that day: compared as text, which their order is. */
function dateAttribute(value: Operand): FilterAttribute {
  const day = sql`(case when ${value} ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}' then left(${value}, 10) end)`;
  const asText = textAttribute(day, presence);
  return {
    operators: [...presence, ...order],
    compile(operator, values, now) {
      if (operator === "is_present" || operator === "is_not_present") {
        return asText.compile(operator, values, now);
      }
      const [first, ...more] = values;
      if (operator === "days_before") {
        const days = Number(first);
        const fits = more.length === 0 && String(first) !== "" && Number.isInteger(days);
        if (!fits || days < 0 || days > 36_500) return undefined;
        const limit = new Date(now.getTime() - days * 86_400_000).toISOString().slice(0, 10);
        return sql`${day} < ${limit}::text collate "C"`;
      }
      const days = values.map((said) => parseInstant(said)?.from.toISOString().slice(0, 10));
      const [limit] = days;
      if (limit === undefined || days.includes(undefined)) return undefined;
      if (operator === "equal_to" || operator === "not_equal_to") {
        return asText.compile(operator, days as string[], now);
      }
      if (days.length > 1) return undefined;
      return operator === "is_greater_than"
        ? sql`${day} > ${limit}::text collate "C"`
        : sql`${day} < ${limit}::text collate "C"`;
    },
  };
}
