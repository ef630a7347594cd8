// Searching what was written, and by whom: conversations, each with the message that the words were found in.
import { and, desc, eq, inArray } from "drizzle-orm";
import type { Conversation, Message } from "../../protocol/records.ts";
import { success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import type { AgentIdentity } from "../agents/agents.ts";
import type { Database } from "../database/connection.ts";
import { conversations } from "../database/conversation-tables.ts";
import { messages } from "../database/message-tables.ts";
import { messageColumns, messageRecord } from "../messages/records.ts";
import type { RoomDeps } from "../room.ts";
import { filterFor } from "./list-filter.ts";
import { loadConversations, readPage } from "./lists.ts";
import { messageHasWords } from "./search.ts";

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
  const words = filter.data.words ?? null;
  const { total, payload } = await readPage(deps.db, filter.data, page, async (ids) => {
    const [conversations, latest] = await Promise.all([
      loadConversations(deps, ids),
      latestWith(deps.db, words, ids),
    ]);
    return conversations.flatMap((conversation) => {
      // The last one, where the words are those of the contact.
      const message = latest.get(conversation.id) ?? conversation.messages.at(-1);
      // Deleted since the page was found.
      return message ? [{ conversation, message }] : [];
    });
  });
  return success({ total, found: payload });
}

/** The latest message with the words, by its conversation's number. */
async function latestWith(
  db: Database,
  words: string | null,
  ids: number[],
): Promise<Map<number, Message>> {
  if (words === null || ids.length === 0) return new Map();
  const rows = await db
    .selectDistinctOn([messages.conversation_id], {
      ...messageColumns,
      displayId: conversations.display_id,
    })
    .from(messages)
    .innerJoin(conversations, eq(conversations.id, messages.conversation_id))
    .where(and(inArray(messages.conversation_id, ids), messageHasWords(words)))
    .orderBy(messages.conversation_id, desc(messages.seq));
  return new Map(rows.map(({ displayId, ...row }) => [displayId, messageRecord(row, displayId)]));
}
