// What the desk relies on beside conversations and messages: lists, labels, filters, contacts.
import { describe, expect, it, vi } from "vitest";
import { connectTo, signInTo, valueOf } from "./agent-transport-kit.ts";
import type { AgentTransport } from "./agent-transport-kit.ts";

const notFound = { ok: false, error: { code: "not_found" } };

/** `open` makes a new transport and closes it with the test. */
export function describeAgentWorkspace(name: string, open: () => Promise<AgentTransport>): void {
  describe(`${name}: what administrators keep`, () => {
    it("is listed, and every change of it is told", async () => {
      const { rest, accountId, keep, heard } = await connectTo(await open());
      await keep.label("billing");
      await keep.cannedResponse("hi", "Hello there");
      await keep.team("sales");
      await keep.attribute("plan", "contact_attribute");
      expect(valueOf(await rest.listLabels(accountId))).toMatchObject([{ title: "billing" }]);
      expect(valueOf(await rest.listCannedResponses(accountId))).toMatchObject([
        { short_code: "hi", content: "Hello there" },
      ]);
      expect(valueOf(await rest.listTeams(accountId))).toMatchObject([{ name: "sales" }]);
      expect(valueOf(await rest.listCustomAttributes(accountId))).toMatchObject([
        { attribute_key: "plan", attribute_model: "contact_attribute" },
      ]);
      await vi.waitFor(() =>
        expect(heard["settings:changed"].map(({ subject }) => subject)).toEqual([
          "label",
          "canned_response",
          "team",
          "custom_attribute",
        ]),
      );
    });
  });

  describe(`${name}: a conversation`, () => {
    it("has labels, a team, attributes and a mute, and tells of each", async () => {
      const { rest, accountId, visitor, keep, heard } = await connectTo(await open());
      await keep.team("sales");
      const [team] = valueOf(await rest.listTeams(accountId));
      const id = await visitor.start("Hello");
      expect(valueOf(await rest.setConversationLabels(accountId, id, ["b", "a"]))).toEqual([
        "b",
        "a",
      ]);
      expect(valueOf(await rest.assignTeam(accountId, id, team?.id ?? 0))?.name).toBe("sales");
      valueOf(await rest.setMuted(accountId, id, true));
      valueOf(await rest.mergeConversationAttributes(accountId, id, { plan: "gold", old: 1 }));
      const merged = await rest.mergeConversationAttributes(accountId, id, { old: null });
      expect(valueOf(merged).custom_attributes).toEqual({ plan: "gold" });
      await vi.waitFor(() =>
        expect(heard["conversation:updated"].at(-1)).toMatchObject({
          id,
          labels: ["b", "a"],
          muted: true,
          status: "resolved",
          custom_attributes: { plan: "gold" },
          meta: { team: { id: team?.id, name: "sales" } },
        }),
      );
      expect(valueOf(await rest.assignTeam(accountId, id, null))).toBeNull();
      valueOf(await rest.setMuted(accountId, id, false));
      const after = valueOf(await rest.getConversation(accountId, id));
      expect(after.meta.team).toBeUndefined();
      expect(after.muted).toBe(false);
      expect(await rest.setConversationLabels(accountId, 999, [])).toMatchObject(notFound);
      expect(await rest.assignTeam(accountId, id, 999)).toMatchObject(notFound);
    });

    it("is followed by agents, one more or one less at a time", async () => {
      const { rest, accountId, visitor, profile } = await signInTo(await open());
      const id = await visitor.start("Hello");
      const change = async (how: "add" | "remove") =>
        valueOf(await rest.changeParticipant(accountId, id, how, profile.id)).map((one) => one.id);
      expect(await change("add")).toEqual([profile.id]);
      expect(valueOf(await rest.listParticipants(accountId, id))).toHaveLength(1);
      expect(await change("remove")).toEqual([]);
    });

    it("keeps a tombstone of a deleted message", async () => {
      const { rest, accountId, visitor, socket, heard } = await connectTo(await open());
      const id = await visitor.start("Hello");
      const input = { conversation_id: id, content: "my **secret**", echo_id: "echo-1" };
      const sent = valueOf(await socket.send("message:send", input));
      const deleted = valueOf(await rest.deleteMessage(accountId, id, sent.id));
      expect(deleted).toMatchObject({ id: sent.id, content_attributes: { deleted: true } });
      await vi.waitFor(() => {
        const told = heard["message:updated"].at(-1);
        expect(told?.message).toEqual(deleted);
        expect(told?.conversation.seq).toBe(deleted.changed_seq);
      });
      expect(await rest.deleteMessage(accountId, id, 999_999)).toMatchObject(notFound);
    });
  });

  describe(`${name}: filters`, () => {
    it("find by status, labels and nobody, joined by AND and OR", async () => {
      const { rest, accountId, visitor, profile } = await signInTo(await open());
      const ids = [await visitor.start("1"), await visitor.start("2"), await visitor.start("3")];
      const [one = 0, two = 0, three = 0] = ids;
      valueOf(await rest.setConversationLabels(accountId, one, ["vip"]));
      valueOf(await rest.assignConversation(accountId, two, profile.id));
      valueOf(await rest.toggleStatus(accountId, three, { status: "resolved" }));
      const condition = (key: string, operator: string, values: (string | number)[]) => ({
        attribute_key: key,
        filter_operator: operator,
        values,
        query_operator: "AND",
      });
      const open_ = condition("status", "equal_to", ["open"]);
      const find = async (...conditions: ReturnType<typeof condition>[]) => {
        const { data } = valueOf(await rest.filterConversations(accountId, conditions, 1));
        expect(data.meta.all_count).toBe(data.payload.length);
        return data.payload.map(({ id }) => id).toSorted((a, b) => a - b);
      };
      expect(await find(open_)).toEqual([one, two]);
      expect(await find(open_, condition("labels", "equal_to", ["vip"]))).toEqual([one]);
      expect(await find(open_, condition("assignee_id", "is_not_present", []))).toEqual([one]);
      const mine = { ...condition("assignee_id", "equal_to", [profile.id]), query_operator: "OR" };
      expect(await find(mine, condition("status", "equal_to", ["resolved"]))).toEqual([two, three]);
    });

    it("stand beside a search, which tells what it has found", async () => {
      const { rest, accountId, visitor } = await signInTo(await open());
      const id = await visitor.start("My lamp is broken");
      await visitor.write(id, "So sad");
      await visitor.start("Do you ship?");
      const { meta, payload } = valueOf(await rest.searchMessages(accountId, "broken lam", 1));
      expect(meta).toEqual({ count: 1, current_page: 1 });
      expect(payload[0]?.conversation.id).toBe(id);
      expect(payload[0]?.message.content).toBe("My lamp is broken");
    });

    it("are saved, renamed and deleted", async () => {
      const { rest, accountId } = await signInTo(await open());
      const query = { payload: [] };
      const { id } = valueOf(await rest.createCustomFilter(accountId, { name: "VIPs", query }));
      const renamed = valueOf(await rest.updateCustomFilter(accountId, id, { name: "Very" }));
      expect(renamed).toMatchObject({ id, name: "Very", query });
      expect(valueOf(await rest.listCustomFilters(accountId))).toMatchObject([{ name: "Very" }]);
      valueOf(await rest.deleteCustomFilter(accountId, id));
      expect(valueOf(await rest.listCustomFilters(accountId))).toEqual([]);
      expect(await rest.deleteCustomFilter(accountId, id)).toMatchObject(notFound);
    });
  });

  describe(`${name}: a contact`, () => {
    it("is changed, labelled and found, and each conversation of his tells it", async () => {
      const { rest, accountId, visitor, heard } = await connectTo(await open());
      const id = await visitor.start("Hello");
      const { sender } = valueOf(await rest.getConversation(accountId, id)).meta;
      const changed = valueOf(
        await rest.updateContact(accountId, sender.id, {
          name: "Ada King",
          email: "ada@example.com",
          custom_attributes: { plan: "gold" },
        }),
      );
      expect(changed).toMatchObject({ name: "Ada King", custom_attributes: { plan: "gold" } });
      valueOf(await rest.updateContact(accountId, sender.id, { blocked: true }));
      expect(valueOf(await rest.setContactLabels(accountId, sender.id, ["vip"]))).toEqual(["vip"]);
      await vi.waitFor(() =>
        expect(heard["conversation:updated"].at(-1)?.meta.sender).toMatchObject({
          name: "Ada King",
          blocked: true,
          custom_attributes: { plan: "gold" },
        }),
      );
      expect(valueOf(await rest.getContact(accountId, sender.id)).labels).toEqual(["vip"]);
      const found = valueOf(await rest.searchContacts(accountId, "king", 1));
      expect(found).toMatchObject({ meta: { count: 1 }, payload: [{ id: sender.id }] });
      const his = valueOf(await rest.listContactConversations(accountId, sender.id));
      expect(his.map((one) => one.id)).toEqual([id]);
      expect(await rest.getContact(accountId, 999_999)).toMatchObject(notFound);
    });

    it("is removed with his conversations", async () => {
      const { rest, accountId, visitor, heard } = await connectTo(await open());
      const id = await visitor.start("Hello");
      const { sender } = valueOf(await rest.getConversation(accountId, id)).meta;
      valueOf(await rest.deleteContact(accountId, sender.id));
      await vi.waitFor(() => expect(heard["conversation:deleted"]).toEqual([{ id }]));
      expect(await rest.getConversation(accountId, id)).toMatchObject(notFound);
    });
  });
}
