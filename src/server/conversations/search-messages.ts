// Searching what was written, and by whom: conversations, each with the message that the words were found in.
import { and, desc, eq, inArray } from "drizzle-orm";
import type { Conversation, Message } from "../../protocol/records.ts";
import { success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import type { AgentIdentity } from "../agents/agents.ts";
import type { Database } from "../database/connection.ts";
import { conversations, messages } from "../database/tables.ts";
import { lastMessages } from "../messages/queries.ts";
import type { RoomDeps } from "../room.ts";
import { filterFor } from "./list-filter.ts";
import { listConversations } from "./lists.ts";
import { messageHasWords, searchWords } from "./search.ts";

export interface FoundMessages {
  /** Of conversations, on all pages. */
  total: number;
  found: { conversation: Conversation; message: Message }[];
}

/** A page of the conversations that this agent may see, in every status. Errors: none of its own. */
export async function searchMessages(
  deps: Pick<RoomDeps, "db" | "clock">,
  agent: AgentIdentity,
  { q, page }: { q: string; page: number },
): Promise<Result<FoundMessages>> {
  const filter = await filterFor(deps.db, agent, { q, status: "all" });
  if (!filter.ok) return filter;
  const { total, payload } = await listConversations(deps, filter.data, page);
  const words = await searchWords(deps.db, q);
  const byId = await latestWith(deps.db, agent.accountId, words, payload);
  const found = payload.flatMap((conversation) => {
    // The last one, where the words are those of the contact.
    const message = byId.get(conversation.id) ?? conversation.messages.at(-1);
    // Deleted since the page was found.
    return message ? [{ conversation, message }] : [];
  });
  return success({ total, found });
}

/** The latest message with the words, by its conversation's number. */
async function latestWith(
  db: Database,
  accountId: number,
  words: string | null,
  among: readonly Conversation[],
): Promise<Map<number, Message>> {
  if (words === null || among.length === 0) return new Map();
  const displayIds = among.map(({ id }) => id);
  const rows = await db
    .selectDistinctOn([messages.conversation_id], {
      id: messages.id,
      displayId: conversations.display_id,
    })
    .from(messages)
    .innerJoin(conversations, eq(conversations.id, messages.conversation_id))
    .where(
      and(
        eq(conversations.account_id, accountId),
        inArray(conversations.display_id, displayIds),
        messageHasWords(words),
      ),
    )
    .orderBy(messages.conversation_id, desc(messages.seq));
  const records = await lastMessages(db, rows);
  return new Map([...records.values()].map((message) => [message.conversation_id, message]));
}
