// Every list that a screen shows is an index scan: the plans of the very queries, on 100,000 conversations.
import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import { PgDialect } from "drizzle-orm/pg-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  CONTACTS_PAGE_SIZE,
  CONVERSATIONS_PAGE_SIZE,
  SYNC_MESSAGES_MAX,
} from "../../protocol/limits.ts";
import { permissions } from "../../protocol/lists.ts";
import type { AssigneeType, ConversationStatus } from "../../protocol/lists.ts";
import type { Database, Transaction } from "../database/connection.ts";
import { conversations } from "../database/conversation-tables.ts";
import { changedMessagesQuery, messagePageQuery } from "../messages/queries.ts";
import { createTestDatabase } from "../test-kit/database.ts";
import type { TestDatabase } from "../test-kit/database.ts";
import { contactPageQuery } from "../contacts/directory.ts";
import { filterOf } from "./filter-attributes.ts";
import { filterFor } from "./list-filter.ts";
import { countsOf, pageOf } from "./list-queries.ts";
import type { ListFilter } from "./list-queries.ts";
import { listConversations, visitorPage } from "./lists.ts";
import { contactConversationsPage } from "./of-contact.ts";
import { conversationsThat, detailsQuery } from "./details.ts";

const CONVERSATIONS = 100_000;
const AGENTS = 20;
const INBOXES = 5;

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await fill(database);
}, 180_000);
afterAll(() => database.drop());

/** One large account: a tenth of its conversations open, half of them assigned; ten messages on each tenth. */
async function fill({ connection: { db } }: TestDatabase): Promise<void> {
  await db.execute(
    sql.raw(`
    set local statement_timeout = 0;
    insert into accounts (name) values ('Large'), ('Small');
    insert into users (email, name, password_hash, pubsub_token, access_token_nonce, access_token_hash)
      select 'a' || n || '@example.com', 'Agent ' || n, '', 'p' || n, 'n' || n, 'h' || n
      from generate_series(1, ${AGENTS}) n;
    insert into account_users (account_id, user_id, role)
      select 1, n, 'agent' from generate_series(1, ${AGENTS}) n;
    insert into inboxes (account_id, name, website_token, hmac_token)
      select 1, 'Inbox ' || n, 't' || n, 'h' from generate_series(1, ${INBOXES}) n;
    insert into contacts (account_id, name, email, last_activity_at)
      select 1, 'Contact ' || n, case when n % 2 = 0 then 'c' || n || '@example.com' end,
        now() - n * interval '1 minute' from generate_series(1, ${CONVERSATIONS / 4}) n;
    insert into contact_inboxes (contact_id, inbox_id, source_id, pubsub_token)
      select n, 1 + n % ${INBOXES}, 's' || n, 'p' || n from generate_series(1, ${CONVERSATIONS / 4}) n;
    insert into conversations (account_id, display_id, inbox_id, contact_id, contact_inbox_id, status,
        assignee_id, seq, last_activity_at, waiting_since, priority, labels, last_message_id)
      select 1, n, 1 + (1 + n % ${CONVERSATIONS / 4}) % ${INBOXES}, 1 + n % ${CONVERSATIONS / 4},
        1 + n % ${CONVERSATIONS / 4},
        case when n % 10 = 0 then 'open' when n % 25 = 1 then 'pending'
          when n % 25 = 2 then 'snoozed' else 'resolved' end,
        case when n % 20 < 10 then 1 + n / 10 % ${AGENTS} end, 10,
        now() - n * interval '1 minute',
        case when n % 3 = 0 then now() - n * interval '1 second' end,
        case when n % 40 = 0 then 'urgent' when n % 30 = 0 then 'low' end,
        case when n % 5000 = 10 then '{rare}'::text[] when n % 4 = 0 then '{common}' else '{}' end, 1
      from generate_series(1, ${CONVERSATIONS}) n;
    insert into messages (account_id, conversation_id, seq, changed_seq, message_type, content,
        private, sender_type, sender_id)
      select 1, c, m, m, case when m % 2 = 0 then 'incoming' else 'outgoing' end,
        'Message ' || m || case when c % 10000 = 1 and m = 2 then ' about a zebra' else '' end,
        m % 5 = 0, case when m % 2 = 0 then 'contact' else 'user' end, 1
      from generate_series(1, ${CONVERSATIONS}, 10) c, generate_series(1, 10) m;
    insert into messages (account_id, conversation_id, seq, changed_seq, message_type, content,
        sender_type, sender_id)
      select 1, 2, m, m, 'incoming', 'Message ' || m, 'contact', 1 from generate_series(1, 5000) m;
  `),
  );
  await db.execute(sql`vacuum analyze`);
}

interface Plan {
  "Node Type": string;
  "Relation Name"?: string;
  "Actual Rows": number;
  "Actual Loops": number;
  "Rows Removed by Filter"?: number;
  Plans?: Plan[];
}

const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

async function explain(
  query: { getSQL(): SQL },
  reader: Database | Transaction = database.connection.db,
): Promise<Plan[]> {
  const { rows } = await reader.execute<{ "QUERY PLAN": [{ Plan: Plan }] }>(
    sql`explain (analyze, format json) ${query.getSQL()}`,
  );
  const [row] = rows;
  if (!row) throw new Error("no plan");
  return nodesOf(row["QUERY PLAN"][0].Plan);
}

/** No large table is read from end to end, and nothing is sorted but what is shown. */
function expectIndexed(nodes: Plan[], shownMax: number): void {
  for (const node of nodes) {
    const isLarge = ["conversations", "messages"].includes(node["Relation Name"] ?? "");
    if (isLarge) expect(node["Node Type"]).not.toBe("Seq Scan");
    if (node["Node Type"].includes("Sort")) {
      const sorted = node.Plans?.[0]?.["Actual Rows"] ?? 0;
      expect(sorted).toBeLessThanOrEqual(shownMax);
    }
  }
  expect(nodes.some((node) => /Index.*Scan/.test(node["Node Type"]))).toBe(true);
}

/** How many rows of a table were looked at to find those that are shown. */
function rowsRead(nodes: Plan[], table: string): number {
  return nodes
    .filter((node) => node["Relation Name"] === table)
    .reduce(
      (sum, node) =>
        sum + (node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0)) * node["Actual Loops"],
      0,
    );
}

const filter = (
  status: ConversationStatus | "all",
  assignee_type: AssigneeType,
  inboxIds?: number[],
): ListFilter => ({ accountId: 1, userId: 3, status, assignee_type, inboxIds });

const administrator = {
  accountId: 1,
  userId: 3,
  role: "administrator",
  permissions: [...permissions],
} as const;

/** As a statement with a name is planned once, whatever its values. */
async function explainForAny(query: SQL): Promise<Plan[]> {
  const { sql: text, params } = new PgDialect().sqlToQuery(query);
  const values = params.map((param) =>
    Array.isArray(param) ? `'{${param.join()}}'` : `'${String(param)}'`,
  );
  return await database.connection.db.transaction(async (tx) => {
    await tx.execute(sql`set local plan_cache_mode = force_generic_plan`);
    await tx.execute(sql.raw(`prepare for_any as ${text}`));
    const nodes = await explain(sql.raw(`execute for_any(${values.join()})`), tx);
    await tx.execute(sql`deallocate for_any`);
    return nodes;
  });
}

describe("the agents' lists", () => {
  const lists: [string, ListFilter][] = [
    ["open", filter("open", "all")],
    ["open and mine", filter("open", "me")],
    ["open and unassigned", filter("open", "unassigned")],
    ["open and assigned", filter("open", "assigned")],
    ["resolved", filter("resolved", "all")],
    ["pending", filter("pending", "all")],
    ["snoozed", filter("snoozed", "all")],
    ["all", filter("all", "all")],
    ["open in one inbox", filter("open", "all", [2])],
    ["resolved in one inbox", filter("resolved", "all", [2])],
    ["open in the agent's inboxes", filter("open", "all", [2, 3])],
    ["mine in the agent's inboxes", filter("open", "me", [2, 3])],
  ];
  it.each(lists)("find a page of %s in an index, in order", async (_name, list) => {
    const nodes = await explain(pageOf(list, 1));
    expectIndexed(nodes, CONVERSATIONS_PAGE_SIZE);
    expect(rowsRead(nodes, "conversations")).toBeLessThan(20 * CONVERSATIONS_PAGE_SIZE);
  });

  const sorts: [string, ListFilter][] = [
    ["the longest quiet", { ...filter("open", "all"), sortBy: "last_activity_at_asc" }],
    ["the newest", { ...filter("open", "all"), sortBy: "created_at_desc" }],
    ["the newest of any status", { ...filter("all", "all"), sortBy: "created_at_desc" }],
    ["the oldest", { ...filter("resolved", "all"), sortBy: "created_at_asc" }],
    ["the most urgent", { ...filter("open", "all"), sortBy: "priority_desc" }],
    ["what wakes next", { ...filter("snoozed", "all"), sortBy: "snoozed_until_asc" }],
    ["those who wait the longest", { ...filter("open", "all"), sortBy: "waiting_since_asc" }],
  ];
  it.each(sorts)("find a page of %s first in an index, in order", async (_name, list) => {
    const nodes = await explain(pageOf(list, 1));
    expectIndexed(nodes, CONVERSATIONS_PAGE_SIZE);
    expect(rowsRead(nodes, "conversations")).toBeLessThan(20 * CONVERSATIONS_PAGE_SIZE);
  });

  const asked = async (query: { labels?: string[]; q?: string; status?: "open" | "all" }) => {
    const { db } = database.connection;
    const agent = { ...administrator, name: "", avatarUrl: null };
    const found = await filterFor(db, agent, { status: "all", ...query });
    if (!found.ok) throw new Error(found.error.message);
    return found.data;
  };
  it.each([
    ["a rare label", { labels: ["rare"] }, 20],
    ["a frequent label", { labels: ["common"] }, CONVERSATIONS_PAGE_SIZE],
    ["a rare word", { q: "zebra about" }, 10],
    ["the beginning of a rare word", { q: "zeb" }, 10],
    ["a contact's address", { q: "c4712@example.com" }, 4],
  ])("find the conversations with %s by an index", async (_name, query, shownMax) => {
    const { db } = database.connection;
    const list = await asked(query);
    const nodes = await explain(pageOf(list, 1));
    expectIndexed(nodes, shownMax);
    expect(rowsRead(nodes, "conversations")).toBeLessThan(20 * CONVERSATIONS_PAGE_SIZE);
    expect(rowsRead(nodes, "messages")).toBeLessThan(50);
    const { rows } = await db.execute(pageOf(list, 1));
    expect(rows).toHaveLength(Math.min(shownMax, CONVERSATIONS_PAGE_SIZE));
  });

  it("count the conversations with a rare word or label by an index", async () => {
    for (const query of [{ labels: ["rare"] }, { q: "zebra" }]) {
      const nodes = await explain(countsOf(await asked(query)));
      expectIndexed(nodes, 20);
      expect(rowsRead(nodes, "conversations")).toBeLessThan(100);
    }
  });

  it("find the few of an agent who may see his own only by an index", async () => {
    const { db } = database.connection;
    const permissions = ["conversation_participating_manage" as const];
    const agent = { accountId: 1, userId: 21, role: "agent", permissions } as const;
    const found = await filterFor(db, { ...agent, name: "", avatarUrl: null }, { status: "open" });
    if (!found.ok) throw new Error(found.error.message);
    const nodes = await explain(pageOf({ ...found.data, inboxIds: [2] }, 1));
    expectIndexed(nodes, CONVERSATIONS_PAGE_SIZE);
    expect(rowsRead(nodes, "conversations")).toBeLessThan(20);
  });

  it("find a contact's conversations by an index", async () => {
    const { db } = database.connection;
    const agent = { ...administrator, name: "", avatarUrl: null };
    const nodes = await explain(contactConversationsPage(db, agent, 7, { page: 1, per_page: 25 }));
    expectIndexed(nodes, 100);
    expect(rowsRead(nodes, "conversations")).toBeLessThanOrEqual(4);
  });

  it("are counted by indexes alone", async () => {
    const urgent = { ...filter("open", "all", [2, 3]), also: sql`priority = 'urgent'` };
    for (const list of [filter("open", "all"), filter("open", "all", [2, 3]), urgent]) {
      const nodes = await explain(countsOf(list));
      expectIndexed(nodes, 0);
      expect(nodes.map((node) => node["Node Type"])).toContain("Index Only Scan");
      // Each conversation of this status once, whoever has it.
      expect(rowsRead(nodes, "conversations")).toBeLessThanOrEqual(CONVERSATIONS / 5);
    }
  });
});

describe("the records of a page", () => {
  const now = new Date();
  const ids = Array.from({ length: CONVERSATIONS_PAGE_SIZE }, (_, n) => 1 + n * 50);
  const of = conversationsThat(sql`${conversations.id} = any(${sql.param(ids)}::bigint[])`);

  it.each(["last_message_id", "last_public_message_id"] as const)(
    "are read by their keys, with the message of %s",
    async (shown) => {
      const nodes = await explainForAny(detailsQuery({ now, of, shown }));
      expectIndexed(nodes, ids.length);
      expect(rowsRead(nodes, "conversations")).toBe(ids.length);
      expect(rowsRead(nodes, "messages")).toBeLessThanOrEqual(ids.length);
    },
  );

  it.each([
    ["all inboxes", undefined],
    ["one inbox", [2]],
    ["many inboxes", [1, 2, 3]],
  ])("are found and counted by indexes when planned once for any values, in %s", async (_, of) => {
    const list = { ...filter("open", "all"), ...(of && { inboxIds: of }) };
    const nodes = await explainForAny(detailsQuery({ now, of: pageOf(list, 1) }));
    expectIndexed(nodes, CONVERSATIONS_PAGE_SIZE);
    expect(rowsRead(nodes, "conversations")).toBeLessThan(20 * CONVERSATIONS_PAGE_SIZE);
    expectIndexed(await explainForAny(countsOf(list)), 0);
  });

  it("are found by an index where a filter asks for a status and a priority of any value", async () => {
    const { db } = database.connection;
    const agent = { ...administrator, name: "", avatarUrl: null };
    const conditions = ["status", "priority"].map((attribute_key, index) => ({
      attribute_key,
      filter_operator: "equal_to" as const,
      values: [index === 0 ? "open" : "urgent"],
      ...(index === 0 && { query_operator: "and" as const }),
    }));
    const found = await filterOf({ db, clock: () => now }, agent, conditions);
    if (!found.ok) throw new Error(found.error.message);
    const nodes = await explainForAny(detailsQuery({ now, of: pageOf(found.data, 1) }));
    expectIndexed(nodes, CONVERSATIONS_PAGE_SIZE);
    expect(rowsRead(nodes, "conversations")).toBeLessThan(20 * CONVERSATIONS_PAGE_SIZE);
  });

  it("are found, read and counted by two statements, whatever they show", async () => {
    const statements: string[] = [];
    const logger = { logQuery: (query: string) => void statements.push(query) };
    const db = drizzle(database.connection.pool, { logger });
    const deps = { db, clock: () => new Date() };
    const { payload } = await listConversations(deps, filter("open", "all"), 1);
    expect(payload).toHaveLength(CONVERSATIONS_PAGE_SIZE);
    expect(payload.filter(({ meta }) => meta.assignee).length).toBeGreaterThan(0);
    expect(statements).toHaveLength(2);
    const again = await listConversations(deps, filter("open", "all"), 1);
    expect(again.payload).toEqual(payload);
  });
});

describe("the directory", () => {
  it.each(["name", "-last_activity_at"] as const)("is sorted by %s in an index", async (sort) => {
    const query = contactPageQuery(database.connection.db, 1, undefined, { sort, page: 1 });
    const nodes = await explain(query);
    expect(nodes.map((node) => node["Node Type"]).join()).toMatch(/^Limit,Index.*Scan$/);
    expect(rowsRead(nodes, "contacts")).toBeLessThanOrEqual(2 * CONTACTS_PAGE_SIZE);
  });
});

describe("the visitor's list", () => {
  const visitor = { accountId: 1, inboxId: 2, contactInboxId: 6, contactId: 6 };
  const nobody = { name: null, avatarUrl: null };

  it.each([true, false])("finds his conversations by an index (verified: %s)", async (verified) => {
    const nodes = await explain(visitorPage({ ...visitor, ...nobody, verified }));
    expectIndexed(nodes, 100);
    expect(rowsRead(nodes, "conversations")).toBeLessThanOrEqual(4);
  });
});

describe("messages", () => {
  const of = (publicOnly: boolean) => ({ conversationId: 2, displayId: 2, publicOnly });

  it.each([true, false])("are found a page at a time (public only: %s)", async (publicOnly) => {
    for (const page of [{}, { beforeSeq: 2_500 }]) {
      const query = messagePageQuery(database.connection.db, of(publicOnly), page);
      const nodes = await explain(query);
      expectIndexed(nodes, 0);
      expect(rowsRead(nodes, "messages")).toBeLessThanOrEqual(100);
    }
  });

  it.each([true, false])(
    "are found by their latest change (public only: %s)",
    async (publicOnly) => {
      const { db } = database.connection;
      const nodes = await explain(changedMessagesQuery(db, of(publicOnly), 4_990));
      expectIndexed(nodes, SYNC_MESSAGES_MAX + 1);
      expect(rowsRead(nodes, "messages")).toBeLessThanOrEqual(10);
      const far = await explain(changedMessagesQuery(db, of(publicOnly), 0));
      expect(rowsRead(far, "messages")).toBeLessThanOrEqual(SYNC_MESSAGES_MAX + 1);
    },
  );
});
