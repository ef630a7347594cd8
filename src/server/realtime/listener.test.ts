// The connection over which a process hears the others.
import { Pool } from "pg";
import { expect, it, onTestFinished } from "vitest";
import { createTestDatabase } from "../test-kit/database.ts";
import type { TestDatabase } from "../test-kit/database.ts";
import { openListener } from "./listener.ts";

async function open(onAgain = () => {}, max = 1) {
  const database = await createTestDatabase();
  const pool = new Pool({ connectionString: database.connectionString, max });
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  const listener = await openListener({ pool, channels: ["calls"], onAgain });
  onTestFinished(async () => {
    listener.close();
    if (!pool.ending) await pool.end();
    await database.drop();
  });
  return { database, pool, listener };
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
  const { pool, listener } = await open(undefined, 2);
  const before = await listener.connect();
  let ends = 0;
  before.on("end", () => (ends += 1));
  const after = await listener.connect();
  expect(after).not.toBe(before);
  await expect.poll(() => pool.totalCount).toBe(1);
  await expect(before.query("select 1")).rejects.toThrow();
  expect((await after.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
  expect(ends).toBe(0);
});

it("lets its pool end though nobody gave it back, and gives out nothing after that", async () => {
  const { pool, listener } = await open();
  await listener.connect();
  listener.close();
  let answers = 0;
  void listener.connect().finally(() => (answers += 1));
  await pool.end();
  expect(answers).toBe(0);
});
