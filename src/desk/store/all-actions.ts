// Everything that an agent does to a conversation, over one way back.
import type { AgentRest } from "../../client/agent-transport.ts";
import { createAttributeActions } from "./actions-attributes.ts";
import { createSnoozeActions } from "./actions-snooze.ts";
import { createActions } from "./actions.ts";
import type { Counts } from "./counts.ts";
import type { ConversationRecords } from "./records.ts";
import type { Toasts } from "./toasts.ts";
import { createWayBack } from "./way-back.ts";

interface Deps {
  rest: AgentRest;
  accountId: number;
  agentId: number;
  records: ConversationRecords;
  toasts: Toasts;
  counts: Counts;
}

export function createAllActions({ agentId, counts, ...deps }: Deps) {
  const common = { ...deps, onAnswered: () => counts.refreshSoon() };
  const acting = { ...common, wayBack: createWayBack({ ...common, agentId }) };
  return {
    ...createActions(acting),
    ...createAttributeActions(acting),
    ...createSnoozeActions(acting),
  };
}
