// What the desk relies on when it snoozes: one suite for the real server and for the fake.
import { describe, expect, it, vi } from "vitest";
import { connectTo, valueOf } from "./agent-transport-kit.ts";
import type { AgentTransport } from "./agent-transport-kit.ts";

const inAnHour = () => Math.floor(Date.now() / 1000) + 3_600;

/** `open` makes a new transport and closes it with the test. */
export function describeAgentSnoozes(name: string, open: () => Promise<AgentTransport>): void {
  describe(`${name}: a snooze`, () => {
    it("of a conversation is found, changed and ended, and each is told", async () => {
      const { rest, accountId, visitor, profile, heard } = await connectTo(await open());
      const id = await visitor.start("Hello");
      const until = inAnHour();
      const made = valueOf(
        await rest.createSnooze(accountId, {
          object_type: "conversation",
          object_id: id,
          snoozed_until: until,
          message: "Ask again",
          user_ids: [profile.id],
        }),
      );
      expect(made).toMatchObject({
        object_type: "conversation",
        object_id: id,
        conversation_ids: [id],
        snoozed_until: until,
        message: "Ask again",
        created_by: profile.id,
        users: [{ id: profile.id, name: profile.available_name }],
      });
      expect(valueOf(await rest.listSnoozesOf(accountId, id))).toEqual([made]);
      const last = () => heard["conversation:updated"].at(-1);
      await vi.waitFor(() =>
        expect(last()).toMatchObject({ id, status: "snoozed", snoozed_until: until }),
      );
      const seq = last()?.seq ?? 0;
      const change = { message: "Ask once more", user_ids: [] };
      expect(valueOf(await rest.updateSnooze(accountId, made.id, change))).toEqual({
        ...made,
        message: "Ask once more",
        users: [],
      });
      // A note alone moves nothing in the conversation, and is told all the same.
      await vi.waitFor(() => expect(last()?.seq).toBeGreaterThan(seq));
      const moved = await rest.updateSnooze(accountId, made.id, { snoozed_until: null });
      expect(valueOf(moved)).toMatchObject({ snoozed_until: null, message: "Ask once more" });
      valueOf(await rest.deleteSnooze(accountId, made.id));
      await vi.waitFor(() => expect(last()).toMatchObject({ status: "open" }));
      expect(valueOf(await rest.listSnoozesOf(accountId, id))).toEqual([]);
      const missing = { ok: false, error: { code: "not_found" } };
      expect(await rest.deleteSnooze(accountId, made.id)).toMatchObject(missing);
      expect(await rest.updateSnooze(accountId, made.id, change)).toMatchObject(missing);
    });

    it("of a contact keeps all of his asleep that is not resolved", async () => {
      const { rest, accountId, visitor } = await connectTo(await open());
      const first = await visitor.start("Hello");
      const { sender } = valueOf(await rest.getConversation(accountId, first)).meta;
      const made = valueOf(
        await rest.createSnooze(accountId, {
          object_type: "contact",
          object_id: sender.id,
          snoozed_until: null,
          message: null,
          user_ids: [],
        }),
      );
      expect(made).toMatchObject({ object_type: "contact", object_id: sender.id });
      expect(valueOf(await rest.listSnoozesOf(accountId, first))).toEqual([made]);
      await visitor.write(first, "Here I am");
      expect(valueOf(await rest.listSnoozesOf(accountId, first))).toEqual([]);
      expect(valueOf(await rest.getConversation(accountId, first)).status).toBe("open");
    });

    it("is made by the status, too, and refuses what has passed", async () => {
      const { rest, accountId, visitor } = await connectTo(await open());
      const id = await visitor.start("Hello");
      const snoozed_until = inAnHour();
      valueOf(await rest.toggleStatus(accountId, id, { status: "snoozed", snoozed_until }));
      const [made] = valueOf(await rest.listSnoozesOf(accountId, id));
      expect(made).toMatchObject({ snoozed_until, message: null, users: [] });
      const past = {
        object_type: "conversation",
        object_id: id,
        snoozed_until: 1,
        message: null,
        user_ids: [],
      } as const;
      expect(await rest.createSnooze(accountId, past)).toMatchObject({
        ok: false,
        error: { code: "invalid" },
      });
      const nobody = { ...past, object_id: 999, snoozed_until };
      expect(await rest.createSnooze(accountId, nobody)).toMatchObject({
        ok: false,
        error: { code: "not_found" },
      });
    });
  });
}
