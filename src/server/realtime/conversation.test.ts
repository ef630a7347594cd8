// Two actors: what a visitor and an agent hear of each other over their sockets.
import { describe, expect, it } from "vitest";
import { startTestApp } from "../test-kit/app.ts";
import type { TestApp } from "../test-kit/app.ts";
import { connectAgent, connectVisitor } from "../test-kit/sockets.ts";

async function aConversation(app: TestApp) {
  const account = await app.build.anAccount();
  const inbox = await app.build.anInbox(account);
  const agent = await app.build.anAgent(account, { name: "Ada", inboxes: [inbox] });
  const visitor = await app.build.aVisitor(inbox, { name: "Vera" });
  const desk = await connectAgent(app.url, agent.pubsubToken);
  const widget = await connectVisitor(app.url, visitor.pubsubToken);
  const started = await widget.send("conversation:start", {
    echo_id: "c1",
    message: { content: "Hello", echo_id: "m1" },
  });
  if (!started.ok) throw new Error(started.error.message);
  return { account, inbox, agent, visitor, desk, widget, conversation: started.data };
}

describe("a conversation over sockets", () => {
  it("tells the agent of the visitor's first message and the visitor of the reply", async () => {
    const app = await startTestApp();
    const { desk, widget, conversation } = await aConversation(app);
    const created = await desk.hears("conversation:created");
    expect(created).toMatchObject({
      id: conversation.id,
      status: "open",
      unread_count: 1,
      messages: [{ content: "Hello", sender: { type: "contact", name: "Vera" } }],
      meta: { sender: { name: "Vera" }, assignee: null },
    });
    const sent = await desk.send("message:send", {
      conversation_id: conversation.id,
      content: "Hi Vera",
      echo_id: "a1",
    });
    expect(sent).toMatchObject({ ok: true, data: { content: "Hi Vera", echo_id: "a1" } });
    const heard = await widget.hears("message:created", (e) => e.message.content === "Hi Vera");
    expect(heard).toMatchObject({
      message: { message_type: "outgoing", sender: { type: "user", name: "Ada" } },
      conversation: { id: conversation.id, unread_count: 1 },
    });
  });
});
