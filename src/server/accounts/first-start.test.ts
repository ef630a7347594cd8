// The first start on an empty database, alone and in company.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { accounts, users } from "../database/account-tables.ts";
import { inbox_members, inboxes } from "../database/inbox-tables.ts";
import { createTestDatabase } from "../test-kit/database.ts";
import type { TestDatabase } from "../test-kit/database.ts";
import { ensureFirstStart } from "./first-start.ts";
import { createPasswords } from "./passwords.ts";

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.drop());

const config = { secret: "a secret for tests, 32 characters" };

describe("the first start", () => {
  it("makes an account, its administrator and an inbox, and tells the password once", async () => {
    const { db } = database.connection;
    const first = await ensureFirstStart({ db, config });
    expect(first).toMatchObject({ created: true, email: "admin@localhost" });
    const [user] = await db.select().from(users);
    const verified = await createPasswords().verify(
      first.generatedPassword ?? "",
      user?.password_hash,
    );
    expect(verified).toBe(true);
    expect(await db.select().from(inbox_members)).toHaveLength(1);
    const [inbox] = await db.select().from(inboxes);
    expect(first.websiteToken).toBe(inbox?.website_token);
    const second = await ensureFirstStart({ db, config });
    expect(second).toEqual({
      created: false,
      email: first.email,
      websiteToken: first.websiteToken,
    });
  });

  it("takes the administrator's address and password from the configuration", async () => {
    const { db } = database.connection;
    const chosen = { ...config, adminEmail: "Ada@Example.com", adminPassword: "correct horse" };
    const first = await ensureFirstStart({ db, config: chosen });
    expect(first).toMatchObject({ created: true, email: "ada@example.com" });
    expect(first.generatedPassword).toBeUndefined();
    const [user] = await db.select().from(users);
    expect(await createPasswords().verify("correct horse", user?.password_hash)).toBe(true);
  });

  it("happens once when three start at the same time", async () => {
    const { db } = database.connection;
    const starts = await Promise.all([1, 2, 3].map(() => ensureFirstStart({ db, config })));
    expect(starts.filter((start) => start.created)).toHaveLength(1);
    expect(new Set(starts.map((start) => start.websiteToken)).size).toBe(1);
    expect(await db.select().from(accounts)).toHaveLength(1);
    expect(await db.select().from(users)).toHaveLength(1);
  });
});
