// Identity by a signed token: who may become whom, and who may not.
import { SignJWT, UnsecuredJWT } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { publicPaths } from "../../protocol/paths.ts";
import { openTestApp } from "../test-kit/app.ts";
import type { TestApp, TestInbox } from "../test-kit/app.ts";
import { asAgent, asVisitor, call } from "../test-kit/call.ts";

let app: TestApp;
let now = new Date("2026-11-20T12:00:00Z");
beforeAll(async () => {
  app = await openTestApp({ clock: () => now });
});
afterAll(() => app.close());

const key = (secret: string) => new TextEncoder().encode(secret);
const inSeconds = (seconds: number) => Math.floor(now.getTime() / 1_000) + seconds;

const claims = (inbox: TestInbox, more = {}) => ({
  sub: "user-1",
  aud: inbox.token,
  exp: inSeconds(600),
  ...more,
});
const sign = (payload: Record<string, unknown>, secret: string, alg = "HS256") =>
  new SignJWT(payload).setProtectedHeader({ alg }).sign(key(secret));
const create = (inbox: TestInbox, token: string) =>
  call("POST", app.url + publicPaths.contacts(inbox.token), { body: { identity_token: token } });

async function setUp() {
  now = new Date("2026-11-20T12:00:00Z");
  const account = await app.build.anAccount();
  return await app.build.anInbox(account);
}

describe("an identity token", () => {
  it("makes a browser the verified contact of its subject, again and again in that browser", async () => {
    const inbox = await setUp();
    const token = await sign(claims(inbox), inbox.hmacToken);
    const made = await create(inbox, token);
    expect(made.body).toMatchObject({ identifier: "user-1", hmac_verified: true });
    const visit = asVisitor(app.url, {
      id: made.body.id as number,
      sourceId: made.body.source_id as string,
      pubsubToken: "",
      inbox,
    });
    const again = await visit("PATCH", "", { body: { identity_token: token } });
    expect(again.body).toMatchObject({ identifier: "user-1", hmac_verified: true });
  });

  it("says with its claims what the contact is called and where he is; the next one's win, a `null` clears", async () => {
    const inbox = await setUp();
    const agent = await app.build.anAgent(inbox.accountId, { inboxes: [inbox] });
    const signed = {
      name: "Mary Stone",
      email: "Mary@Example.com",
      phone_number: "+4915112345678",
      picture: "https://example.com/mary.png",
      custom_attributes: { plan: "gold" },
    };
    const token = await sign(claims(inbox, signed), inbox.hmacToken);
    const made = await create(inbox, token);
    const known = {
      name: "Mary Stone",
      email: "mary@example.com",
      phone_number: "+4915112345678",
      custom_attributes: { plan: "gold" },
    };
    expect(made.body).toMatchObject({ ...known, avatar_url: "https://example.com/mary.png" });
    const seen = await asAgent(app.url, agent)("GET", `/contacts/${made.body.id}`);
    expect(seen.body.payload.contact).toMatchObject({ ...known, stated: {} });
    const next = { jti: "2", name: "Mary King", email: null, custom_attributes: { city: "Rome" } };
    const later = await create(inbox, await sign(claims(inbox, next), inbox.hmacToken));
    expect(later.body).toMatchObject({
      id: made.body.id,
      name: "Mary King",
      email: null,
      phone_number: "+4915112345678",
      custom_attributes: { plan: "gold", city: "Rome" },
    });
  });

  it("turns an anonymous browser into the contact, with its conversations", async () => {
    const inbox = await setUp();
    const visitor = await app.build.aVisitor(inbox);
    const visit = asVisitor(app.url, visitor);
    await visit("POST", "/conversations");
    const token = await sign(claims(inbox), inbox.hmacToken);
    const verified = await visit("PATCH", "", { body: { identity_token: token } });
    expect(verified.body).toMatchObject({ identifier: "user-1", hmac_verified: true });
    expect((await visit("GET", "/conversations")).body).toHaveLength(1);
  });

  it("is worth nothing in another browser: it was used", async () => {
    const inbox = await setUp();
    const token = await sign(claims(inbox), inbox.hmacToken);
    await create(inbox, token);
    const replayed = await create(inbox, token);
    expect(replayed.status).toBe(401);
    expect(replayed.body).toMatchObject({ code: "unauthenticated" });
    expect(replayed.body.error).toContain("used by another browser");
    const visitor = await app.build.aVisitor(inbox);
    const stolen = asVisitor(app.url, visitor)("PATCH", "", { body: { identity_token: token } });
    expect((await stolen).status).toBe(401);
    const fresh = await sign(claims(inbox, { jti: "2" }), inbox.hmacToken);
    expect((await create(inbox, fresh)).status).toBe(200);
  });

  it("is worth nothing in another browser however its text is changed", async () => {
    const inbox = await setUp();
    const token = await sign(claims(inbox), inbox.hmacToken);
    await create(inbox, token);
    const [head = "", payload = "", signature = ""] = token.split(".");
    // What a lenient decoder reads as the same bytes: 256 bits are 43 letters, and the last has two to spare.
    const bytes = Buffer.from(signature, "base64url");
    const twins = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
      .split("")
      .map((last) => signature.slice(0, -1) + last)
      .filter((one) => one !== signature && Buffer.from(one, "base64url").equals(bytes));
    expect(twins).toHaveLength(3);
    const signatures = [
      ...twins,
      `${signature}=`,
      `${signature} `,
      `${signature}\n`,
      ` ${signature}`,
      `${signature.slice(0, 20)}\n${signature.slice(20)}`,
      `${signature}A`,
    ];
    const variants = [
      token,
      ...signatures.map((one) => `${head}.${payload}.${one}`),
      ...[" ", "\t", "="].flatMap((one) => [
        `${head}${one}.${payload}.${signature}`,
        `${head}.${payload}${one}.${signature}`,
      ]),
      signature.includes("-") || signature.includes("_")
        ? `${head}.${payload}.${signature.replaceAll("-", "+").replaceAll("_", "/")}`
        : `${token}.`,
    ];
    for (const variant of variants) {
      expect([variant, (await create(inbox, variant)).status]).toEqual([variant, 401]);
      const visitor = await app.build.aVisitor(inbox);
      const body = { identity_token: variant };
      expect((await asVisitor(app.url, visitor)("PATCH", "", { body })).status).toBe(401);
    }
  });

  it("stays used when the contact of its browser is deleted", async () => {
    const inbox = await setUp();
    const agent = await app.build.anAgent(inbox.accountId, { role: "administrator" });
    const token = await sign(claims(inbox), inbox.hmacToken);
    const { id } = (await create(inbox, token)).body;
    expect((await asAgent(app.url, agent)("DELETE", `/contacts/${id}`)).status).toBe(200);
    expect((await create(inbox, token)).status).toBe(401);
    const visitor = await app.build.aVisitor(inbox);
    const stolen = asVisitor(app.url, visitor)("PATCH", "", { body: { identity_token: token } });
    expect((await stolen).status).toBe(401);
  });

  it.each<[string, string, (inbox: TestInbox) => Promise<string> | string]>([
    ["forged", "secret", (inbox) => sign(claims(inbox), "a secret that somebody has guessed")],
    [
      "changed after signing",
      "secret",
      async (inbox) => {
        const [head, , signature] = (await sign(claims(inbox), inbox.hmacToken)).split(".");
        const payload = Buffer.from(JSON.stringify(claims(inbox, { sub: "admin" })));
        return `${head}.${payload.toString("base64url")}.${signature}`;
      },
    ],
    ["no token at all", "secret", () => "not.a.token"],
    ["unsigned", "HS256|secret", (inbox) => new UnsecuredJWT(claims(inbox)).encode()],
    ["of another algorithm", "HS256", (inbox) => sign(claims(inbox), inbox.hmacToken, "HS512")],
    ["expired", "expired", (inbox) => sign(claims(inbox, { exp: inSeconds(-1) }), inbox.hmacToken)],
    ["without an end", "exp", ({ token, hmacToken }) => sign({ sub: "u", aud: token }, hmacToken)],
    [
      "good for too long",
      "longer than a day",
      (inbox) => sign(claims(inbox, { exp: inSeconds(90_000) }), inbox.hmacToken),
    ],
    [
      "for another inbox",
      "aud",
      (inbox) => sign(claims(inbox, { aud: "another" }), inbox.hmacToken),
    ],
    ["of nobody", "sub", (inbox) => sign(claims(inbox, { sub: undefined }), inbox.hmacToken)],
    [
      "of a claim that is none",
      "email",
      (inbox) => sign(claims(inbox, { email: "nowhere" }), inbox.hmacToken),
    ],
    ["of an empty name", "subject", (inbox) => sign(claims(inbox, { sub: "" }), inbox.hmacToken)],
  ])("that is %s is refused", async (_name, why, make) => {
    const inbox = await setUp();
    const refused = await create(inbox, await make(inbox));
    expect(refused.status).toBe(401);
    expect(refused.body).toMatchObject({ code: "unauthenticated" });
    expect(refused.body.error).toMatch(new RegExp(`^identity_token .*(${why})`));
  });
});
