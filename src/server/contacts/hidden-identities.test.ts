// Source ids let in whoever says them: an agent reads only those of his own inboxes.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestApp } from "../test-kit/app.ts";
import type { TestAgent, TestApp } from "../test-kit/app.ts";
import { asAgent } from "../test-kit/call.ts";

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

/** A contact with an identity in an inbox that the outsider is no member of, and one in his own. */
async function setUp() {
  const { build } = app;
  const account = await build.anAccount();
  const hidden = await build.anInbox(account);
  const own = await build.anInbox(account);
  const administrator = await build.anAgent(account, { role: "administrator" });
  const member = await build.anAgent(account, { inboxes: [hidden] });
  const outsider = await build.anAgent(account, { inboxes: [own] });
  const { id, sourceId } = await build.aVisitor(hidden, { name: "Vera", email: "vera@b.test" });
  const as = (agent: TestAgent) => asAgent(app.url, agent);
  const identity = await as(administrator)("POST", `/contacts/${id}/contact_inboxes`, {
    body: { inbox_id: own.id },
  });
  const known = identity.body.source_id as string;
  const insiders = [as(member), as(administrator)];
  return { id, hidden, secret: sourceId, known, ask: as(outsider), insiders };
}

describe("a source id", () => {
  it("is in no answer to an agent who is no member of its inbox, whatever he asks", async () => {
    const { id, hidden, secret, known, ask } = await setUp();
    const other = (await ask("POST", "/contacts", { body: { name: "Twin" } })).body.id as number;
    const merge = { base_contact_id: id, mergee_contact_id: other };
    const answers = [
      await ask("GET", "/contacts"),
      await ask("GET", "/contacts/search?q=vera"),
      await ask("POST", "/contacts/filter", { body: { payload: [] } }),
      await ask("GET", `/contacts/${id}`),
      await ask("PUT", `/contacts/${id}`, { body: { name: "Vera" } }),
      await ask("POST", `/contacts/${id}/block`),
      await ask("POST", `/contacts/${id}/unblock`),
      await ask("POST", "/actions/contact_merge", { body: merge }),
    ];
    for (const { status, body } of answers) {
      expect(status).toBe(200);
      const said = JSON.stringify(body);
      expect(said).toContain(known);
      expect(said).not.toContain(secret);
      expect(said).not.toContain(hidden.token);
    }
    const reachable = await ask("GET", `/contacts/${id}/contactable_inboxes`);
    expect(JSON.stringify(reachable.body)).not.toContain(secret);
  });

  it("is read by the inbox's members and by administrators, who begin conversations by it", async () => {
    const { id, secret, insiders } = await setUp();
    for (const ask of insiders) {
      expect(JSON.stringify((await ask("GET", `/contacts/${id}`)).body)).toContain(secret);
    }
  });
});
