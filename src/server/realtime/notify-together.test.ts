// Calls between processes over PostgreSQL.
import { Pool } from "pg";
import { expect, it, onTestFinished } from "vitest";
import { createTestDatabase } from "../test-kit/database.ts";
import { notifyingTogether } from "./notify-together.ts";

it("reach others in their order, however many come at once, by few statements", async () => {
  const database = await createTestDatabase();
  onTestFinished(() => database.drop());
  const own = new Pool({ connectionString: database.connectionString, max: 1 });
  const listener = await database.connection.pool.connect();
  const heard: string[] = [];
  listener.on("notification", ({ payload = "" }) => heard.push(payload));
  await listener.query("listen calls");
  const query = notifyingTogether(own);
  let statements = 0;
  own.on("acquire", () => (statements += 1));

  const said = Array.from({ length: 150 }, (_, index) => `{"quoted": "\\", ${index}"}`);
  await Promise.all(said.map((one) => query("SELECT pg_notify($1, $2)", ["calls", one])));
  // The first goes at once, all others with the second.
  expect(statements).toBe(2);
  await expect.poll(() => heard).toEqual(said);

  expect(await query("select 1 as one")).toMatchObject({ rows: [{ one: 1 }] });
  listener.release(true);
  await own.end();
  const late = query("SELECT pg_notify($1, $2)", ["calls", "late"]);
  await expect(late).rejects.toThrow("after calling end");
});
