import { describe, expect, it, vi } from "vitest";
import { failure } from "../../protocol/result.ts";
import { readyThread, startWorkspace } from "../test-kit/test-workspace.ts";
import type { Workspace } from "./workspace.ts";

const shown = (workspace: Workspace) =>
  workspace.list.value.conversations.value.map(({ id }) => id);

describe("conversation list", () => {
  it("shows a new conversation at the top as it starts", async () => {
    const { fake, clock, workspace } = await startWorkspace({
      prepare: ({ fake }) => void fake.startConversation({ content: "first" }),
    });
    expect(shown(workspace)).toEqual([1]);
    clock.advance(1_000);
    fake.startConversation({ content: "second" });
    expect(shown(workspace)).toEqual([2, 1]);
  });

  it("moves a conversation up when something is written in it", async () => {
    const { fake, clock, workspace } = await startWorkspace();
    fake.startConversation({ content: "first" });
    clock.advance(1_000);
    fake.startConversation({ content: "second" });
    clock.advance(1_000);
    fake.write(1, "are you there?");
    expect(shown(workspace)).toEqual([1, 2]);
    expect(workspace.records.all.value.get(1)?.messages[0]?.content).toBe("are you there?");
  });

  it("takes conversations in and out as their status and assignee change", async () => {
    const { fake, workspace } = await startWorkspace();
    const id = fake.startConversation({ content: "hello" });
    fake.change(id, { meta: { ...fake.conversation(id).meta, assignee: fake.profile } });
    workspace.show("mine");
    await vi.waitFor(() => expect(shown(workspace)).toEqual([id]));
    fake.change(id, { status: "resolved" });
    expect(shown(workspace)).toEqual([]);
    workspace.show("resolved");
    await vi.waitFor(() => expect(shown(workspace)).toEqual([id]));
  });

  it("forgets a conversation that is removed, and says so where it is open", async () => {
    const { fake, clock, workspace } = await startWorkspace();
    const kept = fake.startConversation({ content: "hello" });
    const removed = fake.startConversation({ content: "erase me" });
    workspace.open(removed);
    await readyThread(workspace);
    fake.remove(removed);
    expect(shown(workspace)).toEqual([kept]);
    await vi.waitFor(() => expect(workspace.thread.value?.status.value.kind).toBe("missing"));
    clock.advance(400);
    await vi.waitFor(() => expect(workspace.counts.of("open")).toBe(1));
  });

  it("fetches a conversation that it hears of for the first time", async () => {
    const { fake, clock, workspace } = await startWorkspace({
      prepare({ fake, clock }) {
        for (let number = 0; number < 30; number += 1) {
          fake.startConversation({ content: "hello" });
          clock.advance(1_000);
        }
      },
    });
    expect(shown(workspace)).not.toContain(1);
    clock.advance(1_000);
    fake.write(1, "hello again");
    await vi.waitFor(() => expect(shown(workspace)[0]).toBe(1));
  });

  it("loads page after page without a gap, though conversations come and go meanwhile", async () => {
    const { fake, workspace } = await startWorkspace({
      prepare({ fake, clock }) {
        for (let number = 0; number < 60; number += 1) {
          fake.startConversation({ content: "hello" });
          clock.advance(1_000);
        }
      },
    });
    const list = workspace.list.value;
    expect(shown(workspace)).toHaveLength(25);
    for (const id of [60, 59, 58]) fake.change(id, { status: "resolved" });
    fake.startConversation({ content: "new" });
    await list.loadMore();
    await vi.waitFor(async () => {
      await list.loadMore();
      expect(list.hasMore.value).toBe(false);
    });
    const expected = [61, ...Array.from({ length: 57 }, (_, index) => 57 - index)];
    expect(shown(workspace)).toEqual(expected);
  });

  it("says when it cannot be loaded, and loads on demand", async () => {
    const { fake, workspace } = await startWorkspace();
    fake.failNext("listConversations", failure("unreachable", "offline").error);
    workspace.show("resolved");
    await vi.waitFor(() => expect(workspace.list.value.status.value.kind).toBe("failed"));
    await workspace.list.value.open();
    expect(workspace.list.value.status.value.kind).toBe("ready");
  });
});

describe("after a gap", () => {
  it("shows what changed unheard and drops what no longer belongs", async () => {
    const { fake, clock, workspace } = await startWorkspace();
    const first = fake.startConversation({ content: "one" });
    clock.advance(1_000);
    const second = fake.startConversation({ content: "two" });
    fake.disconnect();
    expect(workspace.connection.status.value).toBe("reconnecting");
    fake.change(first, { status: "resolved" });
    clock.advance(1_000);
    const third = fake.startConversation({ content: "three" });
    fake.reconnect();
    await vi.waitFor(() => expect(shown(workspace)).toEqual([third, second]));
    expect(workspace.connection.status.value).toBe("live");
    workspace.show("resolved");
    await vi.waitFor(() => expect(shown(workspace)).toEqual([first]));
  });
});

describe("counts", () => {
  it("follow changes with one question for a burst of them", async () => {
    const { fake, clock, workspace } = await startWorkspace();
    await vi.waitFor(() => expect(workspace.counts.of("resolved")).toBe(0));
    const before = fake.calls.get("countConversations") ?? 0;
    for (const content of ["one", "two", "three"]) fake.startConversation({ content });
    clock.advance(400);
    await vi.waitFor(() => expect(workspace.counts.of("open")).toBe(3));
    expect(workspace.counts.of("unassigned")).toBe(3);
    expect(workspace.counts.of("mine")).toBe(0);
    // One question for each of the three statuses that are counted.
    expect((fake.calls.get("countConversations") ?? 0) - before).toBe(3);
  });

  it("follow the agent's own decisions", async () => {
    const { fake, clock, workspace } = await startWorkspace({
      prepare: ({ fake }) => void fake.startConversation({ content: "hello" }),
    });
    await vi.waitFor(() => expect(workspace.counts.of("mine")).toBe(0));
    await workspace.actions.assign(1, fake.profile);
    clock.advance(400);
    await vi.waitFor(() => expect(workspace.counts.of("mine")).toBe(1));
    await workspace.actions.resolve(1);
    clock.advance(400);
    await vi.waitFor(() => expect(workspace.counts.of("mine")).toBe(0));
    expect(workspace.counts.of("resolved")).toBe(1);
  });

  it("count unread conversations of one's own and of nobody, not messages", async () => {
    const { fake, workspace } = await startWorkspace();
    const mine = fake.startConversation({ content: "hello" });
    fake.write(mine, "hello?");
    const other = fake.startConversation({ content: "hi" });
    expect(workspace.unreadCount.value).toBe(2);
    const assignee = fake.agents[1] ?? null;
    fake.change(other, { meta: { ...fake.conversation(other).meta, assignee } });
    expect(workspace.unreadCount.value).toBe(1);
  });
});

describe("seeing", () => {
  it("tells how far the agent has read only while they look", async () => {
    const { fake, isAttentive, workspace } = await startWorkspace();
    const id = fake.startConversation({ content: "hello" });
    isAttentive.value = false;
    workspace.open(id);
    await readyThread(workspace);
    expect(workspace.unreadCount.value).toBe(1);
    isAttentive.value = true;
    await vi.waitFor(() => expect(workspace.unreadCount.value).toBe(0));
    expect(fake.conversation(id).agent_last_seen_seq).toBe(fake.messages(id).at(-1)?.seq);
    fake.write(id, "more");
    await vi.waitFor(() => expect(fake.conversation(id).unread_count).toBe(0));
  });

  it("remembers where the agent stopped reading for the line of new messages", async () => {
    const { fake, workspace } = await startWorkspace();
    const id = fake.startConversation({ content: "hello" });
    workspace.open(id);
    const thread = await readyThread(workspace);
    await vi.waitFor(() => expect(fake.conversation(id).unread_count).toBe(0));
    expect(thread.seenSeqAtOpen.value).toBe(0);
  });
});

describe("actions", () => {
  it("assign at once, tell it, and undo", async () => {
    const { fake, desk, workspace } = await startWorkspace();
    const id = fake.startConversation({ content: "hello" });
    const assigning = workspace.actions.assign(id, fake.profile);
    expect(workspace.records.all.value.get(id)?.meta.assignee?.id).toBe(fake.profile.id);
    await assigning;
    const toast = desk.toasts.all.value[0];
    expect(toast?.notice).toMatchObject({ kind: "assigned", agentName: "Alan Turing" });
    toast?.undo?.();
    await vi.waitFor(() => expect(fake.conversation(id).meta.assignee).toBeNull());
  });

  it("take a refused change back and say so", async () => {
    const { fake, desk, workspace } = await startWorkspace();
    const id = fake.startConversation({ content: "hello" });
    fake.failNext("toggleStatus", failure("unreachable", "offline").error);
    const resolving = workspace.actions.resolve(id);
    expect(shown(workspace)).toEqual([]);
    await resolving;
    expect(shown(workspace)).toEqual([id]);
    expect(desk.toasts.all.value[0]?.notice).toMatchObject({ kind: "failed", doing: "resolve" });
  });

  it("resolve and reopen by undo", async () => {
    const { fake, desk, workspace } = await startWorkspace();
    const id = fake.startConversation({ content: "hello" });
    await workspace.actions.resolve(id);
    expect(fake.conversation(id).status).toBe("resolved");
    desk.toasts.all.value[0]?.undo?.();
    await vi.waitFor(() => expect(fake.conversation(id).status).toBe("open"));
  });
});

describe("the end of a session", () => {
  it("signs out when the socket is refused, and keeps unsent messages as drafts", async () => {
    const { fake, desk, workspace } = await startWorkspace();
    const id = fake.startConversation({ content: "hello" });
    fake.disconnect();
    workspace.drafts.write(id, "reply", "and this");
    workspace.outbox.send({ conversationId: id, content: "unsent", isPrivate: false });
    fake.refuse(failure("unauthenticated", "no session").error);
    expect(desk.session.status.value).toEqual({ kind: "signed_out", reason: "expired" });
    expect(desk.workspace.value).toBeNull();
    expect(workspace.drafts.read(id, "reply")).toBe("unsent\n\nand this");
  });

  it("shows an availability at once and takes it back if the server refuses", async () => {
    const { fake, desk } = await startWorkspace();
    fake.failNext("setAvailability", failure("internal", "bug").error);
    const setting = desk.session.setAvailability("busy");
    expect(desk.session.profile.value?.availability_status).toBe("busy");
    await setting;
    expect(desk.session.profile.value?.availability_status).toBe("available");
    await desk.session.setAvailability("busy");
    expect(fake.profile.availability_status).toBe("busy");
  });
});
