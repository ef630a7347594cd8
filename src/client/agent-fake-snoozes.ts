// The part of the desk's fake server that remembers who has put what to sleep.
import type { Snooze } from "../protocol/records-snoozes.ts";
import { failure, success } from "../protocol/result.ts";
import type { AgentSnoozesRest } from "./agent-snoozes.ts";
import type { FakeWorld } from "./agent-fake-workspace.ts";

const missing = () => failure("not_found", "Resource could not be found");

/** Creates the answers, with what they remember. */
export function createFakeSnoozes({ agents, selfId, conversations, change, now }: FakeWorld) {
  const snoozes = new Map<number, Snooze>();
  /** Which snooze has put a conversation to sleep last; it says nothing of one that is awake. */
  const sleepers = new Map<number, number>();
  let lastId = 0;

  const usersOf = (ids: readonly number[]) =>
    ids.flatMap((id) => {
      const agent = agents.find((one) => one.id === id);
      return agent ? [{ id, name: agent.available_name, email: agent.email }] : [];
    });
  const asleep = (snoozeId: number) =>
    [...conversations.values()]
      .filter(({ id, status }) => status === "snoozed" && sleepers.get(id) === snoozeId)
      .map(({ id }) => id);

  /** Undefined: it is over. */
  function record(snoozeId: number): Snooze | undefined {
    const conversation_ids = asleep(snoozeId);
    const snooze = snoozes.get(snoozeId);
    return snooze && conversation_ids.length > 0 ? { ...snooze, conversation_ids } : undefined;
  }

  function remember(
    snooze: Omit<Snooze, "id" | "account_id" | "conversation_ids" | "created_by" | "created_at">,
    ids: readonly number[],
  ): Snooze {
    lastId += 1;
    const made = {
      ...snooze,
      id: lastId,
      account_id: 1,
      conversation_ids: [...ids],
      created_by: selfId,
      created_at: Math.floor(now() / 1000),
    };
    snoozes.set(lastId, made);
    for (const id of ids) {
      sleepers.set(id, lastId);
      change(id, { status: "snoozed", snoozed_until: snooze.snoozed_until });
    }
    return made;
  }

  const answers: AgentSnoozesRest = {
    async createSnooze(_, { object_type, object_id, snoozed_until, message, user_ids }) {
      const ids = [...conversations.values()]
        .filter(({ id, status, meta }) =>
          object_type === "conversation"
            ? id === object_id
            : meta.sender.id === object_id && status !== "resolved",
        )
        .map(({ id }) => id);
      const contact_id = conversations.get(ids[0] ?? 0)?.meta.sender.id;
      if (contact_id === undefined) return missing();
      if (snoozed_until !== null && snoozed_until * 1000 <= now()) {
        return failure("invalid", "must be in the future", { field: "snoozed_until" });
      }
      const users = usersOf(user_ids);
      const about = { object_type, object_id, contact_id, snoozed_until, users };
      return success(remember({ ...about, message: message || null }, ids));
    },
    async listSnoozesOf(_, id) {
      const snooze = conversations.get(id)?.status === "snoozed" && record(sleepers.get(id) ?? 0);
      return success(snooze ? [snooze] : []);
    },
    async updateSnooze(_, id, { snoozed_until, message, user_ids }) {
      const before = record(id);
      if (!before) return missing();
      snoozes.set(id, {
        ...before,
        ...(snoozed_until === undefined ? {} : { snoozed_until }),
        ...(message === undefined ? {} : { message: message || null }),
        ...(user_ids === undefined ? {} : { users: usersOf(user_ids) }),
      });
      for (const one of before.conversation_ids) {
        change(one, snoozed_until === undefined ? {} : { snoozed_until });
      }
      return success(record(id) ?? before);
    },
    async deleteSnooze(_, id) {
      if (!record(id)) return missing();
      for (const one of asleep(id)) change(one, { status: "open", snoozed_until: null });
      return success(null);
    },
  };

  return {
    answers,
    /** As an agent does who says no more than until when. */
    sleep(id: number, snoozed_until: number | null): void {
      const contact_id = conversations.get(id)?.meta.sender.id ?? 0;
      const about = { object_type: "conversation", object_id: id, contact_id } as const;
      remember({ ...about, snoozed_until, message: null, users: [] }, [id]);
    },
  };
}
