// `npm run bench:snoozes`: ten thousand conversations whose snooze ends at once, woken by the built server,
// beside the bare statements that change as many rows of the same database in the same run.
import { setTimeout as wait } from "node:timers/promises";
import { Pool } from "pg";
import { startServerProcess } from "../src/server/test-kit/process.ts";
import { createDatabases } from "./databases.ts";
import { formatTable } from "./report.ts";

const MANY = Number(process.env["BENCH_SNOOZES"] ?? 10_000);
const GOAL_MS = 10_000;
const LOOK_EVERY_MS = 20;
/** Nobody waits longer for a broken server. */
const PATIENCE_MS = 300_000;

const databases = createDatabases();
const databaseUrl = await databases.create();
const server = await startServerProcess({
  env: { LOG_LEVEL: "warn", DATABASE_URL: databaseUrl },
});
const pool = new Pool({ connectionString: databaseUrl, max: 2 });

/** All of one contact, in the state that `values` gives for status and time. */
async function fill(firstNumber: number, values: string): Promise<void> {
  await pool.query(
    `with person as (insert into contacts (account_id) values (1) returning id),
     browser as (
       insert into contact_inboxes (contact_id, inbox_id, source_id, pubsub_token)
       select id, 1, gen_random_uuid(), replace(gen_random_uuid()::text, '-', '') from person
       returning id, contact_id)
     insert into conversations (account_id, display_id, inbox_id, contact_id, contact_inbox_id, status, snoozed_until)
     select 1, $1::int + n, 1, contact_id, id, ${values} from browser, generate_series(1, $2::int) n`,
    [firstNumber, MANY],
  );
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

async function untilAwake(): Promise<void> {
  const endsAt = performance.now() + PATIENCE_MS;
  const asleep = `select exists (select from conversations
    where status = 'snoozed' and snoozed_until is not null) as any`;
  while ((await pool.query<{ any: boolean }>(asleep)).rows[0]?.any) {
    if (performance.now() > endsAt) throw new Error("they do not wake");
    await wait(LOOK_EVERY_MS);
  }
}

const bareUpdate = `update conversations
  set status = 'open', snoozed_until = null, seq = seq + 2, agent_unread_count = 1
  where status = 'pending' returning id, account_id, seq`;
/** What waking writes, in one statement that asks nobody and tells nobody. */
const bareWake = `with woken as (${bareUpdate}),
  said as (
    insert into messages (account_id, conversation_id, seq, changed_seq, message_type, content, sender_type)
    select account_id, id, seq, seq, 'activity', 'The snooze is over', 'system' from woken
    returning id, account_id, conversation_id, seq)
  insert into events (account_id, conversation_id, message_id, seq, name, actor_type, changes)
  select account_id, conversation_id, null, seq - 1, 'conversation:updated', 'system', '{}'::jsonb from said
  union all
  select account_id, conversation_id, id, seq, 'message:created', 'system', '{}' from said`;

try {
  await fill(0, "'pending', null");
  const updateMs = await timed(() => pool.query(bareUpdate));
  await fill(MANY, "'pending', null");
  const bareMs = await timed(() => pool.query(bareWake));
  const wakeMs = await timed(async () => {
    await fill(2 * MANY, "'snoozed', now() - interval '1 minute'");
    await untilAwake();
  });
  const row = (name: string, ms: number) => [
    name,
    ms.toFixed(0),
    ...[updateMs, bareMs].map((bare) => `${(ms / bare).toFixed(1)}x`),
  ];
  const rows = [
    row("a bare UPDATE", updateMs),
    row("with lines and events", bareMs),
    row("Parlor wakes them", wakeMs),
  ];
  const head = [`${MANY} at once, ms`, "all in all", "to the UPDATE", "to all rows"];
  process.stdout.write(`${formatTable(head, rows)}\n`);
  process.stdout.write(`goal ≤ ${GOAL_MS} ms: ${wakeMs <= GOAL_MS ? "yes" : "no"}\n`);
} finally {
  await pool.end();
  await server.stop();
  await databases.stop();
}
