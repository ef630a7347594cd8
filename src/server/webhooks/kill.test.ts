// A process that is killed while it delivers: another one goes on where it stopped, and nothing is lost.
import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { expect, it, onTestFinished, vi } from "vitest";
import { startTestApp } from "../test-kit/app.ts";
import { asAgent, asVisitor } from "../test-kit/call.ts";
import { createTestDatabase } from "../test-kit/database.ts";
import { startTarget } from "../test-kit/target.ts";

// Real targets and databases on a machine that others use too.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const MANY = { timeout: 30_000, interval: 20 };

it("delivers after a kill -9 what had been acknowledged, in order and under the same ids", async () => {
  const database = await createTestDatabase();
  onTestFinished(() => database.drop());
  const program = path.join(import.meta.dirname, "app-to-kill.ts");
  const doomed = spawn(process.execPath, ["--import", "tsx", program, database.connectionString], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void doomed.kill("SIGKILL"));
  const doomedUrl = String(await once(doomed.stdout, "data"));
  await expect
    .poll(async () => {
      const locks = `select from pg_locks where locktype = 'advisory' and granted and objsubid = 1
        and database = (select oid from pg_database where datname = current_database())`;
      return (await database.connection.pool.query(locks)).rowCount;
    }, MANY)
    .toBe(1);
  const heir = await startTestApp({ database, config: { allowPrivateAddresses: ["127.0.0.1"] } });

  const account = await heir.build.anAccount();
  const inbox = await heir.build.anInbox(account);
  const administrator = await heir.build.anAgent(account, { role: "administrator" });
  const visitor = await heir.build.aVisitor(inbox);
  const target = await startTarget();
  const made = await asAgent(heir.url, administrator)("POST", "/webhooks", {
    body: { url: `http://127.0.0.1:${target.port}/`, subscriptions: ["message_created"] },
  });
  expect(made.status).toBe(200);

  const said: string[] = [];
  const say = async (url: string, content: string) => {
    const body = { content };
    const path = `/conversations/${conversation}/messages`;
    expect((await asVisitor(url, visitor)("POST", path, { body })).status).toBe(200);
    said.push(content);
  };
  const begun = await asVisitor(doomedUrl, visitor)("POST", "/conversations");
  const conversation = begun.body.id as number;
  target.answer = () => {};
  await say(doomedUrl, "one");
  await expect.poll(() => target.calls.length, MANY).toBe(1);
  await say(doomedUrl, "two");
  await say(doomedUrl, "three");
  doomed.kill("SIGKILL");
  await once(doomed, "exit");
  target.answer = () => 200;
  await say(heir.url, "four");

  await expect.poll(() => target.calls.length, MANY).toBe(5);
  const [first, ...rest] = target.calls;
  expect(rest.map((call) => call.json.content as string)).toEqual(said);
  const idOf = (call: typeof first) => call?.headers["x-parlor-delivery"];
  expect(idOf(rest[0])).toBe(idOf(first));
  expect(new Set(rest.map(idOf)).size).toBe(4);
});
