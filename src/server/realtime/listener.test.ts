// The connection over which a process hears the others.
import { Pool } from "pg";
import { expect, it, onTestFinished } from "vitest";
import { createTestDatabase } from "../test-kit/database.ts";
import type { TestDatabase } from "../test-kit/database.ts";
import { openListener } from "./listener.ts";

async function open(onAgain = () => {}) {
  const database = await createTestDatabase();
  const pool = new Pool({ connectionString: database.connectionString, max: 1 });
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  const listener = await openListener({ pool, channels: ["calls"], onAgain });
  onTestFinished(async () => {
    listener.close();
    await pool.end();
    await database.drop();
  });
  return { database, listener };
}

const cut = ({ connection }: TestDatabase, pid: number) =>
  connection.pool.query("select pg_terminate_backend($1)", [pid]);

it("is replaced when it was lost, as often as that may be, and says that something was missed", async () => {
  let agains = 0;
  const { database, listener } = await open(() => (agains += 1));
  const heard: string[] = [];
  for (const round of ["first", "second", "third"]) {
    const client = await listener.connect();
    client.on("notification", ({ payload = "" }) => heard.push(payload));
    await database.connection.pool.query("select pg_notify('calls', $1)", [round]);
    await expect.poll(() => heard).toContain(round);
    const ended = new Promise((resolve) => client.once("end", resolve));
    const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
    await cut(database, rows[0]!.pid);
    await ended;
  }
  expect(agains).toBe(2);
  expect(heard).toEqual(["first", "second", "third"]);
});

it("is one: whoever asks again has it instead of the one before, who is not told", async () => {
  const { listener } = await open();
  const before = await listener.connect();
  let ends = 0;
  before.on("end", () => (ends += 1));
  const asked = listener.connect();
  // The pool has but one connection: the other's turn comes when it is given back.
  before.release();
  const after = await asked;
  await after.query("select 1");
  expect(ends).toBe(0);
});

it("lets its pool end though nobody gave it back, and gives out nothing after that", async () => {
  const { listener } = await open();
  await listener.connect();
  listener.close();
  const late = await Promise.race([
    listener.connect().then(() => "another"),
    Promise.resolve("nothing"),
  ]);
  expect(late).toBe("nothing");
});
