// What the documented requests name: an account in which nothing that an example prints is missing.
import { and, eq } from "drizzle-orm";
import { conversations } from "../database/conversation-tables.ts";
import { users } from "../database/account-tables.ts";
import type { TestApp } from "./app.ts";
import { asAgent, asVisitor } from "./call.ts";
import type { Answer } from "./call.ts";

const attributes = { attribute_key: "attribute_value" };

/** Each thing is made when it is first named. */
export async function createDocumentedWorld(app: TestApp) {
  const { build } = app;
  const account = await build.anAccount();
  const inbox = await build.anInbox(account);
  const administrator = await build.anAgent(account, { name: "Root", role: "administrator" });
  const agent = await build.anAgent(account, { inboxes: [inbox], autoOffline: false });
  for (const { id } of [administrator, agent]) {
    await app.db.update(users).set({ display_name: "A. L." }).where(eq(users.id, id));
  }
  const visitor = await build.aVisitor(inbox, {
    name: "en",
    email: "vera@example.com",
    phone_number: "+4912345",
    avatar_url: "https://example.com/vera.png",
    custom_attributes: { ...attributes, signed_up_at: "01/02/2026" },
  });
  const rule = asAgent(app.url, administrator);
  const visit = asVisitor(app.url, visitor);
  const kept = new Map<string, Promise<number>>();

  function once(key: string, make: () => Promise<Answer>): Promise<number> {
    const id = kept.get(key) ?? make().then((answer) => idOf(key, answer));
    kept.set(key, id);
    return id;
  }
  const made = (path: string, body: object) => once(path, () => rule("POST", path, { body }));

  /** Assigned, labelled, read by both sides, and with the visitor's message, which has a file. */
  async function begin(): Promise<Answer> {
    const begun = await rule("POST", "/conversations", {
      body: {
        source_id: visitor.sourceId,
        status: "pending",
        assignee_id: agent.id,
        additional_attributes: { browser_language: "de" },
        custom_attributes: { ...attributes, priority_conversation_number: 3 },
      },
    });
    const path = `/conversations/${begun.body.id}`;
    // Through the door a line would tell of it, and no example prints one.
    const isIt = and(
      eq(conversations.account_id, account),
      eq(conversations.display_id, begun.body.id),
    );
    await app.db
      .update(conversations)
      .set({ labels: ["billing"] })
      .where(isIt);
    idOf("message", await visit("POST", `${path}/messages`, { body: aFileWith("Hello") }));
    await visit("POST", `${path}/update_last_seen`, { body: {} });
    await rule("POST", `${path}/update_last_seen`, { body: {} });
    return begun;
  }
  const conversation = () => once("conversation", begin);
  const inConversation = async (body: object) =>
    once("message", async () =>
      rule("POST", `/conversations/${await conversation()}/messages`, { body }),
    );

  const team = () => made("/teams", { name: "sales", description: "They sell" });

  return {
    inbox,
    administrator,
    agent,
    visitor,
    /** What a path may name. */
    named: {
      account: () => account,
      agent: () => agent.id,
      inbox: () => inbox.token,
      inbox_id: () => inbox.id,
      source: () => visitor.sourceId,
      contact: async () => {
        const body = { additional_attributes: { country_code: "us" } };
        await rule("PUT", `/contacts/${visitor.id}`, { body });
        return visitor.id;
      },
      conversation,
      message: () => inConversation({ content: "Well?", content_type: "input_csat" }),
      team,
      team_member: async () => {
        const body = { user_ids: [agent.id] };
        await rule("POST", `/teams/${await team()}/team_members`, { body });
        return agent.id;
      },
      canned_response: () => made("/canned_responses", { short_code: "hi", content: "Hello" }),
      custom_attribute: () =>
        made("/custom_attribute_definitions", {
          attribute_display_name: "Plan",
          attribute_key: "plan",
        }),
      custom_filter: () => made("/custom_filters", { name: "Mine", query: {} }),
      webhook: () =>
        made("/webhooks", {
          url: "https://example.com/hook",
          subscriptions: ["conversation_created"],
        }),
    } satisfies Record<string, () => number | string | Promise<number | string>>,
  };
}
export type DocumentedWorld = Awaited<ReturnType<typeof createDocumentedWorld>>;

function aFileWith(content: string): FormData {
  const form = new FormData();
  form.set("content", content);
  form.set("attachments[]", new Blob(["hello"]), "hello.txt");
  return form;
}

function idOf(what: string, { status, body }: Answer): number {
  if (status !== 200) throw new Error(`no ${what}: ${status} ${JSON.stringify(body)}`);
  return body.id as number;
}
