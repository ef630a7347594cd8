// What an agent's question to a list means: which conversations it may find at all (seed 003, row 31).
import { and, eq, sql } from "drizzle-orm";
import type { ListConversations } from "../../protocol/requests.ts";
import { success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import type { AgentIdentity } from "../agents/agents.ts";
import { visibleInboxIds } from "../agents/agents.ts";
import { isReachedBy } from "../agents/permissions.ts";
import type { Database } from "../database/connection.ts";
import { conversations } from "../database/conversation-tables.ts";
import { isTeamOf, notFound } from "./find.ts";
import type { ListFilter } from "./list-queries.ts";
import { hasWords, searchWords } from "./search.ts";

type ListQuestion = Omit<ListConversations, "page" | "assignee_type" | "sort_by"> &
  Partial<Pick<ListConversations, "assignee_type" | "sort_by">>;

/**
 * What this agent's question may find. An inbox that he may not see holds nothing for him; a search
 * looks through every status. Errors: `not_found` (the team).
 */
export async function filterFor(
  db: Database,
  agent: AgentIdentity,
  query: ListQuestion,
): Promise<Result<ListFilter>> {
  const { accountId, userId } = agent;
  const { team_id: teamId } = query;
  const isSearch = query.q !== undefined && query.q !== "";
  const [isTeam, visible] = await Promise.all([
    teamId === undefined || isTeamOf(db, accountId, teamId),
    visibleInboxIds(db, agent),
  ]);
  if (!isTeam) return notFound();
  const asked = query.inbox_id;
  const inboxIds =
    asked === undefined ? visible : visible === undefined || visible.includes(asked) ? [asked] : [];
  const labels = query.labels ?? [];
  return success({
    accountId,
    userId,
    inboxIds,
    assignee_type: query.assignee_type ?? "all",
    status: isSearch ? "all" : query.status,
    sortBy: query.sort_by,
    also: and(
      isReachedBy(agent),
      teamId === undefined ? undefined : eq(conversations.team_id, teamId),
      labels.length === 0 ? undefined : hasOneOf(labels),
      isSearch ? hasWords(accountId, searchWords(query.q ?? "")) : undefined,
    ),
  });
}

/** Said as in the index's own condition. */
const hasOneOf = (labels: string[]) =>
  sql`(${conversations.labels} <> '{}' and ${conversations.labels} && ${sql.param(labels)}::text[])`;
