// Filters as agents build them: what can be asked, with which operators, and the conditions that come of it.
import type { AttributeDisplayType } from "../../protocol/lists.ts";
import { conversationPriorities, conversationStatuses } from "../../protocol/lists.ts";
import type { CustomAttribute } from "../../protocol/records-administration.ts";
import type { FilterCondition } from "../../protocol/requests-filters.ts";

export const filterOperators = [
  "equal_to",
  "not_equal_to",
  "contains",
  "does_not_contain",
  "is_greater_than",
  "is_less_than",
  "days_before",
  "is_present",
  "is_not_present",
] as const;
export type FilterOperator = (typeof filterOperators)[number];

/** What is asked of an attribute: one of a list, or something to write. */
export type FilterInput = "choice" | "text" | "number" | "date" | "boolean";

/** The attributes that every account has; a custom one goes by its key. */
export const standardKeys = [
  "status",
  "assignee_id",
  "inbox_id",
  "team_id",
  "labels",
  "priority",
  "created_at",
  "last_activity_at",
] as const;
export type StandardKey = (typeof standardKeys)[number];

export interface FilterField {
  key: string;
  /** Of a custom attribute; null where the view has the words. */
  name: string | null;
  input: FilterInput;
  operators: readonly FilterOperator[];
  /** Of a custom list; null where the view knows them. */
  options: readonly string[] | null;
}

export interface FilterRow {
  key: string;
  operator: FilterOperator;
  values: readonly string[];
}

export interface FilterDraft {
  /** Every row must be true, or one of them. */
  match: "all" | "any";
  rows: readonly FilterRow[];
}

const equality = ["equal_to", "not_equal_to"] as const;
const presence = [...equality, "is_present", "is_not_present"] as const;
const containment = ["contains", "does_not_contain", ...presence] as const;
const order = ["is_greater_than", "is_less_than", "days_before"] as const;

const standard: Record<StandardKey, Pick<FilterField, "input" | "operators">> = {
  status: { input: "choice", operators: equality },
  assignee_id: { input: "choice", operators: presence },
  inbox_id: { input: "choice", operators: equality },
  team_id: { input: "choice", operators: presence },
  labels: { input: "choice", operators: presence },
  priority: { input: "choice", operators: equality },
  created_at: { input: "date", operators: order },
  last_activity_at: { input: "date", operators: order },
};

const amount = {
  input: "number",
  operators: [...presence, "is_greater_than", "is_less_than"],
} as const;
const words = { input: "text", operators: containment } as const;
const custom: Record<AttributeDisplayType, Pick<FilterField, "input" | "operators">> = {
  text: words,
  link: words,
  number: amount,
  currency: amount,
  percent: amount,
  date: { input: "date", operators: [...order, ...presence] },
  list: { input: "choice", operators: presence },
  checkbox: { input: "boolean", operators: equality },
};

/** Everything that can be asked about conversations in this account. */
export function filterFields(attributes: readonly CustomAttribute[]): FilterField[] {
  return [
    ...standardKeys.map((key) => Object.assign({ key, name: null, options: null }, standard[key])),
    ...attributes
      .filter((one) => one.attribute_model === "conversation_attribute")
      .filter((one) => !standardKeys.some((key) => key === one.attribute_key))
      .map((one) =>
        Object.assign(
          {
            key: one.attribute_key,
            name: one.attribute_display_name,
            options: one.attribute_display_type === "list" ? listOf(one.attribute_values) : null,
          },
          custom[one.attribute_display_type],
        ),
      ),
  ];
}

/** What a list attribute offers: its definition says it as JSON text. */
export function listOf(json: string): string[] {
  try {
    const said: unknown = JSON.parse(json);
    return Array.isArray(said) ? said.map(String) : [];
  } catch {
    return [];
  }
}

export const fixedOptions: Partial<Record<string, readonly string[]>> = {
  status: conversationStatuses,
  priority: conversationPriorities,
} satisfies Partial<Record<StandardKey, readonly string[]>>;

/** Whether an operator compares with something. */
export const needsValue = (operator: FilterOperator): boolean =>
  operator !== "is_present" && operator !== "is_not_present";

/** What is asked with this operator: "more than … days ago" is a number, whatever the attribute. */
export const inputOf = (field: FilterField, operator: FilterOperator): FilterInput =>
  operator === "days_before" ? "number" : field.input;

/** A row about this attribute as it begins. */
export function newRow(field: FilterField): FilterRow {
  const [operator = "equal_to"] = field.operators;
  return { key: field.key, operator, values: field.input === "boolean" ? ["true"] : [] };
}

export const isComplete = ({ operator, values }: FilterRow): boolean =>
  !needsValue(operator) || (values.length > 0 && values.every((value) => value.trim() !== ""));

/** What the server is asked. */
export function conditionsOf({ match, rows }: FilterDraft): FilterCondition[] {
  return rows.map(({ key, operator, values }) => ({
    attribute_key: key,
    filter_operator: operator,
    values: needsValue(operator) ? [...values] : [],
    query_operator: match === "all" ? "AND" : "OR",
  }));
}

/**
 * Conditions from an address or a saved filter, which anybody may have written: null for what is none,
 * and for one that joins by AND and OR at once, which the builder cannot show.
 */
export function draftOf(said: unknown): FilterDraft | null {
  if (!Array.isArray(said) || said.length === 0) return null;
  const rows: FilterRow[] = [];
  const joins = new Set<string>();
  for (const [index, one] of said.entries()) {
    const row = rowOf(one);
    if (!row) return null;
    rows.push(row);
    if (index < said.length - 1) joins.add(String(read(one, "query_operator")).toUpperCase());
  }
  if (joins.size > 1) return null;
  return { match: joins.has("OR") ? "any" : "all", rows };
}

const synonyms: Partial<Record<string, FilterOperator>> = {
  eq: "equal_to",
  not_eq: "not_equal_to",
};

const read = (from: unknown, key: string): unknown =>
  typeof from === "object" && from !== null ? (from as Record<string, unknown>)[key] : undefined;

function rowOf(said: unknown): FilterRow | null {
  const key = read(said, "attribute_key");
  const named = String(read(said, "filter_operator"));
  const operator = filterOperators.find((one) => one === (synonyms[named] ?? named));
  const values = read(said, "values") ?? [];
  if (typeof key !== "string" || !operator) return null;
  const list: unknown[] = Array.isArray(values) ? values : [values];
  const isPlain = list.every((value) => ["string", "number", "boolean"].includes(typeof value));
  return isPlain ? { key, operator, values: list.map(String) } : null;
}
