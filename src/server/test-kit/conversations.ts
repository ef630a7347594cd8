// An account whose visitor begins conversations, and whose people call the API of conversations.
import { expect } from "vitest";
import type { TestApp } from "./app.ts";
import { asAgent, asVisitor } from "./call.ts";

/** A visitor, and an agent of his inbox: `visit` calls as the one, `work` as the other. */
export async function aVisitorAndAgent(app: TestApp, contact: Record<string, unknown> = {}) {
  const account = await app.build.anAccount();
  const inbox = await app.build.anInbox(account);
  const agent = await app.build.anAgent(account, { name: "Ada", inboxes: [inbox] });
  const visitor = await app.build.aVisitor(inbox, contact);
  const [visit, work] = [asVisitor(app.url, visitor), asAgent(app.url, agent)];
  return { account, inbox, agent, visitor, visit, work };
}

/**
 * `work` calls as the agent, `rule` as the administrator, `visit` as the visitor; `start` begins a
 * conversation a second after the one before, with what the visitor says; `lines` are the quiet
 * lines of one, `found` the numbers that a list answers.
 */
export async function aConversationAccount(app: TestApp, clock: { now: Date }) {
  const people = await aVisitorAndAgent(app, { name: "Vera" });
  const { account, visit, work } = people;
  const administrator = await app.build.anAgent(account, { name: "Root", role: "administrator" });
  const start = async (content?: string): Promise<number> => {
    clock.now = new Date(clock.now.getTime() + 1_000);
    const message = content && { content, echo_id: content.slice(0, 50) };
    return (await visit("POST", "/conversations", { body: message ? { message } : {} })).body
      .id as number;
  };
  const lines = async (id: number) =>
    (await work("GET", `/conversations/${id}/messages`)).body
      .filter((message: { message_type: string }) => message.message_type === "activity")
      .map((message: { content: string }) => message.content) as string[];
  const found = async (query: string) => {
    const answer = await work("GET", `/conversations?${query}`);
    expect(answer.status).toBe(200);
    return answer.body.data.payload.map((row: { id: number }) => row.id) as number[];
  };
  const rule = asAgent(app.url, administrator);
  return { ...people, administrator, start, rule, lines, found };
}
