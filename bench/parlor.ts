// Parlor as a contender: the built server in a process of its own, visitors and an agent as its clients.
import { Pool } from "pg";
import { io } from "socket.io-client";
import type { Socket } from "socket.io-client";
import { PROTOCOL_VERSION } from "../src/protocol/limits.ts";
import { applicationPaths } from "../src/protocol/paths.ts";
import { AGENT_NAMESPACE, SOCKET_PATH, VISITOR_NAMESPACE } from "../src/protocol/path-parts.ts";
import type { Inbox, Message, Profile, PublicConversation } from "../src/protocol/records.ts";
import type { Result } from "../src/protocol/result.ts";
import { startServerProcess } from "../src/server/test-kit/process.ts";
import type { Contender } from "./contender.ts";
import { createMemoryProbe } from "./server-memory.ts";

export const administrator = { email: "bench@example.com", password: "a long bench password" };

export interface ParlorOptions {
  databaseUrl: string;
  env?: Record<string, string>;
}

function accepted<Value>(result: Result<Value>): Value {
  if (!result.ok) throw new Error(`Parlor refused: ${result.error.code} ${result.error.message}`);
  return result.data;
}

async function signIn(url: string): Promise<{ pubsubToken: string; inboxId: number }> {
  const answer = await fetch(url + applicationPaths.signIn(), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(administrator),
  });
  const profile = (await answer.json()) as Profile;
  const inboxes = (await fetch(url + applicationPaths.inboxes(profile.account_id), {
    headers: { api_access_token: profile.access_token },
  }).then((response) => response.json())) as Inbox[];
  const inbox = inboxes[0];
  if (!inbox) throw new Error("Parlor's first start made no inbox");
  return { pubsubToken: profile.pubsub_token, inboxId: inbox.id };
}

/**
 * Makes contacts with their tokens. By SQL, since the public door rightly slows down one address that
 * makes thousands of visitors.
 */
async function createVisitors(pool: Pool, inboxId: number, count: number): Promise<string[]> {
  const { rows } = await pool.query<{ pubsub_token: string }>(
    `with made as (
       insert into contacts (account_id)
       select account_id from inboxes, generate_series(1, $2) where id = $1
       returning id
     )
     insert into contact_inboxes (contact_id, inbox_id, source_id, pubsub_token)
     select id, $1, gen_random_uuid(), replace(gen_random_uuid()::text, '-', '') from made
     returning pubsub_token`,
    [inboxId, count],
  );
  return rows.map((row) => row.pubsub_token);
}

/** Starts the built server over a database that it may fill. */
export async function startParlor(options: ParlorOptions): Promise<Contender & { url: string }> {
  const probe = createMemoryProbe();
  const server = await startServerProcess({
    env: {
      ...probe.env,
      ...options.env,
      DATABASE_URL: options.databaseUrl,
      LOG_LEVEL: "warn",
      PARLOR_ADMIN_EMAIL: administrator.email,
      PARLOR_ADMIN_PASSWORD: administrator.password,
    },
  });
  const pool = new Pool({ connectionString: options.databaseUrl, max: 1 });
  const { pubsubToken, inboxId } = await signIn(server.url);
  const sockets: Socket[] = [];

  async function connect(namespace: string, token: string): Promise<Socket> {
    const socket = io(server.url + namespace, {
      path: SOCKET_PATH,
      transports: ["websocket"],
      forceNew: true,
      auth: { protocol: PROTOCOL_VERSION, pubsub_token: token },
    });
    sockets.push(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once("connect", resolve).once("connect_error", reject);
    });
    return socket;
  }

  async function connectVisitors(count: number): Promise<Socket[]> {
    const tokens = await createVisitors(pool, inboxId, count);
    return Promise.all(tokens.map((token) => connect(VISITOR_NAMESPACE, token)));
  }

  function disconnect(): void {
    for (const socket of sockets.splice(0)) socket.disconnect();
  }

  return {
    name: "Parlor",
    url: server.url,
    async connectTalkers(count) {
      const connected = await connectVisitors(count);
      return Promise.all(
        connected.map(async (socket) => {
          const { id } = accepted(
            (await socket.emitWithAck("conversation:start", {
              echo_id: crypto.randomUUID(),
            })) as Result<PublicConversation>,
          );
          return {
            async send(content: string) {
              const input = { conversation_id: id, content, echo_id: crypto.randomUUID() };
              accepted((await socket.emitWithAck("message:send", input)) as Result<Message>);
            },
          };
        }),
      );
    },
    async connectAgent(heard) {
      const socket = await connect(AGENT_NAMESPACE, pubsubToken);
      socket.on("message:created", ({ message }: { message: Message }) => {
        if (message.content !== null) heard(message.content);
      });
    },
    async connectIdle(count) {
      await connectVisitors(count);
    },
    memory: () => probe.ask(server.pid),
    disconnect,
    async stop() {
      disconnect();
      await pool.end();
      await server.stop();
      probe.close();
    },
  };
}
