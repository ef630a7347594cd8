// Stores the usual messages of all visitors: at once when it is quiet, together when many write. What
// arrives while others are being stored goes with the next statement, so that a rush shares its commits.
import type { Pool, QueryResultRow } from "pg";
import { databaseErrorOf } from "../database/errors.ts";
import { createUsualMessage } from "./create-usual-message-sql.ts";
import { createUsualMessages } from "./create-usual-messages-sql.ts";
import type { CreatedRow } from "./created-message.ts";

/** Parameters of the statement, in its order. */
export type UsualMessageValues = [
  contactInboxId: number,
  accountId: number,
  displayId: number,
  content: string | null,
  echoId: string | null,
  sentAt: string,
  contentTree: string | null,
];

export interface UsualMessages {
  /**
   * Answers the stored message's row, or undefined when the case is not usual: nothing is stored then.
   * Rejects as a statement of its own would, such as for a repeated echo id.
   */
  store(values: UsualMessageValues): Promise<CreatedRow | undefined>;
}

/** While one statement waits for its commit, the next may do its work. */
const STATEMENTS_MAX = 2;
const MESSAGES_PER_STATEMENT_MAX = 64;

const parameters = [0, 1, 2, 3, 4, 5, 6] as const;

/** A row as JSON tells of it. */
type Stored = {
  [Key in keyof CreatedRow]: CreatedRow[Key] extends Date
    ? string
    : CreatedRow[Key] extends Date | null
      ? string | null
      : CreatedRow[Key];
};

interface Answer extends QueryResultRow {
  stored: Omit<Stored, "line_id" | "previous_status">;
}

interface AnswerOfMany extends Answer {
  /** Which of the entries it is, counted from 1. */
  position: number;
}

interface Entry {
  values: UsualMessageValues;
  resolve: (row: CreatedRow | undefined) => void;
  reject: (error: unknown) => void;
}

/** One statement changes a row once: of each conversation only the first message goes with it. */
function takeBatch(waiting: Entry[]): Entry[] {
  const batch: Entry[] = [];
  const conversations = new Set<string>();
  for (let index = 0; index < waiting.length && batch.length < MESSAGES_PER_STATEMENT_MAX;) {
    const entry = waiting[index];
    const key = entry && `${entry.values[1]}/${entry.values[2]}`;
    if (!entry || !key || conversations.has(key)) {
      index += 1;
      continue;
    }
    conversations.add(key);
    batch.push(entry);
    waiting.splice(index, 1);
  }
  return batch;
}

const timeOf = (text: string | null) => (text === null ? null : new Date(text));

function rowOf({ stored }: Answer): CreatedRow {
  return {
    // It opens nothing: what is open stays so.
    previous_status: stored.status,
    line_id: null,
    ...stored,
    snoozed_until: timeOf(stored.snoozed_until),
    waiting_since: timeOf(stored.waiting_since),
    first_reply_created_at: timeOf(stored.first_reply_created_at),
    last_activity_at: new Date(stored.last_activity_at),
    agent_last_seen_at: timeOf(stored.agent_last_seen_at),
  };
}

export function createUsualMessageStore({ pool }: { pool: Pool }): UsualMessages {
  const waiting: Entry[] = [];
  let running = 0;

  async function storeOne({ values, resolve, reject }: Entry): Promise<void> {
    try {
      const { rows } = await pool.query<Answer>({ values, ...createUsualMessage });
      resolve(rows[0] && rowOf(rows[0]));
    } catch (error) {
      reject(error);
    }
  }

  async function storeTogether(batch: Entry[]): Promise<void> {
    const lists = parameters.map((at) => batch.map((entry) => entry.values[at]));
    try {
      const { rows } = await pool.query<AnswerOfMany>({ values: lists, ...createUsualMessages });
      const found = new Map(rows.map((answer) => [answer.position, rowOf(answer)]));
      for (const [index, entry] of batch.entries()) entry.resolve(found.get(index + 1));
    } catch (error) {
      // What the database objects to in one of them must not fail the others.
      if (databaseErrorOf(error)) await Promise.all(batch.map(storeOne));
      else for (const entry of batch) entry.reject(error);
    }
  }

  function next(): void {
    while (running < STATEMENTS_MAX && waiting.length > 0) {
      const batch = waiting.length === 1 ? waiting.splice(0) : takeBatch(waiting);
      const [only] = batch;
      running += 1;
      const done = batch.length === 1 && only ? storeOne(only) : storeTogether(batch);
      void done.finally(() => {
        running -= 1;
        next();
      });
    }
  }

  return {
    store: (values) =>
      new Promise((resolve, reject) => {
        waiting.push({ values, resolve, reject });
        next();
      }),
  };
}
