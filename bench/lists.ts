// `npm run bench:lists`: what desks and tools ask of many conversations: list, filter and search over REST
// beside the bare SQL of the same answer, in the same run; of few conversations and of many. A folder that
// BENCH_DATA names keeps the many for the next run.
import { Pool } from "pg";
import { applicationPaths } from "../src/protocol/paths.ts";
import type { AddedAgent } from "../src/protocol/records-administration.ts";
import type { Profile } from "../src/protocol/records.ts";
import { contactWords, isNamed } from "../src/server/database/contact-tables.ts";
import { startServerProcess } from "../src/server/test-kit/process.ts";
import { createDatabases } from "./databases.ts";
import { LeanClient } from "./lean-client.ts";
import { formatTable } from "./report.ts";
import { percentile } from "./statistics.ts";

const FEW = 1_000;
const MANY = Number(process.env["BENCH_CONVERSATIONS"] ?? 100_000);
const MESSAGES_EACH = 10;
/** So many are filled in by one statement. */
const BATCH = 10_000;
const ROUNDS = Number(process.env["BENCH_ROUNDS"] ?? 200);
const WARM_UP_ROUNDS = 60;
const INBOXES = 3;
/** Of the bare SQL's time, and of that of few conversations. */
const GOAL = 2;
const administrator = { email: "bench@example.com", password: "A long bench password 1!" };
const colleague = { email: "agent@example.com", password: "A long bench password 2!" };

interface Question {
  name: string;
  /** By an agent who is a member of some inboxes, else by an administrator. */
  byAgent?: true;
  ask: { path: string; body?: object };
  /** Conditions on `c`, a conversation, by hand. */
  where: string;
  /** Condition on `m`, a message, which the answer shows for having the words. */
  foundBy?: string;
}

const words = "'''zebra'':*'::tsquery";
const hasWords = `m.message_type in ('incoming', 'outgoing')
  and to_tsvector('simple'::regconfig, left(m.content, 50000)) @@ ${words}`;
const condition = (key: string, value: string, next?: "and") => ({
  attribute_key: key,
  filter_operator: "equal_to",
  values: [value],
  ...(next && { query_operator: next }),
});

/** In what somebody wrote, or in who he is: a search looks through both. */
const found = `(c.id = any(array(select distinct m.conversation_id from messages m
    where m.account_id = $1 and ${hasWords}))
  or (c.last_message_id is not null and c.contact_id = any(array(select contacts.id from contacts
    where contacts.account_id = $1 and ${isNamed} and ${contactWords} @@ ${words}))))`;
const ofAgent = "c.inbox_id in (1, 2)";
const open = "c.status = 'open'";
const urgent = `${open} and c.priority = 'urgent'`;
const urgentFilter = [condition("status", "open", "and"), condition("priority", "urgent")];
const compound = `${open} and c.priority = 'urgent' and c.assignee_id = 1 and c.inbox_id = 2`;
const compoundFilter = [
  condition("status", "open", "and"),
  condition("priority", "urgent", "and"),
  condition("assignee_id", "1", "and"),
  condition("inbox_id", "2"),
];
const filterBy = (payload: object[]) => ({ path: "/filter", body: { payload } });

const questions: Question[] = [
  { name: "list, open", ask: { path: "?status=open" }, where: open },
  {
    name: "list, open, as an agent of two inboxes",
    byAgent: true,
    ask: { path: "?status=open" },
    where: `${open} and ${ofAgent}`,
  },
  { name: "filter, open and urgent", ask: filterBy(urgentFilter), where: urgent },
  {
    name: "filter, open and urgent, as an agent",
    byAgent: true,
    ask: filterBy(urgentFilter),
    where: `${urgent} and ${ofAgent}`,
  },
  { name: "filter of four conditions", ask: filterBy(compoundFilter), where: compound },
  { name: "list of a search, a rare word", ask: { path: "?q=zebra" }, where: found },
  {
    name: "search, a rare word",
    ask: { path: "/search?q=zebra" },
    where: found,
    foundBy: hasWords,
  },
  {
    name: "search, a rare word, as an agent",
    byAgent: true,
    ask: { path: "/search?q=zebra" },
    where: `${found} and ${ofAgent}`,
    foundBy: hasWords,
  },
];

/**
 * A page and its three counts, at the same time, by the same driver: all rows that the answer shows of each
 * conversation, and no more. That is its contact and his browser, its inbox and team, its assignee as an agent
 * of the account, and the last message with its sender's name; of a search the message that was found, too.
 * Both are planned once (they have names). Not what only a server asks: whose token it is, what he may see, what the words of a search are.
 */
const bareSql = ({ where, foundBy }: Question) => [
  `with page as (
     select * from conversations c where c.account_id = $1 and ${where}
     order by c.last_activity_at desc, c.id desc limit 25)
   select c.*, to_json(p), b.hmac_verified, i.website_token, t.name, to_json(u), to_json(a), to_json(l),
     case l.sender_type when 'user' then (select coalesce(s.display_name, s.name) from users s where s.id = l.sender_id)
       when 'contact' then (select s.name from contacts s where s.id = l.sender_id) end
     ${foundBy ? `, (select to_json(m) from messages m where m.conversation_id = c.id and ${foundBy} order by m.seq desc limit 1)` : ""}
   from page c
   join contacts p on p.id = c.contact_id
   join contact_inboxes b on b.id = c.contact_inbox_id
   join inboxes i on i.id = c.inbox_id
   left join teams t on t.id = c.team_id
   left join users u on u.id = c.assignee_id
   left join account_users a on a.user_id = c.assignee_id and a.account_id = c.account_id
   left join messages l on l.id = c.last_message_id
   order by c.last_activity_at desc, c.id desc`,
  `select count(*), count(*) filter (where c.assignee_id = 1), count(*) filter (where c.assignee_id is null)
   from conversations c where c.account_id = $1 and ${where}`,
];

/** So many conversations hold the rare word, of however many there are: what grows is what is searched. */
const WITH_THE_WORD = 200;

async function fill(pool: Pool, from: number, to: number, count: number): Promise<void> {
  await pool.query(
    `with person as (
       insert into contacts (account_id, name) select 1, 'Contact ' || n from generate_series($1::int, $2::int) n
       returning id
     ), browser as (
       insert into contact_inboxes (contact_id, inbox_id, source_id, pubsub_token)
       select id, 1 + id % ${INBOXES}, gen_random_uuid(), replace(gen_random_uuid()::text, '-', '') from person
       returning id, contact_id, inbox_id
     ), numbered as (select *, $1 - 1 + row_number() over (order by id) as n from browser)
     insert into conversations (account_id, display_id, inbox_id, contact_id, contact_inbox_id, status,
       assignee_id, seq, last_activity_at, priority)
     select 1, n, inbox_id, contact_id, id, case when n % 10 = 0 then 'open' else 'resolved' end,
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
           case when c.display_id % ${count / WITH_THE_WORD} = 1 and m = 3 then ' about a zebra' else '' end,
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

/** Each in turn, so many times: how long each took, in milliseconds. */
async function timesOf(works: (() => Promise<unknown>)[], rounds: number): Promise<number[][]> {
  const times = works.map(() => [] as number[]);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, work] of works.entries()) {
      const startedAt = performance.now();
      await work();
      times[index]?.push(performance.now() - startedAt);
    }
  }
  return times;
}

async function send<Value>(url: string, method: string, body: object, token = ""): Promise<Value> {
  const answer = await fetch(url, {
    method,
    headers: { "content-type": "application/json", ...(token && { api_access_token: token }) },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as Value;
}

const databases = createDatabases();
const stops: (() => Promise<void>)[] = [];

/** A server over a database of so many conversations. */
async function openDesk(count: number, folder?: string) {
  const databaseUrl = await databases.create(folder);
  const server = await startServerProcess({
    env: {
      LOG_LEVEL: "warn",
      DATABASE_URL: databaseUrl,
      PARLOR_SECRET: "a secret of the benchmark, 32 characters long",
      PARLOR_ADMIN_EMAIL: administrator.email,
      PARLOR_ADMIN_PASSWORD: administrator.password,
    },
  });
  stops.push(() => server.stop());
  const pool = new Pool({ connectionString: databaseUrl, max: 2 });
  stops.push(() => pool.end());
  const signIn = (as: object) =>
    send<Profile>(server.url + applicationPaths.signIn(), "POST", as).then(
      (profile) => profile.access_token,
    );
  const token = await signIn(administrator);
  const { rows } = await pool.query<{ count: number }>("select count(*)::int from conversations");
  const filled = rows[0]?.count ?? 0;
  if (filled === 0) await addPeople(server.url, token);
  process.stderr.write(`${count} conversations, ${count * MESSAGES_EACH} messages\n`);
  for (let from = filled; from < count; from += BATCH) {
    await fill(pool, from + 1, Math.min(count, from + BATCH), count);
  }
  if (filled < count) await pool.query("vacuum analyze");
  const agentToken = await signIn(colleague);
  const client = new LeanClient(server.url);
  stops.push(async () => client.close());
  return {
    /** Asks as a tool does, and reads the answer. */
    ask({ byAgent, ask: { path, body } }: Question): Promise<unknown> {
      const list = applicationPaths.conversations(1);
      return client.ask({ path: list + path, token: byAgent ? agentToken : token, body });
    },
    bare: (question: Question) =>
      Promise.all(
        bareSql(question).map((text, index) =>
          pool.query({ name: `${question.name} ${index}`, text, values: [1] }),
        ),
      ),
  };
}

/** The other inboxes, and an agent who is a member of two of three. */
async function addPeople(url: string, token: string): Promise<void> {
  for (let made = 1; made < INBOXES; made += 1) {
    const inbox = { name: `Inbox ${made}`, channel: { type: "web_widget", website_url: "" } };
    await send(url + applicationPaths.inboxes(1), "POST", inbox, token);
  }
  const agent = { name: "Agent", email: colleague.email, role: "agent" };
  const { id, invitation } = await send<AddedAgent>(
    url + applicationPaths.agents(1),
    "POST",
    agent,
    token,
  );
  const { password } = colleague;
  const accepted = { reset_password_token: invitation?.token, password };
  await send(url + applicationPaths.password(), "PUT", accepted);
  for (const inbox_id of [1, 2]) {
    const members = { inbox_id, user_ids: [id] };
    await send(url + applicationPaths.inboxMembers(1), "POST", members, token);
  }
}

try {
  const few = await openDesk(FEW);
  const many = await openDesk(MANY, process.env["BENCH_DATA"]);
  const ratio = (above = Number.NaN, below = Number.NaN) => above / below;
  const rows: string[][] = [];
  const worksOf = (question: Question) => [
    () => few.ask(question),
    () => many.bare(question),
    () => many.ask(question),
  ];
  // All of them first: a server that desks have asked all day has long compiled what it runs.
  for (const question of questions) await timesOf(worksOf(question), WARM_UP_ROUNDS);
  for (const question of questions) {
    process.stderr.write(`${question.name}\n`);
    const times = await timesOf(worksOf(question), ROUNDS);
    const [small, bare, large] = times.map((of) => percentile(of, 0.95));
    const ratios = [ratio(large, bare), ratio(large, small)];
    rows.push([
      question.name,
      ...[small, large, bare].map((ms = Number.NaN) => ms.toFixed(1)),
      ...ratios.map((one) => `${one.toFixed(2)} ×`),
      ratios.every((one) => one <= GOAL) ? "yes" : "no",
    ]);
  }
  const head = ["p95, ms", `${FEW}`, `${MANY}`, "bare SQL", "beside it", "growth", `≤ ${GOAL} ×`];
  process.stdout.write(`${formatTable(head, rows)}\n`);
} finally {
  for (const stop of stops.toReversed()) await stop();
  await databases.stop();
}
