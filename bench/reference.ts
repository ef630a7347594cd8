// The reference as a contender: its process and its clients.
import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import { io } from "socket.io-client";
import type { Socket } from "socket.io-client";
import type { Contender } from "./contender.ts";
import type { ReferenceMessage } from "./reference-protocol.ts";
import { createMemoryProbe } from "./server-memory.ts";

export interface ReferenceOptions {
  databaseUrl: string;
  poolSize: number;
}

/** Starts the bare server in a process of its own. */
export async function startReference(options: ReferenceOptions): Promise<Contender> {
  const probe = createMemoryProbe();
  const child = spawn(
    process.execPath,
    ["--import", "tsx", path.join(import.meta.dirname, "reference-server.ts")],
    {
      stdio: ["ignore", "pipe", "inherit"],
      env: {
        ...process.env,
        ...probe.env,
        DATABASE_URL: options.databaseUrl,
        POOL_SIZE: String(options.poolSize),
      },
    },
  );
  const lines = createInterface({ input: child.stdout });
  const [line] = (await once(lines, "line")) as [string];
  const { port } = JSON.parse(line) as { port: number };
  const sockets: Socket[] = [];

  async function connect(role: "agent" | "visitor"): Promise<Socket> {
    const socket = io(`http://127.0.0.1:${port}`, {
      transports: ["websocket"],
      forceNew: true,
      auth: { role },
    });
    sockets.push(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once("connect", resolve).once("connect_error", reject);
    });
    return socket;
  }

  function disconnect(): void {
    for (const socket of sockets.splice(0)) socket.disconnect();
  }

  return {
    name: "bare Socket.IO",
    async connectTalkers(count) {
      const connected = await Promise.all(Array.from({ length: count }, () => connect("visitor")));
      return connected.map((socket) => ({
        async send(content) {
          const message: ReferenceMessage = { content, echo_id: crypto.randomUUID() };
          await socket.emitWithAck("message:send", message);
        },
      }));
    },
    async connectAgent(heard) {
      const socket = await connect("agent");
      socket.on("message:created", ({ content }: ReferenceMessage) => heard(content));
    },
    async connectIdle(count) {
      await Promise.all(Array.from({ length: count }, () => connect("visitor")));
    },
    memory: () => probe.ask(child.pid ?? 0),
    disconnect,
    async stop() {
      disconnect();
      const exited = once(child, "exit");
      child.kill();
      await exited;
      probe.close();
    },
  };
}
