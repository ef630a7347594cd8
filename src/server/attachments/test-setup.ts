// An app with a folder for files, and who sends and opens them, for the tests of this folder.
import { mkdtemp, readdir, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect } from "vitest";
import { uploadSchema } from "../../protocol/records-attachments.ts";
import { attachments } from "../database/attachment-tables.ts";
import { openTestApp } from "../test-kit/app.ts";
import type { TestApp } from "../test-kit/app.ts";
import { asAgent, asVisitor } from "../test-kit/call.ts";
import { aForm, bytesOf, pathOf } from "./test-files.ts";

export let app: TestApp;
let folder: string;
let now: Date | undefined;

/** Opens the app before the tests of a file, and closes it after them. */
export function useFiles(): void {
  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "parlor-files-"));
    app = await openTestApp({ config: { dataDirectory: folder }, clock: () => now ?? new Date() });
  });
  afterAll(async () => {
    await app.close();
    await rm(folder, { recursive: true });
  });
}

/** The server's clock says so many hours more; without: what it is. */
export function setClock(hours?: number): void {
  now = hours === undefined ? undefined : new Date(Date.now() + hours * 3_600_000);
}

export async function setUp(more: Parameters<TestApp["build"]["anInbox"]>[1] = {}) {
  const account = await app.build.anAccount();
  const inbox = await app.build.anInbox(account, more);
  const agent = await app.build.anAgent(account, { name: "Ada", inboxes: [inbox] });
  const administrator = await app.build.anAgent(account, { role: "administrator" });
  const visitor = await app.build.aVisitor(inbox);
  const visit = asVisitor(app.url, visitor);
  const work = asAgent(app.url, agent);
  const rule = asAgent(app.url, administrator);
  const id = (await visit("POST", "/conversations")).body.id as number;
  const messages = `/conversations/${id}/messages`;
  const upload = async (
    name: string,
    bytes: Buffer | string,
    send = visit,
    to = "/attachments",
  ) => {
    const answer = await send("POST", to, { body: aForm([{ name, bytes }]) });
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    return uploadSchema.strict().parse(answer.body);
  };
  return { account, inbox, agent, visitor, visit, work, rule, id, messages, upload };
}

/** Everything that the folder holds, what is on its way too. */
export async function stored(): Promise<string[]> {
  const entries = await readdir(path.join(folder, "uploads"), {
    recursive: true,
    withFileTypes: true,
  }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}

/** In the order in which they came. */
export const keysOf = async (accountId: number) => {
  const rows = await app.db
    .select({ key: attachments.storage_key })
    .from(attachments)
    .where(eq(attachments.account_id, accountId))
    .orderBy(attachments.id);
  return rows.map(({ key }) => key);
};

export const open = (url: string, headers?: Record<string, string>) =>
  bytesOf(app.url + pathOf(url), headers);
