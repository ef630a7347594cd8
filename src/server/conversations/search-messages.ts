// Searching what was written, and by whom: conversations, each with the message that the words were found in.
import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { Conversation, Message } from "../../protocol/records.ts";
import { success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import type { AgentIdentity } from "../agents/agents.ts";
import { conversations } from "../database/conversation-tables.ts";
import { messages } from "../database/message-tables.ts";
import { messageRecord } from "../messages/records.ts";
import type { RoomDeps } from "../room.ts";
import { filterFor } from "./list-filter.ts";
import { listedRecord, readPage } from "./lists.ts";
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
  const { total, payload } = await readPage(deps, filter.data, page, latestWith(q));
  const found = payload.flatMap((details) => {
    const conversation = listedRecord(details);
    // The last one, where the words are those of the contact.
    const message = details.beside
      ? messageRecord(details.beside, conversation.id)
      : conversation.messages.at(-1);
    return message ? [{ conversation, message }] : [];
  });
  return success({ total, found });
}

/** The latest message of a conversation with the words. */
const latestWith = (typed: string): SQL =>
  sql`${messages}
    where ${messages.conversation_id} = ${conversations.id} and ${messageHasWords(searchWords(typed))}
    order by ${messages.seq} desc limit 1`;
