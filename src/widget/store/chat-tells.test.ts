// What the chat tells the server of its visitor, and the page of his conversation.
import { describe, expect, it, vi } from "vitest";
import { detailsOf, openTab, startConversation } from "../test-kit/chat.ts";

describe("what the server is told of the visitor", () => {
  it("is each number that he has read, once, whatever a late list still counts; and again if it was lost", async () => {
    const tab = await openTab();
    const id = await startConversation(tab);
    const { seq } = tab.fake.reply(id, "Yes?");
    const send = vi.spyOn(tab.socket, "send");
    const told = () => send.mock.calls.filter(([name]) => name === "conversation:see");
    tab.conversations.see(id, seq);
    const known = tab.conversations.get(id);
    if (known) tab.conversations.put({ ...known, unread_count: 1, contact_last_seen_seq: 0 });
    tab.conversations.see(id, seq);
    expect(told()).toEqual([["conversation:see", { conversation_id: id, seq }]]);
    expect(tab.conversations.get(id)?.unread_count).toBe(0);
    const next = tab.fake.reply(id, "Still there?").seq;
    send.mockResolvedValueOnce({ ok: false, error: { code: "unreachable", message: "" } });
    tab.conversations.see(id, next);
    await Promise.resolve();
    await Promise.resolve();
    tab.fake.change(id, { unread_count: 1 });
    tab.conversations.see(id, next);
    expect(told().map(([, input]) => (input as { seq: number }).seq)).toEqual([seq, next, next]);
  });

  it("is that he has opened the chat, once there is a contact; not that it was open already", async () => {
    const tab = await openTab();
    const post = vi.spyOn(tab.fake.rest, "post");
    tab.chatWindow.open("launcher");
    expect(post).not.toHaveBeenCalled();
    await tab.customer.ensure();
    tab.chatWindow.close("button");
    tab.chatWindow.open("restore");
    tab.chatWindow.close("button");
    tab.chatWindow.open("proactive");
    expect(post.mock.calls).toEqual([
      [
        expect.stringContaining(`/contacts/${tab.customer.contact.peek()?.source_id}/events`),
        { name: "webwidget.triggered", event_info: { reason: "proactive" } },
      ],
    ]);
  });
});

it("the page hears which team a conversation belongs to when an agent is given it", async () => {
  const tab = await openTab();
  const id = await startConversation(tab);
  const team = { id: 3, name: "sales" };
  tab.fake.change(id, { assignee: tab.fake.agent, team });
  await vi.waitFor(() => expect(detailsOf(tab, "agentAssign")).toMatchObject([{ team }]));
  tab.fake.change(id, { assignee: { ...tab.fake.agent, id: 99 } });
  await vi.waitFor(() =>
    expect(detailsOf(tab, "agentAssign")[1]).toMatchObject({
      kind: "transferred",
      previousAgent: { id: tab.fake.agent.id },
    }),
  );
});
