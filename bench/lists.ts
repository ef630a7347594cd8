// `npm run bench:lists`: what an agent's tools ask of many conversations: list, filter and search over REST
// beside the bare SQL of the same answer, on the same database in the same run; few conversations, then many.
import { Pool } from "pg";
import { applicationPaths } from "../src/protocol/paths.ts";
import type { Profile } from "../src/protocol/records.ts";
import { startServerProcess } from "../src/server/test-kit/process.ts";
import { createDatabases } from "./databases.ts";
import { formatTable } from "./report.ts";
import { percentile } from "./statistics.ts";

const FEW = 1_000;
const MANY = Number(process.env["BENCH_CONVERSATIONS"] ?? 100_000);
const MESSAGES_EACH = 10;
/** So many are filled in by one statement. */
const BATCH = 10_000;
const ROUNDS = Number(process.env["BENCH_ROUNDS"] ?? 200);
const WARM_UP_ROUNDS = 20;
const administrator = { email: "bench@example.com", password: "a long bench password" };

interface Question {
  name: string;
  ask: { path: string; body?: object };
  /** Conditions on `c`, a conversation, by hand. */
  where: string;
}

const words = "'''zebra'':*'::tsquery";
const hasWords = `to_tsvector('simple'::regconfig, left(m.content, 50000)) @@ ${words}`;
const condition = (key: string, value: string, next?: "and") => ({
  attribute_key: key,
  filter_operator: "equal_to",
  values: [value],
  ...(next && { query_operator: next }),
});

const questions: Question[] = [
  { name: "list, open", ask: { path: "?status=open" }, where: "c.status = 'open'" },
  {
    name: "filter, open and urgent",
    ask: {
      path: "/filter",
      body: { payload: [condition("status", "open", "and"), condition("priority", "urgent")] },
    },
    where: "c.status = 'open' and c.priority = 'urgent'",
  },
  {
    name: "search, a rare word",
    ask: { path: "/search?q=zebra" },
    where: `c.id = any(array(select distinct m.conversation_id from messages m
      where m.account_id = c.account_id and m.message_type in ('incoming', 'outgoing') and ${hasWords}))`,
  },
];

/** A page and its three counts, with the contact and the last message of each: what every answer tells. */
const bareSql = (where: string) => [
  `select c.*, to_json(p), to_json(l) from conversations c
     join contacts p on p.id = c.contact_id left join messages l on l.id = c.last_message_id
     where c.account_id = $1 and ${where.replace("m.account_id = c.account_id", "m.account_id = $1")}
     order by c.last_activity_at desc, c.id desc limit 25`,
  `select count(*), count(*) filter (where c.assignee_id = 1), count(*) filter (where c.assignee_id is null)
     from conversations c
     where c.account_id = $1 and ${where.replace("m.account_id = c.account_id", "m.account_id = $1")}`,
];

async function fill(pool: Pool, from: number, to: number): Promise<void> {
  await pool.query(
    `with person as (
       insert into contacts (account_id, name) select 1, 'Contact ' || n from generate_series($1::int, $2::int) n
       returning id
     ), browser as (
       insert into contact_inboxes (contact_id, inbox_id, source_id, pubsub_token)
       select id, 1, gen_random_uuid(), replace(gen_random_uuid()::text, '-', '') from person
       returning id, contact_id
     ), numbered as (select *, $1 - 1 + row_number() over (order by id) as n from browser)
     insert into conversations (account_id, display_id, inbox_id, contact_id, contact_inbox_id, status,
       assignee_id, seq, last_activity_at, priority)
     select 1, n, 1, contact_id, id, case when n % 10 = 0 then 'open' else 'resolved' end,
       case when n % 20 = 0 then 1 end, ${MESSAGES_EACH}, now() - n * interval '1 minute',
       case when n % 40 = 0 then 'urgent' end
     from numbered`,
    [from, to],
  );
  await pool.query(
    `with written as (
       insert into messages (account_id, conversation_id, seq, changed_seq, message_type, content,
         sender_type, sender_id)
       select 1, c.id, m, m, case when m % 2 = 0 then 'outgoing' else 'incoming' end,
         'What people say to each other, part ' || m ||
           case when c.display_id % 500 = 1 and m = 3 then ' about a zebra' else '' end,
         case when m % 2 = 0 then 'user' else 'contact' end,
         case when m % 2 = 0 then 1 else c.contact_id end
       from conversations c, generate_series(1, ${MESSAGES_EACH}) m
       where c.account_id = 1 and c.display_id between $1 and $2
       returning id, conversation_id
     )
     update conversations c set last_message_id = w.id
     from (select conversation_id, max(id) as id from written group by 1) w where w.conversation_id = c.id`,
    [from, to],
  );
}

/** The 95th percentile of so many rounds, one after another, in milliseconds. */
async function p95Of(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round += 1) {
    const startedAt = performance.now();
    await work();
    if (round >= 0) times.push(performance.now() - startedAt);
  }
  return percentile(times, 0.95);
}

const databases = createDatabases();
const databaseUrl = await databases.create();
const server = await startServerProcess({
  env: {
    LOG_LEVEL: "warn",
    DATABASE_URL: databaseUrl,
    PARLOR_ADMIN_EMAIL: administrator.email,
    PARLOR_ADMIN_PASSWORD: administrator.password,
  },
});
const pool = new Pool({ connectionString: databaseUrl, max: 2 });

async function signIn(): Promise<Profile> {
  const answer = await fetch(server.url + applicationPaths.signIn(), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(administrator),
  });
  return (await answer.json()) as Profile;
}

/** Asks as a tool does, and reads the answer. */
async function ask(profile: Profile, { path, body }: Question["ask"]): Promise<unknown> {
  const url = `${server.url}${applicationPaths.conversations(profile.account_id)}${path}`;
  const answer = await fetch(url, {
    method: body ? "POST" : "GET",
    headers: { api_access_token: profile.access_token, "content-type": "application/json" },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
  return await answer.json();
}

interface Measured {
  restMs: number;
  bareMs: number;
}

async function measure(profile: Profile, question: Question): Promise<Measured> {
  const statements = bareSql(question.where);
  const bare = () => Promise.all(statements.map((text) => pool.query(text, [profile.account_id])));
  return { bareMs: await p95Of(bare), restMs: await p95Of(() => ask(profile, question.ask)) };
}

try {
  const profile = await signIn();
  const rows = questions.map(({ name }) => [name]);
  const measured: Measured[][] = [];
  let filled = 0;
  for (const count of [FEW, MANY]) {
    process.stderr.write(`${count} conversations, ${count * MESSAGES_EACH} messages\n`);
    for (; filled < count; filled = Math.min(count, filled + BATCH)) {
      await fill(pool, filled + 1, Math.min(count, filled + BATCH));
    }
    await pool.query("vacuum analyze");
    const stage: Measured[] = [];
    for (const question of questions) stage.push(await measure(profile, question));
    measured.push(stage);
  }
  const [few = [], many = []] = measured;
  const ratio = (above = Number.NaN, below = Number.NaN) => `${(above / below).toFixed(2)}x`;
  for (const [index, row] of rows.entries()) {
    const [small, large] = [few[index], many[index]];
    row.push(
      ...[small?.restMs, large?.restMs, large?.bareMs].map((ms = Number.NaN) => ms.toFixed(1)),
      ratio(large?.restMs, large?.bareMs),
      ratio(large?.restMs, small?.restMs),
    );
  }
  const head = ["p95, ms", `${FEW}`, `${MANY}`, "bare SQL", "beside it", "growth"];
  process.stdout.write(`${formatTable(head, rows)}\n`);
} finally {
  await pool.end();
  await server.stop();
  await databases.stop();
}
