// The proof that events tell everything: applied to what a client held, they give what it would fetch.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { identifierHash } from "../contacts/identity.ts";
import type { Message } from "../../protocol/records.ts";
import { openTestApp } from "../test-kit/app.ts";
import type { TestApp } from "../test-kit/app.ts";
import { asAgent, asVisitor } from "../test-kit/call.ts";
import { connectAgent, connectVisitor } from "../test-kit/sockets.ts";

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

interface Person {
  id: number;
  name: string | null;
}

interface View {
  seq: number;
  messages: Message[];
  meta?: { sender: Person };
  contact?: Person;
  [key: string]: unknown;
}

/** What a client does with an event: newer states replace older ones, messages are put in by id. */
function apply(view: View, name: string, data: Record<string, unknown>): View {
  if (name === "conversation:updated") {
    const changed = data as unknown as View;
    if (changed.seq < view.seq) return view;
    const { id, name: contactName } = changed.meta?.sender ??
      changed.contact ?? { id: 0, name: "" };
    const messages = view.messages.map((message) =>
      message.sender?.type === "contact"
        ? { ...message, sender: { ...message.sender, id, name: contactName ?? "" } }
        : message,
    );
    return { ...view, ...changed, messages };
  }
  if (name !== "message:created" && name !== "message:updated") return view;
  const { message, conversation } = data as unknown as { message: Message; conversation: View };
  const rest = view.messages.filter((one) => one.id !== message.id);
  const messages = [...rest, message].toSorted((one, other) => one.seq - other.seq);
  return conversation.seq < view.seq
    ? { ...view, messages }
    : { ...view, ...conversation, messages };
}

describe("events", () => {
  it("applied to the old state equal a fresh fetch, for both sides and every operation", async () => {
    const account = await app.build.anAccount();
    const inbox = await app.build.anInbox(account);
    const agent = await app.build.anAgent(account, { name: "Ada", inboxes: [inbox] });
    const visitor = await app.build.aVisitor(inbox, { name: "Vera" });
    const [work, visit] = [asAgent(app.url, agent), asVisitor(app.url, visitor)];
    const { id } = (await visit("POST", "/conversations")).body;
    const path = `/conversations/${id}`;
    const fetchWork = async (): Promise<View> => ({
      ...(await work("GET", path)).body,
      messages: (await work("GET", `${path}/messages`)).body,
    });
    const fetchVisit = async (): Promise<View> => (await visit("GET", path)).body;
    const desk = await connectAgent(app.url, agent.pubsubToken);
    const widget = await connectVisitor(app.url, visitor.pubsubToken);
    let [held, seen] = [await fetchWork(), await fetchVisit()];
    const identifier = "user-1";
    const hash = identifierHash(inbox.hmacToken, identifier);

    const removeLast = async (isPrivate: boolean) => {
      const messages: Message[] = (await work("GET", `${path}/messages`)).body;
      const last = messages.findLast((one) => one.private === isPrivate && one.sender !== null);
      return await work("DELETE", `${path}/messages/${last?.id}`);
    };
    const mergeInto = async () => {
      const { body: base } = await work("POST", "/contacts", { body: { email: "base@v.de" } });
      const mine = (await work("GET", path)).body.meta.sender.id as number;
      const body = { base_contact_id: base.id, mergee_contact_id: mine };
      return await work("POST", "/actions/contact_merge", { body });
    };

    const operations: [string, () => Promise<unknown>][] = [
      ["a visitor's message", () => visit("POST", `${path}/messages`, { body: { content: "a" } })],
      ["a reply", () => work("POST", `${path}/messages`, { body: { content: "b" } })],
      ["a note", () => work("POST", `${path}/messages`, { body: { content: "c", private: true } })],
      ["seen by the visitor", () => visit("POST", `${path}/update_last_seen`)],
      ["assigned", () => work("POST", `${path}/assignments`, { body: { assignee_id: agent.id } })],
      ["unassigned", () => work("POST", `${path}/assignments`, { body: { assignee_id: null } })],
      ["priority", () => work("POST", `${path}/toggle_priority`, { body: { priority: "high" } })],
      ["snoozed", () => work("POST", `${path}/toggle_status`, { body: { status: "snoozed" } })],
      ["woken", () => visit("POST", `${path}/messages`, { body: { content: "d" } })],
      ["seen by agents", () => work("POST", `${path}/update_last_seen`)],
      ["ended by the visitor", () => visit("POST", `${path}/toggle_status`)],
      ["opened by an agent", () => work("POST", `${path}/toggle_status`)],
      ["labels", () => work("POST", `${path}/labels`, { body: { labels: ["a", "b"] } })],
      ["fewer labels", () => work("POST", `${path}/labels`, { body: { labels: ["b"] } })],
      [
        "attributes",
        () => work("PATCH", path, { body: { priority: "low", custom_attributes: { a: 1 } } }),
      ],
      [
        "other attributes",
        () => work("POST", `${path}/custom_attributes`, { body: { custom_attributes: { b: 2 } } }),
      ],
      ["followed", () => work("POST", `${path}/participants`, { body: { user_ids: [agent.id] } })],
      ["deleted for both", () => removeLast(false)],
      ["a note deleted", () => removeLast(true)],
      ["muted", () => work("POST", `${path}/mute`)],
      ["written unheard", () => visit("POST", `${path}/messages`, { body: { content: "e" } })],
      ["unmuted", () => work("POST", `${path}/unmute`)],
      ["blocked", () => work("POST", `/contacts/${visitor.id}/block`)],
      [
        "written by the blocked",
        () => visit("POST", `${path}/messages`, { body: { content: "f" } }),
      ],
      ["unblocked", () => work("POST", `/contacts/${visitor.id}/unblock`)],
      ["heard again", () => visit("POST", `${path}/messages`, { body: { content: "g" } })],
      [
        "changed by an agent",
        () =>
          work("PUT", `/contacts/${visitor.id}`, { body: { name: "Vera V.", email: "v@v.de" } }),
      ],
      ["a new name", () => visit("PATCH", "", { body: { name: "Vera Vogel" } })],
      ["verified", () => visit("PATCH", "", { body: { identifier, identifier_hash: hash } })],
      ["merged into another", () => mergeInto()],
    ];
    for (const [name, operation] of operations) {
      const [heardByDesk, heardByWidget] = [desk.heard.length, widget.heard.length];
      await operation();
      const [agents, visitors] = [await fetchWork(), await fetchVisit()];
      await expect
        .poll(
          () => {
            for (const event of desk.heard.slice(heardByDesk)) {
              held = apply(held, event.name, event.data as Record<string, unknown>);
            }
            return held;
          },
          { message: name },
        )
        .toEqual(agents);
      // A note and a line tell the visitor nothing, not even that his number is behind.
      const { seq: _fetched, ...public_ } = visitors;
      await expect
        .poll(
          () => {
            for (const event of widget.heard.slice(heardByWidget)) {
              seen = apply(seen, event.name, event.data as Record<string, unknown>);
            }
            const { seq: _held, ...rest } = seen;
            return rest;
          },
          { message: name },
        )
        .toEqual(public_);
    }
  });
});
