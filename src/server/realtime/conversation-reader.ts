// Reads conversations for those who are to hear of a change: one at once when it is quiet, many together in a rush.
import { readDetailsById } from "../conversations/details.ts";
import type { ConversationDetails } from "../conversations/details.ts";
import type { RoomDeps } from "../room.ts";

const TOGETHER_MAX = 200;

export interface ConversationReader {
  /** As it is now, or later; undefined when it is gone. */
  read(conversationId: number): Promise<ConversationDetails | undefined>;
}

interface Asked {
  answer: Promise<ConversationDetails | undefined>;
  resolve: (details: ConversationDetails | undefined) => void;
  reject: (error: unknown) => void;
}

/** One query at a time: what is asked meanwhile goes with the next. */
export function createConversationReader({
  db,
  clock,
}: Pick<RoomDeps, "db" | "clock">): ConversationReader {
  const waiting = new Map<number, Asked>();
  let isReading = false;

  async function readAll(): Promise<void> {
    isReading = true;
    while (waiting.size > 0) {
      const batch = new Map([...waiting].slice(0, TOGETHER_MAX));
      for (const id of batch.keys()) waiting.delete(id);
      try {
        const found = await readDetailsById(db, clock(), [...batch.keys()]);
        for (const [id, { resolve }] of batch) resolve(found.get(id));
      } catch (error) {
        for (const { reject } of batch.values()) reject(error);
      }
    }
    isReading = false;
  }

  return {
    read(conversationId) {
      const asked = waiting.get(conversationId) ?? ask();
      waiting.set(conversationId, asked);
      if (!isReading) void readAll();
      return asked.answer;
    },
  };
}

function ask(): Asked {
  let resolve: Asked["resolve"] = () => {};
  let reject: Asked["reject"] = () => {};
  const answer = new Promise<ConversationDetails | undefined>((done, failed) => {
    resolve = done;
    reject = failed;
  });
  return { answer, resolve, reject };
}
