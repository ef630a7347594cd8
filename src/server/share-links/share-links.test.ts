// Share links: the hosted page, links to conversations, and whom a link asks for.
import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { publicPaths } from "../../protocol/paths.ts";
import { openTestApp } from "../test-kit/app.ts";
import type { TestApp, TestVisitor } from "../test-kit/app.ts";
import { asAgent, asVisitor, call } from "../test-kit/call.ts";
import { identifierHash } from "../contacts/identity.ts";

let app: TestApp;
let now = new Date();
beforeAll(async () => {
  app = await openTestApp({ clock: () => now });
});
afterAll(() => app.close());

async function setUp() {
  now = new Date();
  const account = await app.build.anAccount();
  const inbox = await app.build.anInbox(account, {
    name: "Bob & Co",
    welcome_title: `<script>alert("1")</script>`,
    welcome_tagline: "We're here",
    widget_color: "#0a7f5a",
  });
  const agent = await app.build.anAgent(account, { role: "administrator", inboxes: [inbox] });
  return { account, inbox, agent, work: asAgent(app.url, agent) };
}

const open = (path: string, headers = {}) => call("GET", `${app.url}/chat/${path}`, { headers });

describe("the hosted page of an inbox", () => {
  it("holds the chat, the inbox's words and colour, and a policy that lets nothing else run", async () => {
    const { inbox } = await setUp();
    const { status, headers, body } = await open(inbox.token, { "accept-language": "de-AT,en" });
    const html = String(body);
    expect(status).toBe(200);
    expect(html).toContain(`<html lang="de-AT">`);
    expect(html).toContain(`data-inbox="${inbox.token}" data-container="#chat"`);
    expect(html).toContain("· Bob &#38; Co</title>");
    expect(html).toContain(`property="og:description" content="We&#39;re here"`);
    expect(html).toContain(`property="og:image" content="http://parlor.test/chat/${inbox.token}/`);
    expect(html).toContain(`name="theme-color" content="#0a7f5a"`);
    expect(html).toContain(`name="robots" content="noindex"`);
    expect(html).not.toContain("<script>alert");
    const policy = headers.get("content-security-policy") ?? "";
    expect(policy).toMatch(/^default-src 'none'/);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain("unsafe");
    for (const tag of ["style", "script"]) {
      const content = new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(html)?.[1] ?? "";
      const hash = createHash("sha256").update(content).digest("base64");
      expect(policy).toContain(`sha256-${hash}`);
    }
    expect(headers.get("referrer-policy")).toBe("no-referrer");
  });

  it("has an icon in the inbox's colour, drawn for browsers and for link previews", async () => {
    const { inbox } = await setUp();
    expect((await open(`${inbox.token}/icon.svg`)).body).toContain(`fill="#0a7f5a"`);
    const png = await open(`${inbox.token}/icon.png`);
    expect(png.headers.get("content-type")).toBe("image/png");
    expect(String(png.body)).toContain("PNG");
  });

  it("speaks the inbox's own words where there are some, and may be listed or taken down", async () => {
    const { inbox, work } = await setUp();
    const settings = {
      greeting: { en: "Hello", de: "Hallo" },
      locale: "de",
      consent: "pending",
      chatPage: { indexed: true },
    };
    await work("PATCH", `/inboxes/${inbox.id}`, { body: { settings } });
    const html = String((await open(inbox.token)).body);
    expect(html).toContain("<title>Hallo · Bob");
    expect(html).toContain(`content="index"`);
    expect(html).toContain(`data-consent="granted"`);
    await work("PATCH", `/inboxes/${inbox.id}`, {
      body: { settings: { chatPage: { enabled: false } } },
    });
    for (const path of ["", "/icon.svg", "/icon.png"]) {
      expect((await open(inbox.token + path)).status).toBe(404);
    }
  });

  it("is a page, too, where there is none", async () => {
    for (const token of ["nobody", "%00", "a%2Fb", "x".repeat(200)]) {
      const { status, headers, body } = await open(token);
      expect(status).toBe(404);
      expect(headers.get("content-type")).toContain("text/html");
      expect(headers.get("content-security-policy")).toContain("script-src 'none'");
      expect(body).toContain("There is no chat here");
    }
  });

  it("may chat although the inbox is for other websites alone; those who are neither may not", async () => {
    const { inbox, work } = await setUp();
    await work("PATCH", `/inboxes/${inbox.id}`, { body: { allowed_domains: ["shop.example"] } });
    const make = (origin: string) =>
      call("POST", app.url + publicPaths.contacts(inbox.token), { body: {}, headers: { origin } });
    expect((await make("http://parlor.test")).status).toBe(200);
    expect((await make(app.url)).status).toBe(200);
    expect((await make("https://shop.example")).status).toBe(200);
    expect((await make("https://evil.example")).status).toBe(403);
  });
});

describe("a link to a conversation", () => {
  const start = async (visitor: TestVisitor) =>
    (await asVisitor(app.url, visitor)("POST", "/conversations")).body.id as number;
  const link = async (visitor: TestVisitor, id: number) =>
    await asVisitor(app.url, visitor)("POST", `/conversations/${id}/link`);
  const follow = async (visitor: TestVisitor, said: unknown) =>
    await asVisitor(app.url, visitor)("POST", "/open_link", { body: { link: said } });

  it("leads its visitor back, until it expires; who found it learns nothing", async () => {
    const { inbox, account } = await setUp();
    const [mary, thief] = [await app.build.aVisitor(inbox), await app.build.aVisitor(inbox)];
    const [id, own] = [await start(mary), await start(thief)];
    expect((await link(thief, id)).status).toBe(404);
    const made = (await link(mary, id)).body as { link: string; expires_at: number };
    expect(made.expires_at).toBe(Math.floor(now.getTime() / 1_000) + 30 * 86_400);
    expect((await follow(mary, made.link)).body).toEqual({ id });
    const elsewhere = await app.build.aVisitor(await app.build.anInbox(account));
    const stranger = await app.build.aVisitor(await app.build.anInbox(await app.build.anAccount()));
    const refusals = [
      await follow(thief, made.link),
      await follow(elsewhere, made.link),
      await follow(stranger, made.link),
    ];
    const [row, expiry, signature = ""] = made.link.split(".");
    const other = ((await link(thief, own)).body as { link: string }).link.split(".");
    for (const forged of [
      [row, "zzzzzzzz", signature],
      [other[0], expiry, signature],
      [row, expiry, signature.replace(/^./, (first) => (first === "A" ? "B" : "A"))],
      ["", "", ""],
    ]) {
      refusals.push(await follow(mary, forged.join(".")));
    }
    now = new Date(now.getTime() + 31 * 86_400_000);
    refusals.push(await follow(mary, made.link));
    for (const refused of refusals) {
      expect(refused.status).toBe(404);
      expect(refused.body).toEqual(refusals[0]?.body);
    }
    for (const wrong of [undefined, 5, {}, "x".repeat(300)]) {
      expect((await follow(mary, wrong)).status).toBe(422);
    }
  });

  it("leads a verified visitor to it from another browser", async () => {
    const { inbox } = await setUp();
    const [here, there] = [await app.build.aVisitor(inbox), await app.build.aVisitor(inbox)];
    const id = await start(here);
    const made = (await link(here, id)).body as { link: string };
    const body = { identifier: "mary", identifier_hash: identifierHash(inbox.hmacToken, "mary") };
    await asVisitor(app.url, here)("PATCH", "", { body });
    expect((await follow(there, made.link)).status).toBe(404);
    await asVisitor(app.url, there)("PATCH", "", { body });
    expect((await follow(there, made.link)).body).toEqual({ id });
  });
});

describe("a link that asks for somebody", () => {
  it("gives the new conversation to that team and agent, and to nobody who is not of this inbox", async () => {
    const { inbox, work, agent, account } = await setUp();
    const team = (await work("POST", "/teams", { body: { name: "sales" } })).body.id as number;
    const sales = { id: team, name: "sales" };
    const outsider = await app.build.anAgent(account);
    const foreign = await setUp();
    const foreignTeam = (await foreign.work("POST", "/teams", { body: { name: "sales" } })).body.id;
    const visit = asVisitor(app.url, await app.build.aVisitor(inbox));
    const started = async (wish: object) => {
      const { body } = await visit("POST", "/conversations", { body: wish });
      expect(body.team).toEqual("team_id" in wish && wish.team_id === team ? sales : null);
      const { meta } = (await work("GET", `/conversations/${body.id}`)).body;
      return [meta.team?.id, meta.assignee?.id];
    };
    expect(await started({ team_id: team, assignee_id: agent.id })).toEqual([team, agent.id]);
    expect(await started({ team_id: foreignTeam, assignee_id: foreign.agent.id })).toEqual([
      undefined,
      undefined,
    ]);
    expect(await started({ team_id: 2 ** 52, assignee_id: outsider.id })).toEqual([
      undefined,
      undefined,
    ]);
    expect((await visit("POST", "/conversations", { body: { team_id: "x" } })).status).toBe(422);
  });
});
