// How the processes of one installation reach each other's sockets.
import { createAdapter as createPostgresAdapter } from "@socket.io/postgres-adapter";
import { createAdapter as createRedisAdapter } from "@socket.io/redis-streams-adapter";
import { Pool } from "pg";
import type { PoolClient } from "pg";
import { createClient } from "redis";
import type { Server } from "socket.io";
import { AGENT_NAMESPACE, VISITOR_NAMESPACE } from "../../protocol/path-parts.ts";
import type { Config } from "../config.ts";
import { describeError } from "../describe-error.ts";
import type { Log } from "../log.ts";
import { openListener } from "./listener.ts";
import { notifyingTogether } from "./notify-together.ts";

type AdapterFactory = Parameters<Server["adapter"]>[0];

export interface ClusterAdapter {
  /** Undefined with the embedded database: there is one process, and memory serves. */
  factory: AdapterFactory | undefined;
  /** After the namespaces are closed. */
  close(): Promise<void>;
}

/** How often a process shows the others that it is there. */
export const CLUSTER_HEARTBEAT_MS = 2_000;
/** One connection listens for good, the others publish. */
const POSTGRES_CONNECTIONS_MAX = 4;
const CHANNEL_PREFIX = "parlor";

export interface ClusterAdapterDeps {
  config: Pick<Config, "redisUrl" | "databaseUrl">;
  log: Log;
  heartbeatMs: number;
  /** This process did not hear the others for a while, and does so again. */
  onMissed: () => void;
}

/**
 * Redis when it is configured, else the database that all share.
 * @throws when they cannot be reached at start
 */
export async function createClusterAdapter(deps: ClusterAdapterDeps): Promise<ClusterAdapter> {
  const { redisUrl, databaseUrl } = deps.config;
  // What was said in Redis's streams can be read later: nothing is missed.
  if (redisUrl) return await overRedis(redisUrl, deps.log);
  if (databaseUrl) return await overPostgres(databaseUrl, deps);
  return { factory: undefined, close: async () => {} };
}

const lost = (log: Log, event: string) => (error: unknown) =>
  log.warn({ event, error: describeError(error) }, "connection lost");

async function overRedis(url: string, log: Log): Promise<ClusterAdapter> {
  const client = createClient({ url });
  client.on("error", lost(log, "realtime:redis_lost"));
  await client.connect();
  return {
    factory: createRedisAdapter(client, { onlyPlaintext: true }) as AdapterFactory,
    async close() {
      client.destroy();
    },
  };
}

async function overPostgres(
  connectionString: string,
  { log, heartbeatMs, onMissed }: ClusterAdapterDeps,
): Promise<ClusterAdapter> {
  const warn = lost(log, "realtime:postgres_lost");
  const pool = new Pool({
    connectionString,
    max: POSTGRES_CONNECTIONS_MAX,
    application_name: "parlor-realtime",
    keepAlive: true,
    // What processes call to each other need not survive them: no broadcast waits for the disk.
    verify(client: PoolClient, done: (error?: Error) => void) {
      client.query("set synchronous_commit = off", (error) => done(error));
    },
  });
  // A connection that breaks while nobody listens for it would end the process: in the pool, and lent.
  pool.on("error", warn);
  pool.on("connect", (client) => void client.on("error", warn));
  const channels = [VISITOR_NAMESPACE, AGENT_NAMESPACE].map((name) => `${CHANNEL_PREFIX}#${name}`);
  const listener = await openListener({ pool, channels, onAgain: onMissed });
  // All that the adapter asks of a pool.
  const asked = { connect: () => listener.connect(), query: notifyingTogether(pool) };
  const create = createPostgresAdapter(asked as unknown as Pool, {
    tableName: "socket_io_attachments",
    channelPrefix: CHANNEL_PREFIX,
    errorHandler: warn,
    heartbeatInterval: heartbeatMs,
    heartbeatTimeout: 5 * heartbeatMs,
  });
  // Socket.IO calls it with `new`, which no arrow function allows.
  function factory(namespace: unknown): unknown {
    return quietWhileAlone(create(namespace), 3 * heartbeatMs);
  }
  return {
    factory: factory as unknown as AdapterFactory,
    close() {
      listener.close();
      return pool.end();
    },
  };
}

/** The part of an adapter that speaks with the other processes: documented hooks of its class. */
interface ClusterPart {
  serverCount(): Promise<number>;
  doPublish(message: { data?: unknown }): Promise<string>;
  onMessage(message: unknown, offset?: string): void;
  broadcast(packet: unknown, options: { flags?: object }): Promise<void>;
}

/**
 * A broadcast to other processes costs a transaction and a database-wide lock. Heartbeats tell of
 * them; they, and what is said before they could have told, go out always, all else only to somebody.
 * To nobody else, a broadcast goes out before anything else happens in this process.
 */
function quietWhileAlone(adapter: unknown, trustAfterMs: number): unknown {
  const part = adapter as ClusterPart;
  const publish = part.doPublish.bind(part);
  const receive = part.onMessage.bind(part);
  const broadcast = part.broadcast.bind(part);
  const trustAt = performance.now() + trustAfterMs;
  let isAlone = false;
  let heardCount = 0;
  /** Broadcasts that still go to others first: none may overtake them. */
  let underWay = 0;

  async function look(): Promise<void> {
    const before = heardCount;
    const count = await part.serverCount();
    if (before === heardCount) isAlone = count <= 1 && performance.now() >= trustAt;
  }

  part.onMessage = (message, offset) => {
    heardCount += 1;
    isAlone = false;
    receive(message, offset);
    void look();
  };
  part.doPublish = async (message) => {
    const isHeartbeat = message.data === undefined;
    await look();
    return isHeartbeat || !isAlone ? await publish(message) : "";
  };
  part.broadcast = async (packet, options) => {
    if (isAlone && underWay === 0) {
      return broadcast(packet, { ...options, flags: { ...options.flags, local: true } });
    }
    underWay += 1;
    try {
      await broadcast(packet, options);
    } finally {
      underWay -= 1;
    }
  };
  return adapter;
}
