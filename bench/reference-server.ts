// The bare reference: Socket.IO that stores each message by one durable INSERT, then hands it on.
// A process of its own, started by main.ts; prints one line of JSON when it listens.
import { createServer } from "node:http";
import { Pool } from "pg";
import { Server } from "socket.io";
import type { ReferenceMessage } from "./reference-protocol.ts";

const pool = new Pool({
  connectionString: process.env["DATABASE_URL"],
  max: Number(process.env["POOL_SIZE"]),
});
await pool.query(`create table reference_messages (
  id bigint generated always as identity primary key,
  content text not null,
  echo_id text not null,
  created_at timestamptz not null default now()
)`);

const http = createServer();
const io = new Server(http, { transports: ["websocket"] });

io.on("connection", (socket) => {
  if (socket.handshake.auth["role"] === "agent") void socket.join("agents");
  socket.on("message:send", async (input: ReferenceMessage, acknowledge: (id: string) => void) => {
    const { rows } = await pool.query<{ id: string }>(
      "insert into reference_messages (content, echo_id) values ($1, $2) returning id",
      [input.content, input.echo_id],
    );
    io.to("agents").emit("message:created", input);
    acknowledge(rows[0]?.id ?? "");
  });
});

http.listen(0, "127.0.0.1", () => {
  const address = http.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  console.log(JSON.stringify({ port: address.port }));
});
