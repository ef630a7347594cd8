// An app in a process of its own, for a test to kill: `app-to-kill.ts <connection string>` says where it listens.
import { tmpdir } from "node:os";
import path from "node:path";
import pino from "pino";
import { createApp } from "../app.ts";
import { connectDatabase } from "../database/connection.ts";

const [connectionString = ""] = process.argv.slice(2);
const log = pino({ level: "error" }, pino.destination(2));
const app = await createApp({
  config: {
    host: "127.0.0.1",
    port: 0,
    publicUrl: "http://parlor.test",
    dataDirectory: path.join(tmpdir(), "parlor-test"),
    secret: "a secret for tests, 32 characters",
    allowPrivateAddresses: ["127.0.0.1"],
    logLevel: "error",
  },
  database: await connectDatabase({ connectionString, log }),
  log,
  clock: () => new Date(),
  webDirectory: path.join(tmpdir(), "no-such-folder"),
});
process.stdout.write(await app.listen({ host: "127.0.0.1", port: 0 }));
