// The people and things of one access test: each thing is made when a row first names it.
import { webhook_deliveries } from "../database/webhook-tables.ts";
import type { TestAgent, TestApp } from "./app.ts";
import { asAgent, asVisitor, call } from "./call.ts";
import type { Answer } from "./call.ts";

export interface AccessWorld {
  account: number;
  /** Of the first inbox, of the second one, of both by his role, and of another account. */
  people: Record<"agent" | "outsider" | "administrator" | "stranger", TestAgent>;
  /** What a visitor of the first inbox could present as a token. */
  visitorTokens: string[];
  inbox: number;
  contact: number;
  /** In the first inbox. */
  conversation: () => Promise<number>;
  message: () => Promise<number>;
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
  const stranger = await build.anAgent(await build.anAccount(), { role: "administrator" });
  const visitor = await build.aVisitor(inbox, { email: "vera@example.com" });
  const visit = asVisitor(app.url, visitor);
  const made = new Map<string, Promise<number>>();

  function once(key: string, make: () => Promise<Answer>): Promise<number> {
    const promise = made.get(key) ?? make().then((answer) => idOf(key, answer));
    made.set(key, promise);
    return promise;
  }

  const conversation = () => once("conversation", () => visit("POST", "/conversations"));
  const make = (maker: TestAgent) => (path: string, body: object) =>
    once(`${maker.id} ${path}`, () => asAgent(app.url, maker)("POST", path, { body }));
  return {
    account,
    people: { agent, outsider, administrator, stranger },
    visitorTokens: [visitor.pubsubToken, visitor.sourceId],
    inbox: inbox.id,
    contact: visitor.id,
    conversation,
    async message() {
      const path = `/conversations/${await conversation()}/messages`;
      return await make(agent)(path, { content: "Hello" });
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

/** The status that a request of somebody's below an account answers; without a token, of nobody's. */
export async function ask(
  app: TestApp,
  request: { method: string; account: number; path: string; body?: object | undefined },
  token?: string,
): Promise<number> {
  const { method, account, path, body } = request;
  const answer = await call(method, `${app.url}/api/v1/accounts/${account}${path}`, {
    headers: token === undefined ? {} : { "api-access-token": token },
    ...(body === undefined ? {} : { body }),
  });
  return answer.status;
}
