// Filtered conversations as seed 003 prints them, row 33.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { custom_attribute_definitions } from "../database/custom-attribute-tables.ts";
import { openTestApp } from "../test-kit/app.ts";
import type { TestApp } from "../test-kit/app.ts";
import { aConversationAccount } from "../test-kit/conversations.ts";
import { documentedRequest } from "../test-kit/documented-examples.ts";

let app: TestApp;
const clock = { now: new Date("2026-05-04T10:00:00.000Z") };
beforeAll(async () => {
  app = await openTestApp({ clock: () => clock.now });
});
afterAll(() => app.close());

const setUp = () => aConversationAccount(app, clock);

describe("filtering (row 33)", () => {
  it("takes the seed's own request and answers as it prints", async () => {
    const { work, start, inbox, visitor } = await setUp();
    await start();
    const pending = await work("POST", "/conversations", {
      body: {
        contact_id: visitor.id,
        inbox_id: inbox.id,
        status: "pending",
        message: { content: "a" },
      },
    });
    const english = await work("POST", "/conversations", {
      body: {
        source_id: visitor.sourceId,
        status: "pending",
        additional_attributes: { browser_language: "en" },
      },
    });
    const body = documentedRequest(33);
    const answer = await work("POST", "/conversations/filter?page=1", { body });
    expect(answer.status).toBe(200);
    const ids = answer.body.data.payload.map((row: { id: number }) => row.id);
    expect(ids).toEqual([pending.body.id]);
    expect(answer.headers.get("total-count")).toBe("1");
    expect(ids).not.toContain(english.body.id);
  });

  it("asks about each attribute, joins by AND before OR, and shows only what the agent may see", async () => {
    const { account, agent, work, start, inbox, rule, visitor } = await setUp();
    const closed = await app.build.anInbox(account);
    const [one, two, three] = [await start("1"), await start("2"), await start("3")];
    await rule("POST", "/conversations", { body: { contact_id: visitor.id, inbox_id: closed.id } });
    await work("POST", `/conversations/${one}/assignments`, { body: { assignee_id: agent.id } });
    await work("POST", `/conversations/${two}/labels`, { body: { labels: ["vip"] } });
    await work("PATCH", `/conversations/${three}`, { body: { priority: "urgent" } });
    await app.db.insert(custom_attribute_definitions).values({
      account_id: account,
      attribute_model: "conversation_attribute",
      attribute_key: "order",
      attribute_display_name: "Order",
      attribute_display_type: "number",
    });
    await work("POST", `/conversations/${two}/custom_attributes`, {
      body: { custom_attributes: { order: 77 } },
    });
    const found = async (...payload: [string, string, unknown, string?][]) => {
      const answer = await work("POST", "/conversations/filter", {
        body: {
          payload: payload.map(([attribute_key, filter_operator, values, query_operator]) => ({
            attribute_key,
            filter_operator,
            values,
            query_operator,
          })),
        },
      });
      expect(answer.body.error).toBeUndefined();
      return answer.body.data.payload.map((row: { id: number }) => row.id).toSorted();
    };
    expect(await found()).toEqual([one, two, three]);
    expect(await found(["status", "equal_to", ["all"]])).toEqual([one, two, three]);
    expect(await found(["assignee_id", "equal_to", [agent.id]])).toEqual([one]);
    expect(await found(["assignee_id", "not_equal_to", [agent.id]])).toEqual([two, three]);
    expect(await found(["assignee_id", "is_not_present", null])).toEqual([two, three]);
    expect(await found(["inbox_id", "eq", [inbox.id]])).toEqual([one, two, three]);
    expect(await found(["team_id", "is_present", []])).toEqual([]);
    expect(await found(["labels", "equal_to", ["VIP"]])).toEqual([two]);
    expect(await found(["labels", "not_equal_to", ["vip"]])).toEqual([one, three]);
    expect(await found(["priority", "not_equal_to", ["low"]])).toEqual([one, two, three]);
    expect(await found(["priority", "equal_to", ["urgent"]])).toEqual([three]);
    expect(await found(["display_id", "contains", [two]])).toEqual([two]);
    expect(await found(["created_at", "is_less_than", ["2026-01-01"]])).toEqual([]);
    expect(await found(["created_at", "is_greater_than", ["2026-05-03"]])).toEqual([
      one,
      two,
      three,
    ]);
    expect(await found(["created_at", "days_before", ["3"]])).toEqual([]);
    expect(await found(["order", "is_greater_than", ["70"]])).toEqual([two]);
    expect(
      await found(
        ["display_id", "equal_to", [one], "OR"],
        ["labels", "equal_to", ["vip"], "AND"],
        ["priority", "equal_to", ["urgent"], "or"],
        ["priority", "equal_to", ["urgent"]],
      ),
    ).toEqual([one, three]);
  });

  it.each([
    [
      [{ attribute_key: "colour", filter_operator: "equal_to", values: ["red"] }],
      /^Invalid attribute key - \[colour\]\. The key should be one of \[status,priority,.*\] or a custom attribute defined in the account\.$/,
    ],
    [
      [{ attribute_key: "status", filter_operator: "contains", values: ["open"] }],
      /^Invalid operator\. The allowed operators for status are \[equal_to,not_equal_to\]\.$/,
    ],
    [
      [
        {
          attribute_key: "status",
          filter_operator: "equal_to",
          values: ["open"],
          query_operator: "XOR",
        },
        { attribute_key: "status", filter_operator: "equal_to", values: ["open"] },
      ],
      /^Query operator must be either "AND" or "OR"\.$/,
    ],
    [
      [{ attribute_key: "created_at", filter_operator: "is_less_than", values: ["yesterday"] }],
      /^Invalid value\. The values provided for created_at are invalid$/,
    ],
  ])("answers what is wrong in the documented sentences", async (payload, sentence) => {
    const { work } = await setUp();
    const answer = await work("POST", "/conversations/filter", { body: { payload } });
    expect(answer.status).toBe(422);
    expect(answer.body.error).toMatch(sentence);
  });
});
