// An agent for tests: answers visitors through the server's REST API, without a browser.
import { applicationPaths as paths } from "../../protocol/paths.ts";

export interface TestAgentOptions {
  /** Such as `https://chat.example.com`. */
  serverUrl: string;
  /** The agent's own token: at the desk, or `access_token` of `POST /auth/sign_in`. */
  accessToken: string;
  /** The account's number. */
  accountId: number;
  /** How long `waitForMessage` and `answer` wait. 10 seconds by default. */
  timeoutMs?: number;
}

/** A message as the server tells it; the fields that a test asks for. */
export interface TestMessage {
  id: number;
  conversation_id: number;
  content: string | null;
  /** `incoming`: the visitor's; `outgoing`: an agent's. */
  message_type: string;
  /** A note that visitors never see. */
  private: boolean;
  sender: { type: string; id: number; name: string } | null;
}

/** A conversation as the server tells it; the fields that a test asks for. */
export interface TestConversation {
  id: number;
  inbox_id: number;
  status: string;
  unread_count: number;
  /** The last message, or nothing yet. */
  messages: TestMessage[];
  meta: {
    sender: { id: number; name: string | null; email: string | null };
    assignee: { id: number; name: string } | null;
  };
}

export interface ConversationFilter {
  status?: "open" | "pending" | "snoozed" | "resolved" | "all";
  inboxId?: number;
  /** From 1. */
  page?: number;
}

/** Every method rejects with an Error that says what the server answered. */
export interface TestAgent {
  /** Latest first; open ones, unless said otherwise. */
  listConversations: (filter?: ConversationFilter) => Promise<TestConversation[]>;
  /** The latest page, oldest first, notes too. */
  listMessages: (conversationId: number) => Promise<TestMessage[]>;
  /** Waits for a conversation in which the visitor's last word is this text. */
  waitForMessage: (text: string) => Promise<TestConversation>;
  reply: (conversationId: number, text: string) => Promise<TestMessage>;
  addNote: (conversationId: number, text: string) => Promise<TestMessage>;
  /** Waits for the visitor's message, replies to it, and answers with the conversation. */
  answer: (visitorText: string, text: string) => Promise<TestConversation>;
  /** `null` unassigns. */
  assign: (conversationId: number, agentId: number | null) => Promise<void>;
  setStatus: (conversationId: number, status: "open" | "pending" | "resolved") => Promise<void>;
  resolve: (conversationId: number) => Promise<void>;
}

const TIMEOUT_MS = 10_000;
const POLL_INTERVAL_MS = 200;

type Call = <Value>(method: "GET" | "POST", path: string, body?: unknown) => Promise<Value>;

function createCall({ serverUrl, accessToken }: TestAgentOptions): Call {
  const origin = serverUrl.replace(/\/+$/, "");
  return async <Value>(method: "GET" | "POST", path: string, body?: unknown): Promise<Value> => {
    const response = await fetch(origin + path, {
      method,
      headers: { api_access_token: accessToken, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return JSON.parse(text === "" ? "null" : text) as Value;
  };
}

export function createTestAgent(options: TestAgentOptions): TestAgent {
  const { accountId, timeoutMs = TIMEOUT_MS } = options;
  const call = createCall(options);

  async function listConversations(filter: ConversationFilter = {}): Promise<TestConversation[]> {
    const { status = "open", inboxId, page = 1 } = filter;
    const query = new URLSearchParams({ status, page: String(page) });
    if (inboxId !== undefined) query.set("inbox_id", String(inboxId));
    const path = `${paths.conversations(accountId)}?${query.toString()}`;
    const { data } = await call<{ data: { payload: TestConversation[] } }>("GET", path);
    return data.payload;
  }

  async function waitForMessage(text: string): Promise<TestConversation> {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      const found = (await listConversations({ status: "all" })).find(({ messages }) => {
        const last = messages.at(-1);
        return last?.message_type === "incoming" && last.content === text;
      });
      if (found) return found;
      if (Date.now() > deadline) throw new Error(`no visitor said "${text}" in ${timeoutMs} ms`);
      await new Promise((resolve) => setTimeout(resolve, POLL_INTERVAL_MS));
    }
  }

  const write = (conversationId: number, content: string, isPrivate: boolean) =>
    call<TestMessage>("POST", paths.messages(accountId, conversationId), {
      content,
      private: isPrivate,
    });

  const agent: TestAgent = {
    listConversations,
    waitForMessage,
    listMessages: (conversationId) => call("GET", paths.messages(accountId, conversationId)),
    reply: (conversationId, text) => write(conversationId, text, false),
    addNote: (conversationId, text) => write(conversationId, text, true),
    async answer(visitorText, text) {
      const conversation = await waitForMessage(visitorText);
      await write(conversation.id, text, false);
      return conversation;
    },
    async assign(conversationId, agentId) {
      await call("POST", paths.assignments(accountId, conversationId), { assignee_id: agentId });
    },
    async setStatus(conversationId, status) {
      await call("POST", paths.toggleStatus(accountId, conversationId), { status });
    },
    resolve: (conversationId) => agent.setStatus(conversationId, "resolved"),
  };
  return agent;
}
