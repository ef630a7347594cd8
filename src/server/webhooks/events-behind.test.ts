// From events to deliveries: every one once, whoever reads them and whatever becomes of the database.
import { sql } from "drizzle-orm";
import { describe, expect, it, vi } from "vitest";
import { asVisitor } from "../test-kit/call.ts";
import { startTarget } from "../test-kit/target.ts";
import type { ReceivedCall } from "../test-kit/target.ts";
import {
  anAccountWithWebhooks,
  anAppWithTargets,
  contents,
  eventsOf,
  MANY,
} from "../test-kit/webhooks.ts";

// Real targets and databases on a machine that others use too.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

describe("the events behind deliveries", () => {
  it("are told in the end, even those of a transaction that took its time", async () => {
    const { app } = await anAppWithTargets();
    const target = await startTarget();
    const { account, start, say, subscribe } = await anAccountWithWebhooks(app);
    const conversation = await start();
    await subscribe(target, ["message_created", "conversation_updated"]);
    const { rows } = await app.db.execute<{ id: number }>(sql`select id from conversations`);
    const slow = await app.database.connection.pool.connect();
    await slow.query("begin");
    await slow.query(
      `insert into events (account_id, conversation_id, name, actor_type, changes)
        values ($1, $2, 'conversation:updated', 'system', '{"priority": [null, "high"]}')`,
      [account, rows[0]?.id],
    );
    await say(conversation, "meanwhile");
    await slow.query("commit");
    slow.release();
    await expect
      .poll(() => eventsOf(target.calls), MANY)
      .toEqual(["conversation_updated", "message_created"]);
  });

  it("become deliveries once, however many processes share the database", async () => {
    const { app } = await anAppWithTargets();
    const { app: second } = await anAppWithTargets({ database: app.database });
    const target = await startTarget();
    const { start, visitor, subscribe } = await anAccountWithWebhooks(app);
    // Said to the process that started later, and mostly told by the other.
    const visit = asVisitor(second.url, visitor);
    const { id: webhook } = await subscribe(target, ["message_created"]);
    const id = await start();
    const texts = Array.from({ length: 40 }, (_, index) => String(index));
    for (const content of texts) {
      await visit("POST", `/conversations/${id}/messages`, { body: { content } });
    }
    await expect.poll(() => target.calls.length, MANY).toBe(40);
    expect(contents(target.calls)).toEqual(texts);
    const { rows } = await app.db.execute<{ n: number }>(
      sql`select count(*) as n from webhook_deliveries where webhook_id = ${webhook}`,
    );
    expect(rows[0]?.n).toBe(40);
  });

  it("tell of a wake once under each of their names, whichever of two processes wakes it", async () => {
    const first = await anAppWithTargets();
    const second = await anAppWithTargets({ database: first.app.database });
    const target = await startTarget();
    const { start, subscribe, rule } = await anAccountWithWebhooks(first.app);
    const [status, updated] = ["conversation_status_changed", "conversation_updated"] as const;
    for (const [path, subscriptions] of Object.entries({
      status: [status],
      updated: [updated],
      both: [status, updated],
      messages: ["message_created"],
    })) {
      await subscribe({ url: `${target.url}/${path}` }, subscriptions);
    }
    const ids = await Promise.all(Array.from({ length: 6 }, start));
    const snoozed_until = Math.floor(Date.now() / 1000) + 3_600;
    const body = (object_id: number) => ({ object_id, snoozed_until, message: "Call back" });
    for (const id of ids) await rule("POST", "/snoozes", { body: body(id) });
    for (const { time } of [first, second]) time.aheadMs = 3_601_000;
    for (const id of ids) {
      const read = async () => (await rule("GET", `/conversations/${id}`)).body.status as string;
      await expect.poll(read, MANY).toBe("open");
      // It stands behind the wake in every lane: when it is told, all of the wake has been.
      await rule("POST", `/conversations/${id}/toggle_status`, { body: { status: "resolved" } });
      await rule("POST", `/conversations/${id}/messages`, { body: { content: "after" } });
    }
    const told = (path: string, id: number) =>
      target.calls.filter(
        (call) =>
          call.path === `/hook/${path}` && (call.json.conversation_id ?? call.json.id) === id,
      );
    const turns = (calls: ReceivedCall[]) =>
      calls.flatMap(({ json }) =>
        (json.changed_attributes as { status?: { current_value: string } }[]).flatMap(
          ({ status: change }) => (change ? [change.current_value] : []),
        ),
      );
    const once = ["snoozed", "open", "resolved"];
    for (const id of ids) {
      await expect.poll(() => contents(told("messages", id)), MANY).toEqual(["after"]);
      await expect.poll(() => turns(told("status", id)), MANY).toEqual(once);
      await expect.poll(() => turns(told("updated", id)), MANY).toEqual(once);
      const twice = once.flatMap((turn) => [turn, turn]);
      await expect.poll(() => turns(told("both", id)), MANY).toEqual(twice);
      expect(eventsOf(told("both", id))).toEqual(once.flatMap(() => [status, updated]));
    }
  });

  it("are told on after a database was dumped and restored, and no old one again", async () => {
    const first = await anAppWithTargets();
    const target = await startTarget();
    const { start, say, subscribe, log, visitor } = await anAccountWithWebhooks(first.app);
    const { id } = await subscribe(target, ["message_created"]);
    const conversation = await start();
    await say(conversation, "before");
    await expect.poll(async () => (await log(id))[0]?.state, MANY).toBe("delivered");
    await first.app.app.stop();
    // As a new server finds it, whose transactions are counted from the beginning.
    await first.app.db.execute(sql`
      update events set transaction_id = (transaction_id::text::bigint + 1000000000)::text::xid8`);
    await first.app.db.execute(sql`
      update webhook_cursor
      set transaction_id = (transaction_id::text::bigint + 1000000000)::text::xid8`);
    const { app: next } = await anAppWithTargets({ database: first.app.database });
    await asVisitor(next.url, visitor)("POST", `/conversations/${conversation}/messages`, {
      body: { content: "after" },
    });
    await expect.poll(() => contents(target.calls), MANY).toEqual(["before", "after"]);
  });
});
