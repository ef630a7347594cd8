// The people and things of one access test: each thing is made when a row first names it.
import { eq } from "drizzle-orm";
import { account_users, custom_roles } from "../database/account-tables.ts";
import { webhook_deliveries } from "../database/webhook-tables.ts";
import type { TestAgent, TestApp, TestVisitor } from "./app.ts";
import { asAgent, asVisitor, call } from "./call.ts";
import type { Answer } from "./call.ts";

export type Person =
  "agent" | "limited" | "outsider" | "administrator" | "foreignAgent" | "foreignAdministrator";

export interface AccessWorld {
  account: number;
  /**
   * Of the first inbox; there too, but to see his own conversations only, and no contacts; of the second
   * inbox; of both by his role; and two of another account.
   */
  people: Record<Person, TestAgent>;
  /** Of the first inbox: the one whose everything is, and another. */
  visitors: Record<"visitor" | "otherVisitor", TestVisitor>;
  inbox: number;
  inboxToken: string;
  contact: number;
  /** In the first inbox. */
  conversation: () => Promise<number>;
  message: () => Promise<number>;
  /** A message that asks the visitor for his address. */
  question: () => Promise<number>;
  /** That leads back to the conversation. */
  link: () => Promise<string>;
  /** Of a webhook: one that has arrived. */
  delivery: (webhook: number) => Promise<string>;
  /** The id of what the administrator makes by a POST: the same each time. */
  made: (path: string, body: object) => Promise<number>;
  /** Of what the agent makes so, for himself. */
  own: (path: string, body: object) => Promise<number>;
}

export async function createAccessWorld(app: TestApp): Promise<AccessWorld> {
  const { build } = app;
  const account = await build.anAccount();
  const inbox = await build.anInbox(account);
  const other = await build.anInbox(account);
  const administrator = await build.anAgent(account, { role: "administrator" });
  const agent = await build.anAgent(account, { inboxes: [inbox] });
  const outsider = await build.anAgent(account, { inboxes: [other] });
  const limited = await build.anAgent(account, { inboxes: [inbox] });
  const [role] = await app.db
    .insert(custom_roles)
    .values({
      account_id: account,
      name: "Own alone",
      permissions: ["conversation_participating_manage"],
    })
    .returning();
  await app.db
    .update(account_users)
    .set({ custom_role_id: role?.id ?? 0 })
    .where(eq(account_users.user_id, limited.id));
  const elsewhere = await build.anAccount();
  const foreignAgent = await build.anAgent(elsewhere, {
    inboxes: [await build.anInbox(elsewhere)],
  });
  const foreignAdministrator = await build.anAgent(elsewhere, { role: "administrator" });
  const visitor = await build.aVisitor(inbox, { email: "vera@example.com" });
  const otherVisitor = await build.aVisitor(inbox, { email: "wera@example.com" });
  const visit = asVisitor(app.url, visitor);
  const made = new Map<string, Promise<number>>();

  function once(key: string, make: () => Promise<Answer>): Promise<number> {
    const promise = made.get(key) ?? make().then((answer) => idOf(key, answer));
    made.set(key, promise);
    return promise;
  }

  const said = { message: { content: "Hello", echo_id: "hello" } };
  const conversation = () =>
    once("conversation", () => visit("POST", "/conversations", { body: said }));
  const make = (maker: TestAgent) => (path: string, body: object) =>
    once(`${maker.id} ${path}`, () => asAgent(app.url, maker)("POST", path, { body }));
  return {
    account,
    people: { agent, limited, outsider, administrator, foreignAgent, foreignAdministrator },
    visitors: { visitor, otherVisitor },
    inbox: inbox.id,
    inboxToken: inbox.token,
    contact: visitor.id,
    conversation,
    async message() {
      const path = `/conversations/${await conversation()}/messages`;
      return await make(agent)(path, { content: "Hello" });
    },
    async question() {
      const body = { content: "Where to?", content_type: "input_email" };
      const messages = `/conversations/${await conversation()}/messages`;
      return await once("question", () => asAgent(app.url, agent)("POST", messages, { body }));
    },
    async link() {
      const made = await visit("POST", `/conversations/${await conversation()}/link`);
      return made.body.link as string;
    },
    async delivery(webhook) {
      const [row] = await app.db
        .insert(webhook_deliveries)
        .values({
          webhook_id: webhook,
          event_id: webhook,
          event: "message_created",
          lane: "lane",
          payload: "{}",
          state: "delivered",
          retry_until: new Date(),
        })
        .onConflictDoUpdate({
          target: [
            webhook_deliveries.webhook_id,
            webhook_deliveries.event_id,
            webhook_deliveries.event,
          ],
          set: { lane: "lane" },
        })
        .returning();
      return row?.id ?? "";
    },
    made: make(administrator),
    own: make(agent),
  };
}

function idOf(key: string, { status, body }: Answer): number {
  if (status !== 200) throw new Error(`${key} answered ${status}`);
  return body.id;
}

/** The status that a request answers, with a token in each header that doors read one from. */
export async function ask(
  app: TestApp,
  request: { method: string; path: string; body?: object | undefined },
  token?: string,
): Promise<number> {
  const { method, path, body } = request;
  const answer = await call(method, app.url + path, {
    headers:
      token === undefined ? {} : { "api-access-token": token, authorization: `Bearer ${token}` },
    ...(body === undefined ? {} : { body }),
  });
  return answer.status;
}
