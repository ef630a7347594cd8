// What a filter asks for (seed 003, rows 26 and 33): conditions over attributes, joined by AND and OR.
import { z } from "zod";
import { FILTER_CONDITIONS_MAX, FILTER_VALUES_MAX, NAME_MAX_LENGTH } from "./limits.ts";
import { pageSchema, text } from "./request-fields.ts";

const value = z.union([text(2_000), z.number(), z.boolean()]);
export type FilterValue = z.infer<typeof value>;

/**
 * What the words mean is checked where the attributes are known. AND binds more closely than OR; the
 * operator of the last condition says nothing.
 */
const condition = z.object({
  attribute_key: text(NAME_MAX_LENGTH),
  filter_operator: text(NAME_MAX_LENGTH),
  values: z.preprocess(
    (said) => (said == null ? [] : Array.isArray(said) ? said : [said]),
    z.array(value).max(FILTER_VALUES_MAX, `must have at most ${FILTER_VALUES_MAX} values`),
  ),
  query_operator: text(NAME_MAX_LENGTH).nullish(),
});
export type FilterCondition = z.infer<typeof condition>;

export const filterSchema = z.object({
  payload: z
    .array(condition)
    .max(FILTER_CONDITIONS_MAX, `must have at most ${FILTER_CONDITIONS_MAX} conditions`)
    .default([]),
});

export const filterPageSchema = z.object({ page: pageSchema });
