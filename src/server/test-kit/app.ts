// A ready app on a database of its own, with builders for whoever a test needs.
import { randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import path from "node:path";
import pino from "pino";
import { onTestFinished } from "vitest";
import { createPasswords } from "../accounts/passwords.ts";
import { accessTokenOf, insertUser } from "../accounts/users.ts";
import { createApp } from "../app.ts";
import type { App, AppDeps } from "../app.ts";
import type { Config } from "../config.ts";
import type { Database } from "../database/connection.ts";
import { account_users, accounts } from "../database/account-tables.ts";
import { inbox_members, inboxes } from "../database/inbox-tables.ts";
import { randomToken } from "../random.ts";
import { createTestDatabase } from "./database.ts";
import type { TestDatabase } from "./database.ts";
import { watchAnswers } from "./watch-answers.ts";

export interface TestApp {
  url: string;
  app: App;
  db: Database;
  database: TestDatabase;
  config: Config;
  /** Lines that the app has logged, as JSON. */
  logged: string[];
  build: Builders;
  close(): Promise<void>;
}

export interface TestAppOptions {
  config?: Partial<Config>;
  clock?: () => Date;
  webDirectory?: string;
  limits?: AppDeps["limits"];
  /** Another app's database; else one of its own. */
  database?: TestDatabase;
}

/** Cheap scrypt: what a test needs of a password is that it is checked. */
const TEST_PASSWORD_COST = 10;

/** What one person sends in a test is what many send elsewhere. */
const CROWD = { token: 1_000_000, visitor: 1_000_000, upload: 1_000_000, message: 1_000_000 };

/** Starts an app that listens. The caller closes it. */
export async function openTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const database = options.database ?? (await createTestDatabase());
  const config: Config = {
    host: "127.0.0.1",
    port: 0,
    publicUrl: "http://parlor.test",
    dataDirectory: path.join(tmpdir(), "parlor-test"),
    secret: "a secret for tests, 32 characters",
    logLevel: "info",
    rateLimits: CROWD,
    ...options.config,
  };
  const logged: string[] = [];
  const log = pino({ level: config.logLevel }, { write: (line) => void logged.push(line) });
  const app = await createApp({
    config,
    database: database.connection,
    log,
    clock: options.clock ?? (() => new Date()),
    webDirectory: options.webDirectory ?? path.join(tmpdir(), `no-such-folder-${randomUUID()}`),
    limits: { passwordCost: TEST_PASSWORD_COST, ...options.limits },
  });
  const answers = watchAnswers(app.http.server, app);
  const url = await app.listen({ host: "127.0.0.1", port: 0 });
  const { db } = database.connection;
  return {
    url,
    app,
    db,
    database,
    config,
    logged,
    build: createBuilders(db, url, config.secret),
    async close() {
      await app.stop();
      if (!options.database) await database.drop();
      answers.check();
    },
  };
}

/** Starts an app that closes itself when the test is over. */
export async function startTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const app = await openTestApp(options);
  onTestFinished(() => app.close());
  return app;
}

export interface TestAgent {
  id: number;
  accountId: number;
  name: string;
  email: string;
  password: string;
  accessToken: string;
  pubsubToken: string;
}

export interface TestInbox {
  id: number;
  accountId: number;
  token: string;
  hmacToken: string;
}

export interface TestVisitor {
  id: number;
  sourceId: string;
  pubsubToken: string;
  inbox: TestInbox;
}

export interface Builders {
  anAccount(name?: string): Promise<number>;
  anInbox(accountId: number, more?: Partial<typeof inboxes.$inferInsert>): Promise<TestInbox>;
  anAgent(
    accountId: number,
    more?: {
      name?: string;
      email?: string;
      role?: "administrator" | "agent";
      availability?: "available" | "busy" | "offline";
      autoOffline?: boolean;
      inboxes?: TestInbox[];
    },
  ): Promise<TestAgent>;
  /** Made through the client API, as a browser does it. */
  aVisitor(inbox: TestInbox, contact?: Record<string, unknown>): Promise<TestVisitor>;
}

function createBuilders(db: Database, url: string, secret: string): Builders {
  const passwords = createPasswords(TEST_PASSWORD_COST);
  return {
    async anAccount(name = "Acme") {
      const [row] = await db.insert(accounts).values({ name }).returning();
      return required(row).id;
    },
    async anInbox(accountId, more = {}) {
      const [row] = await db
        .insert(inboxes)
        .values({
          account_id: accountId,
          name: "Website",
          website_token: randomToken(),
          hmac_token: randomToken(),
          ...more,
        })
        .returning();
      const { id, website_token: token, hmac_token: hmacToken } = required(row);
      return { id, accountId, token, hmacToken };
    },
    async anAgent(accountId, more = {}) {
      const { name = "Ada", role = "agent", availability = "available" } = more;
      const email = more.email ?? `${randomUUID()}@example.com`;
      const password = `correct horse ${randomUUID()}`;
      const passwordHash = await passwords.hash(password);
      const user = await insertUser(db, secret, { email, name, passwordHash });
      await db.insert(account_users).values({
        account_id: accountId,
        user_id: user.id,
        role,
        availability,
        auto_offline: more.autoOffline ?? true,
      });
      for (const inbox of more.inboxes ?? []) {
        await db.insert(inbox_members).values({ inbox_id: inbox.id, user_id: user.id });
      }
      const accessToken = accessTokenOf(secret, user.access_token_nonce);
      const pubsubToken = user.pubsub_token;
      return { id: user.id, accountId, name, email, password, accessToken, pubsubToken };
    },
    async aVisitor(inbox, contact = {}) {
      const response = await fetch(`${url}/public/api/v1/inboxes/${inbox.token}/contacts`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(contact),
      });
      if (!response.ok) throw new Error(`no visitor: ${response.status} ${await response.text()}`);
      const body = (await response.json()) as {
        id: number;
        source_id: string;
        pubsub_token: string;
      };
      return { id: body.id, sourceId: body.source_id, pubsubToken: body.pubsub_token, inbox };
    },
  };
}

function required<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error("expected a row");
  return value;
}
