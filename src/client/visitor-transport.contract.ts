// What the widget relies on from its transport: one suite for the real server and for the fake.
import { describe, expect, it, vi } from "vitest";
import { MESSAGES_PAGE_SIZE } from "../protocol/limits.ts";
import type { Result } from "../protocol/result.ts";
import type { VisitorEventMap } from "../protocol/socket.ts";
import type { VisitorRest, VisitorSocket } from "./visitor-transport.ts";

export interface VisitorTransport {
  /** Of an inbox with a greeting and one available agent. */
  rest: VisitorRest;
  createSocket: (pubsubToken: string) => VisitorSocket;
  agent: {
    name: string;
    reply(conversationId: number, content: string): Promise<void>;
    assignSelf(conversationId: number): Promise<void>;
    resolve(conversationId: number): Promise<void>;
    setTyping(conversationId: number): Promise<void>;
  };
}

type Heard = { [Name in keyof VisitorEventMap]: Parameters<VisitorEventMap[Name]>[0][] };

const eventNames = [
  "message:created",
  "message:updated",
  "conversation:created",
  "conversation:updated",
  "typing:changed",
  "agent:availability_changed",
  "server:stopping",
] as const satisfies (keyof VisitorEventMap)[];

function valueOf<Value>(result: Result<Value>): Value {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.data;
}

/** `open` makes a new transport and closes it with the test. */
export function describeVisitorTransport(name: string, open: () => Promise<VisitorTransport>) {
  async function listen(transport: VisitorTransport, pubsubToken: string) {
    const socket = transport.createSocket(pubsubToken);
    const heard = Object.fromEntries(eventNames.map((event) => [event, []])) as unknown as Heard;
    for (const event of eventNames) {
      socket.on(event, ((data: never) => void heard[event].push(data)) as never);
    }
    socket.connect();
    await vi.waitFor(() => expect(socket.state).toBe("connected"), 5_000);
    return { socket, heard };
  }

  async function connect() {
    const transport = await open();
    const contact = valueOf(await transport.rest.createContact({ name: "Mary" }));
    return { ...transport, transport, contact, ...(await listen(transport, contact.pubsub_token)) };
  }

  async function start(content = "Hello") {
    const visitor = await connect();
    const conversation = valueOf(
      await visitor.socket.send("conversation:start", {
        echo_id: "start-1",
        message: { content, echo_id: "message-1" },
      }),
    );
    return { ...visitor, conversation };
  }

  describe(`${name}: the inbox and the contact`, () => {
    it("describes the inbox", async () => {
      const { rest, agent } = await open();
      const inbox = valueOf(await rest.getInbox());
      expect(inbox).toMatchObject({ greeting_enabled: true, availability: "available" });
      expect(inbox.agents.map((one) => one.name)).toContain(agent.name);
    });

    it("creates a contact, merges what changes and clears what is null", async () => {
      const { rest } = await open();
      const made = valueOf(
        await rest.createContact({ name: "Mary", custom_attributes: { plan: "pro", seats: 3 } }),
      );
      const input = { email: "mary@example.com", custom_attributes: { plan: null } };
      valueOf(await rest.updateContact(made.source_id, input));
      expect(valueOf(await rest.getContact(made.source_id))).toMatchObject({
        name: "Mary",
        email: "mary@example.com",
        custom_attributes: { seats: 3 },
      });
    });

    it("answers not_found for a contact that it does not know", async () => {
      const { rest } = await open();
      expect(await rest.getContact("nobody")).toMatchObject({ error: { code: "not_found" } });
    });
  });

  describe(`${name}: a conversation`, () => {
    it("starts once, however often the start is sent", async () => {
      const { socket, conversation, heard } = await start();
      const again = valueOf(
        await socket.send("conversation:start", {
          echo_id: "start-1",
          message: { content: "Hello", echo_id: "message-1" },
        }),
      );
      expect(again.id).toBe(conversation.id);
      expect(again.messages.map(({ content }) => content)).toEqual(["Hello"]);
      await vi.waitFor(() => expect(heard["conversation:created"]).toHaveLength(1));
    });

    it("takes a message once, however often it is sent", async () => {
      const { socket, conversation, rest, contact } = await start();
      const message = { conversation_id: conversation.id, content: "More", echo_id: "message-2" };
      const first = valueOf(await socket.send("message:send", message));
      const second = valueOf(await socket.send("message:send", message));
      expect(second.id).toBe(first.id);
      const messages = valueOf(await rest.listMessages(contact.source_id, conversation.id));
      expect(messages.map(({ echo_id }) => echo_id)).toEqual(["message-1", "message-2"]);
    });

    it("refuses an empty message and one for somebody else's conversation", async () => {
      const { transport, socket, conversation } = await start();
      const empty = { conversation_id: conversation.id, content: " ", echo_id: "message-2" };
      expect(await socket.send("message:send", empty)).toMatchObject({
        error: { code: "invalid" },
      });
      const other = valueOf(await transport.rest.createContact({}));
      const theirs = await listen(transport, other.pubsub_token);
      const foreign = { conversation_id: conversation.id, content: "Hi", echo_id: "message-3" };
      expect(await theirs.socket.send("message:send", foreign)).toMatchObject({
        error: { code: "not_found" },
      });
    });

    it("tells of a reply with its sender, and counts it as unread until it is seen", async () => {
      const { socket, conversation, agent, heard, rest, contact } = await start();
      await agent.reply(conversation.id, "How can I help?");
      await vi.waitFor(() => {
        const reply = heard["message:created"].find(
          (one) => one.message.message_type === "outgoing",
        );
        expect(reply?.message).toMatchObject({ content: "How can I help?", private: false });
        expect(reply?.message.sender?.name).toBe(agent.name);
        expect(reply?.conversation.unread_count).toBe(1);
      });
      const seen = valueOf(await rest.getConversation(contact.source_id, conversation.id));
      const input = { conversation_id: conversation.id, seq: seen.messages.at(-1)?.seq ?? 0 };
      valueOf(await socket.send("conversation:see", input));
      await vi.waitFor(() =>
        expect(heard["conversation:updated"].at(-1)).toMatchObject({ unread_count: 0 }),
      );
    });

    it("tells of the assignee, of typing and of closing", async () => {
      const { conversation, agent, heard } = await start();
      await agent.assignSelf(conversation.id);
      await vi.waitFor(() =>
        expect(heard["conversation:updated"].at(-1)?.assignee?.name).toBe(agent.name),
      );
      await agent.setTyping(conversation.id);
      await vi.waitFor(() =>
        expect(heard["typing:changed"].at(-1)).toMatchObject({
          conversation_id: conversation.id,
          typing: true,
        }),
      );
      await agent.resolve(conversation.id);
      await vi.waitFor(() =>
        expect(heard["conversation:updated"].at(-1)).toMatchObject({ status: "resolved" }),
      );
    });

    it("is resolved by its visitor and opened again by a message", async () => {
      const { socket, conversation } = await start();
      const id = { conversation_id: conversation.id };
      const resolved = valueOf(await socket.send("conversation:resolve", id));
      expect(resolved.status).toBe("resolved");
      valueOf(await socket.send("message:send", { ...id, content: "One more", echo_id: "m-2" }));
      const [listed] = valueOf(await socket.send("conversation:list", {}));
      expect(listed).toMatchObject({ id: conversation.id, status: "open" });
      expect(listed?.messages.map(({ content }) => content)).toEqual(["One more"]);
    });
  });

  describe(`${name}: catching up`, () => {
    it("syncs what came after a number, and nothing when there is none", async () => {
      const { socket, conversation, agent } = await start();
      await agent.reply(conversation.id, "first");
      const all = { conversation_id: conversation.id, after_seq: conversation.seq };
      await vi.waitFor(async () => {
        const synced = valueOf(await socket.send("conversation:sync", all));
        expect(synced.messages.map(({ content }) => content)).toEqual(["first"]);
        expect(synced.complete).toBe(true);
      });
      const now = valueOf(await socket.send("conversation:sync", all)).conversation.seq;
      const none = { conversation_id: conversation.id, after_seq: now };
      expect(valueOf(await socket.send("conversation:sync", none)).messages).toEqual([]);
    });

    it("pages backwards through a long conversation", async () => {
      const { socket, conversation, rest, contact } = await start("message 0");
      const texts = Array.from({ length: MESSAGES_PAGE_SIZE + 4 }, (_, i) => `message ${i + 1}`);
      for (const content of texts) {
        const message = { conversation_id: conversation.id, content, echo_id: content };
        valueOf(await socket.send("message:send", message));
      }
      const latest = valueOf(await rest.getConversation(contact.source_id, conversation.id));
      expect(latest.messages).toHaveLength(MESSAGES_PAGE_SIZE);
      const before = latest.messages[0]?.id ?? 0;
      const older = valueOf(
        await rest.listMessages(contact.source_id, conversation.id, { before }),
      );
      const contents = [...older, ...latest.messages].map(({ content }) => content);
      expect(contents).toEqual(["message 0", ...texts]);
    });

    it("refuses a token that it does not know", async () => {
      const { createSocket } = await open();
      const socket = createSocket("no such token");
      const codes: (string | undefined)[] = [];
      socket.onState((_state, refusal) => codes.push(refusal?.code));
      socket.connect();
      await vi.waitFor(() => expect(socket.state).toBe("refused"), 5_000);
      expect(codes.at(-1)).toBe("unauthenticated");
    });
  });
}
