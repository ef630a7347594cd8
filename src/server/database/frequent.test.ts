// Statements that are asked often are planned once, on every connection, and answer as before.
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase } from "../test-kit/database.ts";
import type { TestDatabase } from "../test-kit/database.ts";
import { ask, nameFrequent, textOf } from "./frequent.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

describe("a statement that is written anew for each question", () => {
  const above = (least: number) =>
    sql`select n from generate_series(1, 5) n where n > ${least}::int order by n`;

  it("is planned once when it is asked often, and answers for each question's values", async () => {
    const nameOf = nameFrequent("planned_once");
    await database.connection.db.transaction(async (tx) => {
      for (let least = 0; least < 20; least += 1) {
        const rows = await ask<{ n: number }>(tx, above(least), nameOf);
        expect(rows.map((row) => row.n)).toEqual([1, 2, 3, 4, 5].filter((n) => n > least));
      }
      const { rows } = await tx.execute(
        sql`select custom_plans, generic_plans from pg_prepared_statements where name = 'planned_once_1'`,
      );
      // Five for their values, until PostgreSQL trusts the one for any; the first four had no name.
      expect(rows).toEqual([{ custom_plans: 5, generic_plans: 11 }]);
    });
  });

  it("has no name while it is asked seldom, and the same one from then on", () => {
    const nameOf = nameFrequent("seldom");
    const names = Array.from({ length: 8 }, () => nameOf("select 1"));
    expect(names.slice(0, 4)).toEqual([undefined, undefined, undefined, undefined]);
    expect(new Set(names.slice(4))).toEqual(new Set(["seldom_1"]));
  });

  it("has a name as one of 60, whatever is asked: each costs memory of every connection", () => {
    const nameOf = nameFrequent("some");
    const texts = Array.from({ length: 100 }, (_, shape) => `select ${shape}`);
    for (let time = 0; time < 10; time += 1) for (const text of texts) nameOf(text);
    const names = texts.map(nameOf).filter((name) => name !== undefined);
    expect(new Set(names).size).toBe(60);
    expect(names).toHaveLength(60);
  });
});

it("SQL that is written once holds no values", () => {
  expect(textOf(sql`select 1`)).toBe("select 1");
  expect(() => textOf(sql`select ${1}`)).toThrow(/holds values/);
});
