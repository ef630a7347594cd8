// Who is let in at the socket door, and in what words others are refused.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PROTOCOL_VERSION } from "../../protocol/limits.ts";
import { openTestApp } from "../test-kit/app.ts";
import type { TestApp } from "../test-kit/app.ts";
import { connectAgent, connectVisitor } from "../test-kit/sockets.ts";

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

const refusedWith = (code: string) => ({ message: code, data: { code } });

describe("the handshake", () => {
  it("asks a client of another protocol to reload", async () => {
    const account = await app.build.anAccount();
    const visitor = await app.build.aVisitor(await app.build.anInbox(account));
    const agent = await app.build.anAgent(account);
    const protocol = PROTOCOL_VERSION + 1;
    await expect(connectVisitor(app.url, visitor.pubsubToken, { protocol })).rejects.toMatchObject(
      refusedWith("protocol_mismatch"),
    );
    await expect(connectAgent(app.url, agent.pubsubToken, { protocol })).rejects.toMatchObject(
      refusedWith("protocol_mismatch"),
    );
  });

  it("refuses tokens of nobody, of the other side, and things that are no tokens", async () => {
    const account = await app.build.anAccount();
    const visitor = await app.build.aVisitor(await app.build.anInbox(account));
    const agent = await app.build.anAgent(account);
    for (const token of ["nobody", "a\u0000b", "' or 1=1 --", agent.pubsubToken]) {
      await expect(connectVisitor(app.url, token)).rejects.toMatchObject(
        refusedWith("unauthenticated"),
      );
    }
    for (const token of ["nobody", visitor.pubsubToken, agent.accessToken, visitor.sourceId]) {
      await expect(connectAgent(app.url, token)).rejects.toMatchObject(
        refusedWith("unauthenticated"),
      );
    }
    for (const token of ["", "x".repeat(129), 12, null]) {
      await expect(connectVisitor(app.url, token as string)).rejects.toMatchObject(
        refusedWith("invalid"),
      );
    }
  });

  it("lets a visitor in from the websites that his inbox allows", async () => {
    const account = await app.build.anAccount();
    const inbox = await app.build.anInbox(account, { allowed_domains: ["shop.example.com"] });
    const { pubsubToken } = await app.build.aVisitor(inbox);
    const origin = "https://shop.example.com";
    expect((await connectVisitor(app.url, pubsubToken, { origin })).socket.connected).toBe(true);
    await expect(
      connectVisitor(app.url, pubsubToken, { origin: "https://evil.example" }),
    ).rejects.toMatchObject(refusedWith("origin_not_allowed"));
  });

  it("lets agents in from the desk's own pages, and clients that are no pages", async () => {
    const agent = await app.build.anAgent(await app.build.anAccount());
    for (const origin of [app.url, app.config.publicUrl]) {
      expect((await connectAgent(app.url, agent.pubsubToken, { origin })).socket.connected).toBe(
        true,
      );
    }
    expect((await connectAgent(app.url, agent.pubsubToken)).socket.connected).toBe(true);
    for (const origin of ["https://evil.example", "null"]) {
      await expect(connectAgent(app.url, agent.pubsubToken, { origin })).rejects.toMatchObject(
        refusedWith("origin_not_allowed"),
      );
    }
  });

  it("takes an agent into the account that he names, if he belongs to it", async () => {
    const agent = await app.build.anAgent(await app.build.anAccount());
    const own = { accountId: agent.accountId };
    expect((await connectAgent(app.url, agent.pubsubToken, own)).socket.connected).toBe(true);
    const foreign = { accountId: await app.build.anAccount() };
    await expect(connectAgent(app.url, agent.pubsubToken, foreign)).rejects.toMatchObject(
      refusedWith("unauthenticated"),
    );
  });
});
