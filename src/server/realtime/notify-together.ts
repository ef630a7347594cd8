// Calls between processes, many by one statement: each NOTIFY by itself is a transaction, and one after the
// other they wait for a lock of the whole server.
import type { Pool } from "pg";

/** As Socket.IO's adapter asks for it. */
const ONE = "SELECT pg_notify($1, $2)";
const MANY = {
  name: "notify_together",
  text: `select pg_notify(channel, payload)
    from unnest($1::text[], $2::text[]) with ordinality as call(channel, payload, position)
    order by position`,
};
const CALLS_MAX = 200;

interface Call {
  values: [channel: string, payload: string];
  resolve: () => void;
  reject: (error: unknown) => void;
}

/** Queries as the pool does, but notifications go together with those that come while others are on their way. */
export function notifyingTogether(
  pool: Pool,
): (text: string, values?: unknown[]) => Promise<unknown> {
  const waiting: Call[] = [];
  let isSending = false;

  async function sendAll(): Promise<void> {
    isSending = true;
    while (waiting.length > 0) {
      const calls = waiting.splice(0, CALLS_MAX);
      const values = [0, 1].map((at) => calls.map((call) => call.values[at]));
      try {
        await pool.query({ ...MANY, values });
        for (const call of calls) call.resolve();
      } catch (error) {
        for (const call of calls) call.reject(error);
      }
    }
    isSending = false;
  }

  return (text, values) => {
    if (text !== ONE) return pool.query(text, values);
    return new Promise<void>((resolve, reject) => {
      waiting.push({ values: values as Call["values"], resolve, reject });
      if (!isSending) void sendAll();
    });
  };
}
