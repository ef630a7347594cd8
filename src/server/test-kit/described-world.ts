// What the paths of the API's description name: one of everything, in one account.
import { expect } from "vitest";
import type { TestApp } from "./app.ts";
import { asAgent, asVisitor } from "./call.ts";

/** Somebody with one of everything, to whom any of it may be done. */
export interface DescribedWorld {
  /** By the names of parameters in paths. */
  ids: Record<string, string>;
  token: string;
}

export async function createDescribedWorld(app: TestApp): Promise<DescribedWorld> {
  const account = await app.build.anAccount();
  const inbox = await app.build.anInbox(account);
  const admin = await app.build.anAgent(account, { role: "administrator", inboxes: [inbox] });
  const bea = await app.build.anAgent(account, { inboxes: [inbox] });
  const visitor = await app.build.aVisitor(inbox, { email: "vera@example.com", name: "Vera" });
  const work = asAgent(app.url, admin);
  const made = async (path: string, body: object) => {
    const answer = await work("POST", path, { body });
    expect([path, answer.status, answer.body]).toMatchObject([path, 200, {}]);
    return String(answer.body.id);
  };
  const begun = await asVisitor(app.url, visitor)("POST", "/conversations", {
    body: { message: { content: "Hello", echo_id: "one" } },
  });
  const conversation = String(begun.body.id);
  const webhook = { url: "http://hook.test/", subscriptions: ["message_created"] };
  const attribute = { attribute_display_name: "Plan", attribute_key: "plan" };
  // Not that of the profile, which may be asked to reset itself.
  const tool = await work("POST", "/access_tokens", { body: { name: "Fuzz", scopes: ["all"] } });
  return {
    token: tool.body.token as string,
    ids: {
      account_id: String(account),
      agent_id: String(bea.id),
      inbox_id: String(inbox.id),
      inbox_identifier: inbox.token,
      contact_identifier: visitor.sourceId,
      contact_id: String(visitor.id),
      conversation_id: conversation,
      message_id: String(begun.body.messages[0].id),
      custom_role_id: await made("/custom_roles", { name: "Lead", permissions: [] }),
      team_id: await made("/teams", { name: "sales" }),
      label_id: await made("/labels", { title: "billing" }),
      canned_response_id: await made("/canned_responses", { short_code: "hi", content: "Hello" }),
      custom_attribute_id: await made("/custom_attribute_definitions", attribute),
      custom_filter_id: await made("/custom_filters", { name: "mine", query: {} }),
      webhook_id: await made("/webhooks", webhook),
      token_id: await made("/access_tokens", { name: "Tool", scopes: ["all"] }),
      snooze_id: await made("/snoozes", {
        object_id: Number(conversation),
        snoozed_until: Math.floor(Date.now() / 1_000) + 3_600,
      }),
      delivery_id: crypto.randomUUID(),
    },
  };
}
