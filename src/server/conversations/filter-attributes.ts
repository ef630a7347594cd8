// What a filter may ask about conversations (seed 003, row 33).
import { and, sql } from "drizzle-orm";
import { conversationPriorities, conversationStatuses } from "../../protocol/lists.ts";
import type { FilterCondition } from "../../protocol/requests-filters.ts";
import { success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import type { AgentIdentity } from "../agents/agents.ts";
import { visibleInboxIds } from "../agents/agents.ts";
import { isReachedBy } from "../agents/permissions.ts";
import { conversations } from "../database/conversation-tables.ts";
import {
  containment,
  equality,
  idAttribute,
  labelsAttribute,
  presence,
  textAttribute,
  timeAttribute,
  wordAttribute,
} from "../filters/attributes.ts";
import type { FilterAttribute } from "../filters/attributes.ts";
import { compileFilter } from "../filters/compile.ts";
import { definedAttributes } from "../filters/defined-attributes.ts";
import type { RoomDeps } from "../room.ts";
import type { ListFilter } from "./list-queries.ts";

const additional = (key: string) => sql`(${conversations.additional_attributes} ->> ${key}::text)`;

const standard = new Map<string, FilterAttribute>([
  ["status", wordAttribute(conversations.status, conversationStatuses, { all: "all" })],
  ["priority", wordAttribute(conversations.priority, conversationPriorities)],
  ["browser_language", textAttribute(additional("browser_language"), equality)],
  ["conversation_language", textAttribute(additional("conversation_language"), equality)],
  ["country_code", textAttribute(additional("country_code"), equality)],
  ["assignee_id", idAttribute(conversations.assignee_id)],
  ["inbox_id", idAttribute(conversations.inbox_id)],
  ["team_id", idAttribute(conversations.team_id)],
  ["campaign_id", textAttribute(additional("campaign_id"), presence, { exact: true })],
  ["labels", labelsAttribute(conversations.labels)],
  ["display_id", idAttribute(conversations.display_id, containment)],
  ["referer", textAttribute(additional("referer"), containment)],
  ["mail_subject", textAttribute(additional("mail_subject"), containment)],
  ["created_at", timeAttribute(conversations.created_at)],
  ["last_activity_at", timeAttribute(conversations.last_activity_at)],
]);

/** What the conditions find among what this agent may see. Errors: `invalid`, as the compiler says. */
export async function filterOf(
  { db, clock }: Pick<RoomDeps, "db" | "clock">,
  agent: AgentIdentity,
  conditions: FilterCondition[],
): Promise<Result<ListFilter>> {
  const { accountId, userId } = agent;
  const { custom_attributes } = conversations;
  const model = "conversation_attribute";
  const [defined, inboxIds] = await Promise.all([
    // Only to be asked for when somebody asks about one.
    conditions.every(({ attribute_key: key }) => standard.has(key))
      ? new Map<string, FilterAttribute>()
      : definedAttributes(db, accountId, model, custom_attributes),
    visibleInboxIds(db, agent),
  ]);
  const also = compileFilter(conditions, { standard, defined }, clock());
  if (!also.ok) return also;
  return success({
    accountId,
    userId,
    inboxIds,
    status: "all",
    assignee_type: "all",
    also: and(isReachedBy(agent), also.data),
  });
}
