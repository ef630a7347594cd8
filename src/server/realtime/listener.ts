// The connection over which a process hears the others: one at a time, and another when it is lost.
import type { Pool, PoolClient } from "pg";

export interface Listener {
  /** As Socket.IO's adapter asks for it: at first, and whenever one was lost. It never gives a lost one back. */
  connect(): Promise<PoolClient>;
  /** After the adapter has let go, or has not yet got what it asked for. */
  close(): void;
}

export interface ListenerDeps {
  pool: Pool;
  channels: string[];
  /** It hears again, and may have missed something. */
  onAgain: () => void;
}

/**
 * Resolves when the first connection listens.
 * @throws when the database cannot be reached
 */
export async function openListener({ pool, channels, onAgain }: ListenerDeps): Promise<Listener> {
  let current: PoolClient | undefined;
  let isClosed = false;

  pool.on("release", (_error, client) => {
    if (client === current) current = undefined;
  });

  /** Nobody hears of its end who would ask for another. */
  function dismiss(): void {
    current?.removeAllListeners("end");
    current?.release(true);
  }

  async function open(): Promise<PoolClient> {
    const client = await pool.connect();
    if (isClosed) {
      client.release(true);
      throw new Error("closed");
    }
    dismiss();
    current = client;
    client.once("end", () => {
      if (client === current) client.release(true);
    });
    // The adapter does so too, but one after the other, and does not say when it has.
    const all = channels.map((channel) => `listen ${client.escapeIdentifier(channel)}`);
    await client.query(all.join(";"));
    return client;
  }

  async function openAgain(): Promise<PoolClient> {
    const client = await open();
    onAgain();
    return client;
  }

  let first: PoolClient | undefined = await open();
  first.once("end", () => (first = undefined));

  return {
    async connect() {
      if (isClosed) return await never();
      const ready = first;
      first = undefined;
      if (ready) return ready;
      try {
        return await openAgain();
      } catch (error) {
        // What fails is asked for again, for ever.
        if (isClosed) return await never();
        throw error;
      }
    },
    close() {
      isClosed = true;
      dismiss();
    },
  };
}

function never(): Promise<never> {
  return new Promise(() => {});
}
