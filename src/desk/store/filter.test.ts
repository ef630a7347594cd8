import { describe, expect, it } from "vitest";
import { conditionsOf, draftOf, filterFields, isComplete, newRow } from "./filter.ts";
import type { FilterDraft } from "./filter.ts";
import { formatRoute, parseRoute } from "./route.ts";

const draft: FilterDraft = {
  match: "any",
  rows: [
    { key: "labels", operator: "equal_to", values: ["vip", "a&b=c"] },
    { key: "assignee_id", operator: "is_not_present", values: [] },
  ],
};

describe("a filter", () => {
  it("becomes the server's conditions, and these become it again", () => {
    const conditions = conditionsOf(draft);
    expect(conditions).toEqual([
      {
        attribute_key: "labels",
        filter_operator: "equal_to",
        values: ["vip", "a&b=c"],
        query_operator: "OR",
      },
      {
        attribute_key: "assignee_id",
        filter_operator: "is_not_present",
        values: [],
        query_operator: "OR",
      },
    ]);
    expect(draftOf(conditions)).toEqual(draft);
    expect(draftOf(conditionsOf({ ...draft, match: "all" }))?.match).toBe("all");
  });

  it("is read from what others have written, numbers and short names too, or not at all", () => {
    const status = { attribute_key: "status", filter_operator: "eq", values: "open" };
    expect(draftOf([{ ...status, query_operator: null }])).toEqual({
      match: "all",
      rows: [{ key: "status", operator: "equal_to", values: ["open"] }],
    });
    const joined = (query_operator: string) => ({ ...status, query_operator });
    for (const odd of [
      null,
      [],
      "x",
      [null],
      [{ ...status, filter_operator: "drop" }],
      [{ ...status, values: [{}] }],
      [{ ...status, attribute_key: 7 }],
      [joined("AND"), joined("OR"), joined("AND")],
    ]) {
      expect(draftOf(odd), JSON.stringify(odd)).toBeNull();
    }
  });

  it("lives in the address, as what is saved does by its number", () => {
    const at = (address: string) => parseRoute(new URL(address, "https://desk.test"));
    const route = { view: "open", conversationId: 7, filter: draft } as const;
    expect(at(formatRoute(route))).toEqual(route);
    const saved = { view: "open", conversationId: null, savedId: 12 } as const;
    expect(formatRoute(saved)).toBe("/desk/?saved=12");
    expect(at("/desk/?saved=12")).toEqual(saved);
    for (const odd of ["?saved=x", "?filter=%7B", "?filter=[]", "?filter=1"]) {
      expect(at(`/desk/${odd}`)).toEqual({ view: "open", conversationId: null });
    }
  });

  it("asks of custom attributes by their kind, of conversations' alone", () => {
    const attribute = (
      key: string,
      type: "list" | "checkbox",
      model: "contact" | "conversation",
    ) => ({
      id: 1,
      attribute_display_name: key,
      attribute_display_type: type,
      attribute_description: "",
      attribute_key: key,
      attribute_values: '["gold","silver"]',
      default_value: "",
      attribute_model: `${model}_attribute` as const,
      account_id: 1,
    });
    const fields = filterFields([
      attribute("plan", "list", "conversation"),
      attribute("paid", "checkbox", "conversation"),
      attribute("his", "list", "contact"),
    ]).slice(-2);
    expect(fields).toMatchObject([
      { key: "plan", input: "choice", options: ["gold", "silver"] },
      { key: "paid", input: "boolean", operators: ["equal_to", "not_equal_to"] },
    ]);
    expect(fields.map((field) => isComplete(newRow(field)))).toEqual([false, true]);
  });
});
