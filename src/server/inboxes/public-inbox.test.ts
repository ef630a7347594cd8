// The public inbox: what its widget may know, and on which websites.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { publicPaths } from "../../protocol/paths.ts";
import { publicInboxSchema } from "../../protocol/records.ts";
import { openTestApp } from "../test-kit/app.ts";
import type { TestApp } from "../test-kit/app.ts";
import { call } from "../test-kit/call.ts";
import { aVisitorAndAgent } from "../test-kit/conversations.ts";

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

const setUp = () => aVisitorAndAgent(app);

describe("the inbox", () => {
  it("shows its public configuration and nothing else", async () => {
    const { inbox, agent } = await setUp();
    const found = await call("GET", app.url + publicPaths.inbox(inbox.token));
    expect(publicInboxSchema.strict().parse(found.body)).toMatchObject({
      identifier: inbox.token,
      name: "Website",
      availability: "unavailable",
      agents: [{ id: agent.id, name: "Ada", availability_status: "offline" }],
    });
    expect(JSON.stringify(found.body)).not.toContain(inbox.hmacToken);
    expect(JSON.stringify(found.body)).not.toContain(agent.email);
  });

  it("answers pages of any website unless domains are set, then only of those", async () => {
    const { account } = await setUp();
    const open = await app.build.anInbox(account);
    const closed = await app.build.anInbox(account, {
      allowed_domains: ["shop.example.com", "*.example.org"],
    });
    const ask = (token: string, origin: string) =>
      call("GET", app.url + publicPaths.inbox(token), { headers: { origin } });
    const anywhere = await ask(open.token, "https://any.example.net");
    expect(anywhere.headers.get("access-control-allow-origin")).toBe("https://any.example.net");
    expect(anywhere.headers.get("access-control-allow-credentials")).toBeNull();
    const allowed = [
      "https://shop.example.com",
      "https://a.example.org",
      "http://a.b.example.org:8080",
    ];
    for (const origin of allowed) expect((await ask(closed.token, origin)).status).toBe(200);
    const refused = [
      "https://example.com",
      "https://example.org",
      "https://evilexample.org",
      "https://shop.example.com.evil.net",
      "null",
    ];
    for (const origin of refused) {
      const answer = await ask(closed.token, origin);
      expect(answer.status).toBe(403);
      expect(answer.body.code).toBe("origin_not_allowed");
    }
    expect((await call("GET", app.url + publicPaths.inbox(closed.token))).status).toBe(200);
  });

  it("comes compressed by what the browser reads, with nothing to expose that is not there", async () => {
    const { inbox } = await setUp();
    const ask = (accepted: string) =>
      fetch(app.url + publicPaths.inbox(inbox.token), {
        headers: { origin: "https://shop.example.com", "accept-encoding": accepted },
      });
    const plain = await ask("identity");
    expect(plain.headers.get("content-encoding")).toBeNull();
    expect(plain.headers.get("access-control-expose-headers")).toBeNull();
    const body = await plain.text();
    for (const encoding of ["br", "gzip"]) {
      const packed = await ask(encoding);
      expect(packed.headers.get("content-encoding")).toBe(encoding);
      expect(Number(packed.headers.get("content-length"))).toBeLessThan(body.length * 0.7);
      expect(await packed.text()).toBe(body);
    }
  });

  it("answers the preflight of a page", async () => {
    const { visit } = await setUp();
    const answer = await visit("OPTIONS", "/conversations", {
      headers: { origin: "https://shop.example.com", "access-control-request-method": "POST" },
    });
    expect(answer.status).toBe(204);
    expect(answer.headers.get("access-control-allow-headers")).toContain("content-type");
  });
});
