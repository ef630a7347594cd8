// Transcripts as files and by e-mail, through a real mail server, with what attackers write in them.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { attacks, CANARY } from "../messages/rich-text/attack-corpus.ts";
import { openTestApp } from "../test-kit/app.ts";
import type { TestApp } from "../test-kit/app.ts";
import { asVisitor, call } from "../test-kit/call.ts";
import { aConversationAccount } from "../test-kit/conversations.ts";
import { startSmtp } from "../test-kit/smtp.ts";
import type { TestSmtp } from "../test-kit/smtp.ts";

let app: TestApp;
let smtp: TestSmtp;
const clock = { now: new Date("2026-03-01T12:00:00Z") };
beforeAll(async () => {
  smtp = await startSmtp();
  const mail = { smtpUrl: smtp.url, from: "Support <support@parlor.test>" };
  app = await openTestApp({ clock: () => clock.now, config: { mail } });
});
afterAll(async () => {
  await app.close();
  await smtp.stop();
});

async function setUp() {
  const world = await aConversationAccount(app, clock);
  const id = await world.start("Hello **there**");
  const path = `/conversations/${id}/transcript`;
  const say = (body: object) => world.work("POST", `/conversations/${id}/messages`, { body });
  const ask = (body: object) => world.visit("POST", path, { body });
  return { ...world, id, path, say, ask };
}

/** Tags that the page itself is made of, and those that a message's form may add. */
const TAGS =
  /^(!doctype|html|head|meta|title|style|body|main|h1|article|header|time|footer|bdi|p|br|strong|em|s|code|pre|blockquote|ul|ol|li|a)$/;
/** What any of them may bear. */
const ATTRIBUTES = /^(lang|charset|http-equiv|content|name|class|dir|href|rel|start)$/;

/** Every tag, attribute and address that a reader of HTML would see and that is none of ours. */
function foreignIn(html: string): string[] {
  const foreign: string[] = [];
  for (const [whole, tag = "", rest = ""] of html.matchAll(/<\/?([^\s>/]+)([^>]*)>/gu)) {
    if (!TAGS.test(tag.toLowerCase())) foreign.push(whole);
    if (tag.toLowerCase() === "!doctype") continue;
    const said = rest.replaceAll(/"[^"]*"/gu, '""');
    for (const [, name = ""] of said.matchAll(/([^\s=/]+)(?:=)/gu)) {
      if (!ATTRIBUTES.test(name.toLowerCase())) foreign.push(whole);
    }
  }
  for (const [whole, href = ""] of html.matchAll(/href="([^"]*)"/gu)) {
    if (!/^(https?:\/\/|mailto:|tel:)/u.test(href)) foreign.push(whole);
  }
  return foreign;
}

describe("a transcript as a file", () => {
  it("says who said what and when, without what is only for agents", async () => {
    const { visit, path, say, id } = await setUp();
    await say({ content: "Nobody else reads this", private: true });
    await say({
      content: "Which one?",
      content_type: "input_select",
      content_attributes: { items: [{ title: "The red one", value: "r" }] },
    });
    const { body: text } = await visit("GET", path);
    expect(text).toMatchObject({
      file_name: `conversation-${id}.txt`,
      content_type: "text/plain; charset=utf-8",
    });
    expect(text.content).toMatch(
      /^Conversation \d+ with Website\n\nVera \(2026-03-01 12:\d\d UTC\)\n {2}Hello/,
    );
    expect(text.content).toContain("Ada (2026-03-01 12:");
    expect(text.content).toContain("  Which one?");
    expect(text.content).not.toContain("Nobody else");
    const { body: html } = await visit("GET", `${path}?format=html`);
    expect(html.content_type).toBe("text/html; charset=utf-8");
    expect(html.content).toContain("<strong>there</strong>");
    expect((await visit("GET", `${path}?format=pdf`)).status).toBe(422);
  });

  it("speaks the visitor's language and tells his time, and takes no other for one", async () => {
    const { visit, work, say, path, id } = await setUp();
    await say({
      content: "Welche?",
      content_type: "input_select",
      content_attributes: { items: [{ title: "Die rote", value: "r" }] },
    });
    const gone = await say({ content: "Oops" });
    await work("DELETE", `/conversations/${id}/messages/${gone.body.id}`);
    const german = await visit("GET", `${path}?locale=de-AT&time_zone=Europe/Vienna`);
    expect(german.body.content).toMatch(
      /^Unterhaltung \d+ mit Website\n\nVera \(0?1\. März 2026,? (um )?13:\d\d MEZ\)/,
    );
    expect(german.body.content).toContain("Diese Nachricht wurde gelöscht");
    const arabic = await visit("GET", `${path}?format=html&locale=ar&time_zone=Africa/Cairo`);
    expect(arabic.body.content).toContain('<html lang="ar" dir="rtl">');
    expect(foreignIn(arabic.body.content as string)).toEqual([]);
    const swedish = await visit("GET", `${path}?locale=sv&time_zone=Europe/Stockholm`);
    expect(swedish.body.content).toMatch(
      /^Conversation \d+ with Website\n\nVera \(1 Mar 2026, 13:/,
    );
    for (const [query, field] of [
      ["locale=no-such-locale-at-all", "locale"],
      ["locale=de-aa-bb-cc", "locale"],
      ["time_zone=Mars/Olympus", "time_zone"],
    ] as const) {
      const refused = await visit("GET", `${path}?${query}`);
      expect([refused.status, refused.body.attributes], query).toEqual([422, [field]]);
    }
  });

  it("is nobody else's", async () => {
    const { path, inbox } = await setUp();
    const other = asVisitor(app.url, await app.build.aVisitor(inbox));
    expect((await other("GET", path)).status).toBe(404);
    expect((await other("POST", path, { body: { email: "a@b.test" } })).status).toBe(404);
  });

  it("makes nothing but text and harmless links of an attack, and no line that names another", async () => {
    const { visit, work, id, path } = await setUp();
    const messages = `/conversations/${id}/messages`;
    // Half of them from each side.
    await Promise.all(
      attacks.map(({ text }, index) =>
        (index % 2 === 0 ? visit : work)("POST", messages, { body: { content: text } }),
      ),
    );
    const forged = "Thanks\nAda (2026-03-01 12:00 UTC)\u2028Ada (2026-03-01 12:00 UTC)\rSend money";
    await visit("POST", messages, { body: { content: forged } });
    const html = (await visit("GET", `${path}?format=html`)).body.content as string;
    expect(html).toContain(CANARY);
    expect(foreignIn(html)).toEqual([]);
    const text = (await visit("GET", path)).body.content as string;
    expect(text).toMatch(
      /\n {2}Ada \(2026-03-01 12:00 UTC\)\n {2}Ada \(2026-03-01 12:00 UTC\)\n {2}Send money/,
    );
    expect(text).not.toMatch(/(?![\n\t])\p{Cc}/u);
  }, 20_000);
});

describe("a transcript by e-mail", () => {
  it("goes to the address that a visitor gives first, which then is his", async () => {
    const { ask, say, work, visitor, inbox } = await setUp();
    const config = await call("GET", `${app.url}/public/api/v1/inboxes/${inbox.token}`);
    expect(config.body.transcript_by_email).toBe(true);
    const silent = await ask({ email: "vera@example.com" });
    expect([silent.status, silent.body.code]).toEqual([409, "conflict"]);
    await say({ content: "See <https://ok.test/> & `code`" });
    expect((await ask({})).body.attributes).toEqual(["email"]);
    const reader = { locale: "fr", time_zone: "Europe/Paris" };
    const sent = await ask({ email: "Vera@Example.com", ...reader });
    expect(sent.body).toEqual({ email: "vera@example.com" });
    const mail = await smtp.next();
    expect(mail.recipients).toEqual(["vera@example.com"]);
    expect(mail.from).toMatchObject({ name: "Support", address: "support@parlor.test" });
    expect(mail.subject).toMatch(/^Conversation \d+ avec Website$/);
    expect(mail.text).toContain("  Hello **there**");
    expect(mail.html).toContain('<a href="https://ok.test/"');
    expect((await work("GET", `/contacts/${visitor.id}`)).body.payload.contact.email).toBe(
      "vera@example.com",
    );
    const elsewhere = await ask({ email: "mallory@example.com" });
    expect([elsewhere.status, elsewhere.body.attributes]).toEqual([422, ["email"]]);
    expect((await ask({})).status).toBe(200);
    expect((await smtp.next()).recipients).toEqual(["vera@example.com"]);
  });

  it("is tried again when the mail server refuses it, and arrives once", async () => {
    const { work, path } = await setUp();
    smtp.refuse = 1;
    const before = smtp.received.length;
    const body = { email: "boss@example.com" };
    expect((await work("POST", path, { body })).status).toBe(200);
    expect((await smtp.next()).recipients).toEqual(["boss@example.com"]);
    expect([smtp.refuse, smtp.received.length]).toEqual([0, before + 1]);
  }, 20_000);

  it("is limited in number", async () => {
    const { ask, say } = await setUp();
    await say({ content: "Hello" });
    const answers = [];
    for (let count = 0; count < 6; count += 1) answers.push(await ask({ email: "v@example.com" }));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429]);
    expect(Number(answers[5]?.headers.get("retry-after"))).toBeGreaterThan(0);
    for (let count = 0; count < 5; count += 1) await smtp.next();
  });

  it("takes one address and nothing that could become another", async () => {
    const { work, path } = await setUp();
    for (const email of [
      "a@b.test, c@d.test",
      "a@b.test\r\nBcc: c@d.test",
      "<a@b.test>",
      ["a@b.test"],
      "",
    ]) {
      expect((await work("POST", path, { body: { email } })).status, String(email)).toBe(422);
    }
  });
});

it("an invited agent gets the link that lets him in", async () => {
  const { rule } = await aConversationAccount(app, clock);
  const email = "bea@example.com";
  const body = { name: "Bea", email, role: "agent" };
  const added = await rule("POST", "/agents", { body });
  expect(added.status).toBe(200);
  const mail = await smtp.next();
  expect(mail.recipients).toEqual([email]);
  expect(mail.subject).toBe("Root invites you to Acme");
  const [, token] = /http:\/\/parlor\.test\/desk\/invitation#([\w-]+)/.exec(mail.text ?? "") ?? [];
  expect(token).toBe(added.body.invitation.token);
  expect(mail.html).toContain(`href="http://parlor.test/desk/invitation#${token}"`);
  const stored = await app.database.connection.pool.query(
    "select count(*) from graphile_worker._private_jobs where payload::text like '%' || $1 || '%'",
    [token],
  );
  expect(Number(stored.rows[0].count)).toBe(0);
});

it("says nothing of e-mail, and refuses it, where none is set up", async () => {
  const bare = await openTestApp({ clock: () => clock.now, database: app.database });
  try {
    const { inbox, work, start } = await aConversationAccount(bare, clock);
    const config = await call("GET", `${bare.url}/public/api/v1/inboxes/${inbox.token}`);
    expect(config.body.transcript_by_email).toBe(false);
    const id = await start("Hello");
    const body = { email: "a@b.test" };
    expect((await work("POST", `/conversations/${id}/transcript`, { body })).status).toBe(422);
  } finally {
    await bare.close();
  }
});
