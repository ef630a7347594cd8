// Pictures of contacts and inboxes as files of a multipart message (seed 003, rows 21, 23, 47 and 48).
import pino from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { avatars } from "../database/attachment-tables.ts";
import { createJobs } from "../jobs/jobs.ts";
import { openTestApp } from "../test-kit/app.ts";
import type { TestApp } from "../test-kit/app.ts";
import { asAgent } from "../test-kit/call.ts";
import { aPicture, aPixelBomb } from "./test-files.ts";

let app: TestApp;
let now = new Date("2026-05-04T10:00:00.000Z");
beforeAll(async () => {
  app = await openTestApp({ clock: () => now });
});
afterAll(() => app.close());

async function setUp() {
  const account = await app.build.anAccount();
  const inbox = await app.build.anInbox(account);
  const rule = asAgent(app.url, await app.build.anAgent(account, { role: "administrator" }));
  const work = asAgent(app.url, await app.build.anAgent(account, { inboxes: [inbox] }));
  return { account, inbox, rule, work };
}

function aForm(bytes: Buffer, more: Record<string, string> = {}, field = "avatar"): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(more)) form.set(name, value);
  form.set(field, new Blob([new Uint8Array(bytes)]), "me.png");
  return form;
}

/** Its address is the server's, which listens elsewhere in a test. */
async function open(address: string) {
  const answer = await fetch(address.replace(app.config.publicUrl, app.url));
  const { status, headers } = answer;
  return { status, headers, bytes: Buffer.from(await answer.arrayBuffer()) };
}
const countAvatars = async () => (await app.db.select().from(avatars)).length;

describe("an avatar", () => {
  it("is a contact's from the moment he is made, and another one's later", async () => {
    const { work } = await setUp();
    const made = await work("POST", "/contacts", {
      body: aForm(await aPicture("png"), { name: "Vera", email: "vera@example.com" }),
    });
    expect(made.status).toBe(200);
    const { thumbnail } = made.body.payload.contact;
    const answer = await open(thumbnail);
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "content-type": "image/webp",
      "content-security-policy": "sandbox; default-src 'none'",
      "x-content-type-options": "nosniff",
      "content-disposition": expect.stringMatching(/^inline/),
    });
    expect(answer.bytes.subarray(8, 12).toString()).toBe("WEBP");
    const body = aForm(await aPicture("jpeg"));
    const changed = await work("PUT", `/contacts/${made.body.id}`, { body });
    expect(changed.body.payload.contact).toMatchObject({ name: "Vera", email: "vera@example.com" });
    expect(changed.body.payload.contact.thumbnail).not.toBe(thumbnail);
    expect((await open(`${app.config.publicUrl}/avatars/${"x".repeat(32)}`)).status).toBe(404);
  });

  it("is an inbox's, with the rest of the form, for administrators alone", async () => {
    const { rule, work, inbox } = await setUp();
    const made = await rule("POST", "/inboxes", {
      body: aForm(await aPicture("webp"), { name: "Shop", "channel[welcome_title]": "Hi" }),
    });
    expect(made.body).toMatchObject({ name: "Shop", welcome_title: "Hi" });
    expect((await open(made.body.avatar_url)).headers.get("content-type")).toBe("image/webp");
    const before = await countAvatars();
    const refused = await work("PATCH", `/inboxes/${inbox.id}`, {
      body: aForm(await aPicture("png")),
    });
    expect([refused.status, await countAvatars()]).toEqual([401, before]);
    const byAddress = { body: { avatar_url: "https://example.com/a.png" } };
    expect((await rule("PATCH", `/inboxes/${inbox.id}`, byAddress)).body.avatar_url).toBe(
      "https://example.com/a.png",
    );
    const none = await rule("PATCH", `/inboxes/${inbox.id}`, { body: { avatar_url: "" } });
    expect(none.body.avatar_url).toBe("");
  });

  it.each([
    ["text", async () => Buffer.from("<svg onload=alert(1)>"), "avatar"],
    ["a bomb", async () => aPixelBomb(60_000), "avatar"],
    ["a cut picture", async () => (await aPicture("png")).subarray(0, 60), "avatar"],
    ["nothing", async () => Buffer.alloc(0), "avatar"],
    ["a file in another field", async () => await aPicture("png"), "photo"],
  ])("is not %s", async (_what, make, field) => {
    const { work } = await setUp();
    const before = await countAvatars();
    const refused = await work("POST", "/contacts", { body: aForm(await make(), {}, field) });
    expect(refused.status).toBe(422);
    expect(refused.body.attributes).toEqual([field]);
    expect(await countAvatars()).toBe(before);
  });

  it("is not kept when the request is refused, nor longer than a day when nobody wears it", async () => {
    const { work } = await setUp();
    const before = await countAvatars();
    const refused = await work("POST", "/contacts", {
      body: aForm(await aPicture("png"), { email: "no address" }),
    });
    expect([refused.status, await countAvatars()]).toEqual([422, before]);
    const make = async () =>
      (await work("POST", "/contacts", { body: aForm(await aPicture("png")) })).body;
    const [worn, left] = [await make(), await make()];
    await work("PUT", `/contacts/${left.id}`, { body: { avatar_url: "" } });
    now = new Date(now.getTime() + 25 * 3_600_000);
    const log = pino({ level: "silent" });
    const jobs = createJobs({ pool: app.database.connection.pool, log });
    await app.db.transaction((tx) => jobs.enqueue(tx, "avatars:sweep", {}));
    await expect
      .poll(async () => (await open(left.payload.contact.thumbnail)).status, { timeout: 10_000 })
      .toBe(404);
    expect((await open(worn.payload.contact.thumbnail)).status).toBe(200);
  });
});
