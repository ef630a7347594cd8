// A process that takes every job and never ends one, until it is killed: `dying-worker.ts <connection string>`.
import pino from "pino";
import { connectDatabase } from "../database/connection.ts";
import { createJobs } from "./jobs.ts";

const [connectionString = ""] = process.argv.slice(2);
const log = pino({ level: "error" }, pino.destination(2));
const { pool } = await connectDatabase({ connectionString, log });
const jobs = createJobs({ pool, log });
jobs.handle("webhook-deliveries:prune", () => {
  process.stdout.write("taken\n");
  return new Promise(() => {});
});
await jobs.start();
process.stdout.write("ready\n");
