// A connection kept for one purpose, such as holding advisory locks: they live exactly as long as it does.
import type { Pool, QueryResult, QueryResultRow } from "pg";

export interface Session {
  /** Calls back for each notification on this channel. */
  listen: (channel: string, heard: () => void) => Promise<void>;
  query: <Row extends QueryResultRow>(
    text: string,
    values?: unknown[],
  ) => Promise<QueryResult<Row>>;
  /** Closes the connection, and with it gives back its locks. May be called twice. */
  close: () => void;
}

/**
 * Borrows a connection for good.
 * @param onLost called once if the connection ends before `close`
 */
export async function openSession(pool: Pool, onLost: () => void): Promise<Session> {
  const client = await pool.connect();
  let open = true;
  function close(): void {
    if (!open) return;
    open = false;
    client.release(true);
  }
  client.once("end", () => {
    if (!open) return;
    close();
    onLost();
  });
  // One statement at a time: the driver warns of more.
  let turn: Promise<unknown> = Promise.resolve();
  function query<Row extends QueryResultRow>(text: string, values?: unknown[]) {
    const answer = turn.then(() => client.query<Row>(text, values));
    turn = answer.catch(() => {});
    return answer;
  }
  return {
    query,
    async listen(channel, heard) {
      client.on("notification", (notification) => {
        if (notification.channel === channel) heard();
      });
      await query(`listen ${client.escapeIdentifier(channel)}`);
    },
    close,
  };
}
