// An account with an inbox, an agent and an administrator who call the API of contacts.
import { expect } from "vitest";
import type { TestApp } from "./app.ts";
import { asAgent } from "./call.ts";

/** `work` calls as the agent, `rule` as the administrator; `add` makes a contact and answers his id. */
export async function aContactAccount(app: TestApp) {
  const account = await app.build.anAccount();
  const inbox = await app.build.anInbox(account);
  const agent = await app.build.anAgent(account, { name: "Ada", inboxes: [inbox] });
  const administrator = await app.build.anAgent(account, { name: "Root", role: "administrator" });
  const work = asAgent(app.url, agent);
  const rule = asAgent(app.url, administrator);
  const add = async (body: Record<string, unknown>): Promise<number> => {
    const answer = await work("POST", "/contacts", { body });
    expect(answer.status).toBe(200);
    return answer.body.id as number;
  };
  return { account, inbox, agent, administrator, work, rule, add };
}

/** The names of the contacts in an answer. */
export const contactNames = (body: { payload: { contact: { name: string } } }[]) =>
  body.map(({ payload }) => payload.contact.name);
