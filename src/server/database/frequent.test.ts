// Statements that are asked often are planned once, on every connection, and answer as before.
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase } from "../test-kit/database.ts";
import type { TestDatabase } from "../test-kit/database.ts";
import { ask, textOf } from "./frequent.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

describe("a statement that is written anew for each question", () => {
  const above = (least: number) =>
    sql`select n from generate_series(1, 5) n where n > ${least}::int order by n`;

  it("is planned once when it is asked often, and answers for each question's values", async () => {
    await database.connection.db.transaction(async (tx) => {
      for (let least = 0; least < 20; least += 1) {
        const rows = await ask<{ n: number }>(tx, above(least));
        expect(rows.map((row) => row.n)).toEqual([1, 2, 3, 4, 5].filter((n) => n > least));
      }
      const { rows } = await tx.execute<{ plans: number }>(
        sql`select generic_plans + custom_plans as plans from pg_prepared_statements
          where statement like '%generate_series(1, 5)%'`,
      );
      expect(rows).toHaveLength(1);
      expect(rows[0]?.plans).toBeGreaterThan(10);
    });
  });

  it("has no name while it is asked seldom", async () => {
    await database.connection.db.transaction(async (tx) => {
      expect(await ask(tx, sql`select 'seldom' as said`)).toEqual([{ said: "seldom" }]);
      const { rows } = await tx.execute(
        sql`select 1 from pg_prepared_statements where statement = 'select ''seldom'' as said'`,
      );
      expect(rows).toEqual([]);
    });
  });

  it("has names for some only, whatever is asked: each costs memory", async () => {
    await database.connection.db.transaction(async (tx) => {
      for (let shape = 0; shape < 100; shape += 1) {
        for (let time = 0; time < 6; time += 1) await ask(tx, sql.raw(`select ${shape} as shape`));
      }
      const { rows } = await tx.execute(
        sql`select 1 from pg_prepared_statements where statement like 'select % as shape'`,
      );
      expect(rows.length).toBeGreaterThan(0);
      expect(rows.length).toBeLessThanOrEqual(60);
    });
  });
});

it("SQL that is written once holds no values", () => {
  expect(textOf(sql`select 1`)).toBe("select 1");
  expect(() => textOf(sql`select ${1}`)).toThrow(/holds values/);
});
