// Snoozes as the desk asks for them: made, found, changed, ended.
import { applicationPaths as paths } from "../protocol/paths.ts";
import type { Snooze } from "../protocol/records-snoozes.ts";
import type { Result } from "../protocol/result.ts";
import type { Rest } from "./rest.ts";

/** A null time lasts until the contact replies. */
export type NewSnooze = Pick<Snooze, "object_type" | "object_id" | "snoozed_until" | "message"> & {
  user_ids: readonly number[];
};

export interface AgentSnoozesRest {
  /** Takes the place of whatever keeps it asleep. */
  createSnooze(accountId: number, snooze: NewSnooze): Promise<Result<Snooze>>;
  /** What keeps this conversation asleep, perhaps a snooze of its contact: one or none. */
  listSnoozesOf(accountId: number, conversationId: number): Promise<Result<Snooze[]>>;
  /** What is missing stays. Its maker's and administrators' alone. */
  updateSnooze(
    accountId: number,
    snoozeId: number,
    change: Partial<Pick<NewSnooze, "snoozed_until" | "message" | "user_ids">>,
  ): Promise<Result<Snooze>>;
  /** Opens everything that it keeps asleep. Its maker's and administrators' alone. */
  deleteSnooze(accountId: number, snoozeId: number): Promise<Result<null>>;
}

/** The calls, over whatever sends one. */
export function createAgentSnoozesRest(call: Rest): AgentSnoozesRest {
  return {
    createSnooze: (account, body) => call("POST", paths.snoozes(account), { body }),
    listSnoozesOf: (account, conversation_id) =>
      call("GET", paths.snoozes(account), { query: { conversation_id } }),
    updateSnooze: (account, snooze, body) => call("PATCH", paths.snooze(account, snooze), { body }),
    deleteSnooze: (account, snooze) => call("DELETE", paths.snooze(account, snooze)),
  };
}
