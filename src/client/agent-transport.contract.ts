// What the desk relies on from its transport: one suite for the real server and for the fake.
import { describe, expect, it, vi } from "vitest";
import { CONVERSATIONS_PAGE_SIZE, MESSAGES_PAGE_SIZE } from "../protocol/limits.ts";
import { connectTo, signInTo, valueOf } from "./agent-transport-kit.ts";
import type { AgentTransport } from "./agent-transport-kit.ts";

/** `open` makes a new transport and closes it with the test. */
export function describeAgentTransport(name: string, open: () => Promise<AgentTransport>): void {
  const signIn = async () => signInTo(await open());
  const connect = async () => connectTo(await open());

  describe(`${name}: the session`, () => {
    it("refuses a wrong password and knows who signed in until they leave", async () => {
      const { rest, credentials } = await open();
      const wrong = await rest.signIn({ ...credentials, password: "not this one" });
      expect(wrong).toMatchObject({ ok: false, error: { code: "unauthenticated" } });
      const profile = valueOf(await rest.signIn(credentials));
      expect(profile.email).toBe(credentials.email);
      expect(valueOf(await rest.getProfile()).id).toBe(profile.id);
      valueOf(await rest.signOut());
      expect(await rest.getProfile()).toMatchObject({ error: { code: "unauthenticated" } });
    });

    it("lists the agents and inboxes of the account", async () => {
      const { rest, accountId, profile } = await signIn();
      const agents = valueOf(await rest.listAgents(accountId));
      expect(agents.map(({ id }) => id)).toContain(profile.id);
      const [inbox] = valueOf(await rest.listInboxes(accountId));
      expect(inbox?.web_widget_script).toContain("<script");
    });

    it("tells an availability to everybody who listens", async () => {
      const { rest, profile, heard } = await connect();
      expect(valueOf(await rest.setAvailability("busy")).availability_status).toBe("busy");
      await vi.waitFor(() =>
        expect(heard["agent:updated"].at(-1)).toMatchObject({
          id: profile.id,
          availability_status: "busy",
        }),
      );
    });
  });

  describe(`${name}: lists`, () => {
    it("hold 25 a page, the latest activity first, with the counts of their status", async () => {
      const { rest, accountId, visitor } = await signIn();
      const ids: number[] = [];
      for (let number = 0; number < CONVERSATIONS_PAGE_SIZE + 2; number += 1) {
        ids.unshift(await visitor.start("Hello"));
      }
      const list = async (page: number) =>
        valueOf(await rest.listConversations(accountId, { page })).data;
      const [first, second] = [await list(1), await list(2)];
      expect([...first.payload, ...second.payload].map(({ id }) => id)).toEqual(ids);
      expect(first.payload).toHaveLength(CONVERSATIONS_PAGE_SIZE);
      const counts = valueOf(await rest.countConversations(accountId, { status: "open" })).meta;
      expect(counts).toEqual(first.meta);
      expect(counts).toMatchObject({ all_count: ids.length, unassigned_count: ids.length });
    }, 30_000);

    it("show the last message, how many are unread, and since when the contact waits", async () => {
      const { rest, accountId, visitor } = await signIn();
      const id = await visitor.start("one");
      await visitor.write(id, "two");
      const conversation = valueOf(await rest.getConversation(accountId, id));
      expect(conversation).toMatchObject({ status: "open", unread_count: 2 });
      expect(conversation.messages.map(({ content }) => content)).toEqual(["two"]);
      expect(conversation.waiting_since).not.toBeNull();
    });

    it("answer messages in pages, oldest first, backwards from a message", async () => {
      const { rest, accountId, visitor } = await signIn();
      const id = await visitor.start("m1");
      for (let number = 2; number <= 25; number += 1) await visitor.write(id, `m${number}`);
      const latest = valueOf(await rest.listMessages(accountId, id));
      expect(latest).toHaveLength(MESSAGES_PAGE_SIZE);
      const before = latest[0]?.id ?? 0;
      const older = valueOf(await rest.listMessages(accountId, id, { before }));
      const contents = [...older, ...latest].map(({ content }) => content);
      expect(contents).toEqual(Array.from({ length: 25 }, (_, index) => `m${index + 1}`));
    }, 30_000);

    it("know nothing of a conversation that is not there", async () => {
      const { rest, accountId, socket } = await connect();
      const missing = { ok: false, error: { code: "not_found" } };
      expect(await rest.getConversation(accountId, 999)).toMatchObject(missing);
      expect(await rest.listMessages(accountId, 999)).toMatchObject(missing);
      const input = { conversation_id: 999, content: "Hi", echo_id: "echo" };
      expect(await socket.send("message:send", input)).toMatchObject(missing);
      const sync = { conversation_id: 999, after_seq: 0 };
      expect(await socket.send("conversation:sync", sync)).toMatchObject(missing);
    });
  });

  describe(`${name}: messages`, () => {
    it("tell of a new conversation and of its first message", async () => {
      const { visitor, heard } = await connect();
      const id = await visitor.start("Hello");
      await vi.waitFor(() => {
        expect(heard["conversation:created"].map((one) => one.id)).toEqual([id]);
        const inside = heard["conversation:created"].flatMap(({ messages }) => messages);
        const after = heard["message:created"].map(({ message }) => message);
        expect([...inside, ...after].map(({ content }) => content)).toContain("Hello");
      });
    });

    it("store what is sent twice once, and tell it with the conversation's new state", async () => {
      const { visitor, socket, heard, profile } = await connect();
      const id = await visitor.start("Hello");
      const input = { conversation_id: id, content: "Hi there", echo_id: "echo-1" };
      const first = valueOf(await socket.send("message:send", input));
      const second = valueOf(await socket.send("message:send", input));
      expect(second.id).toBe(first.id);
      expect(first).toMatchObject({ message_type: "outgoing", private: false, echo_id: "echo-1" });
      expect(first.sender).toMatchObject({ type: "user", id: profile.id });
      await vi.waitFor(() => {
        const told = heard["message:created"].filter(({ message }) => message.id === first.id);
        expect(told).toHaveLength(1);
        expect(told[0]?.conversation).toMatchObject({ id, seq: first.seq, waiting_since: null });
      });
    });

    it("count as seen once answered, but not by a note, which moves nothing in the list", async () => {
      const { rest, accountId, visitor, socket } = await connect();
      const id = await visitor.start("Hello");
      const before = valueOf(await rest.getConversation(accountId, id));
      const note = { conversation_id: id, content: "psst", echo_id: "echo-1", private: true };
      expect(valueOf(await socket.send("message:send", note)).private).toBe(true);
      const { timestamp } = before;
      const noted = valueOf(await rest.getConversation(accountId, id));
      expect(noted).toMatchObject({ timestamp, unread_count: 1, messages: [{ content: "psst" }] });
      const reply = { conversation_id: id, content: "Hi", echo_id: "echo-2" };
      const { seq } = valueOf(await socket.send("message:send", reply));
      const answered = valueOf(await rest.getConversation(accountId, id));
      expect(answered).toMatchObject({ unread_count: 0, agent_last_seen_seq: seq });
    });

    it("are no longer unread once seen", async () => {
      const { rest, accountId, visitor, socket, heard } = await connect();
      const id = await visitor.start("Hello");
      const { seq } = valueOf(await rest.getConversation(accountId, id));
      valueOf(await socket.send("conversation:see", { conversation_id: id, seq }));
      await vi.waitFor(() =>
        expect(heard["conversation:updated"].at(-1)).toMatchObject({
          id,
          unread_count: 0,
          agent_last_seen_seq: seq,
        }),
      );
    });

    it("that were missed are answered by a sync", async () => {
      const { visitor, socket } = await connect();
      const id = await visitor.start("one");
      const hi = { conversation_id: id, content: "two", echo_id: "echo-1" };
      const known = valueOf(await socket.send("message:send", hi));
      socket.close();
      await visitor.write(id, "three");
      await visitor.write(id, "four");
      socket.connect();
      await vi.waitFor(() => expect(socket.state).toBe("connected"), 5_000);
      const input = { conversation_id: id, after_seq: known.changed_seq };
      const sync = valueOf(await socket.send("conversation:sync", input));
      expect(sync.messages.map(({ content }) => content)).toEqual(["three", "four"]);
      expect(sync).toMatchObject({ complete: true, conversation: { id, unread_count: 2 } });
    });

    it("are announced by typing", async () => {
      const { visitor, heard } = await connect();
      const id = await visitor.start("Hello");
      await visitor.setTyping(id, true);
      await vi.waitFor(() =>
        expect(heard["typing:changed"].at(-1)).toMatchObject({
          conversation_id: id,
          typing: true,
          sender: { type: "contact" },
        }),
      );
    });
  });

  describe(`${name}: changes`, () => {
    it("assign and unassign, and tell both", async () => {
      const { rest, accountId, visitor, profile, heard } = await connect();
      const id = await visitor.start("Hello");
      const assignee = valueOf(await rest.assignConversation(accountId, id, profile.id));
      expect(assignee?.id).toBe(profile.id);
      const mine = valueOf(await rest.listConversations(accountId, { assignee_type: "me" }));
      expect(mine.data.payload.map((one) => one.id)).toEqual([id]);
      expect(valueOf(await rest.assignConversation(accountId, id, null))).toBeNull();
      await vi.waitFor(() => {
        const told = heard["conversation:updated"].map(({ meta }) => meta.assignee?.id ?? null);
        expect(told).toEqual([profile.id, null]);
      });
    });

    it("resolve, and reopen when the visitor writes again", async () => {
      const { rest, accountId, visitor, heard } = await connect();
      const id = await visitor.start("Hello");
      valueOf(await rest.toggleStatus(accountId, id, { status: "resolved" }));
      await vi.waitFor(() =>
        expect(heard["conversation:updated"].at(-1)).toMatchObject({ id, status: "resolved" }),
      );
      const resolved = valueOf(await rest.listConversations(accountId, { status: "resolved" }));
      expect(resolved.data.payload.map((one) => one.id)).toEqual([id]);
      await visitor.write(id, "One more thing");
      await vi.waitFor(() =>
        expect(heard["message:created"].at(-1)?.conversation).toMatchObject({ id, status: "open" }),
      );
    });
  });
}
