// The built server in a process of its own, over a folder of its own, with a known administrator.
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { applicationPaths } from "../../src/protocol/paths.ts";
import type { Inbox, Message, Profile } from "../../src/protocol/records.ts";
import { startServerProcess } from "../../src/server/test-kit/process.ts";
import type { Credentials } from "./agent.ts";
import { findFreePort } from "./ports.ts";

export interface Server {
  url: string;
  administrator: Credentials;
  /** Asks by REST, as the administrator; throws what is refused. */
  ask: <Value>(pathname: string, method?: string, body?: object) => Promise<Value>;
  /** What the first inbox's script tag names. */
  websiteToken: string;
  /** The administrator's name, as visitors read it. */
  agentName: string;
  /** The administrator by his token: what `createTestAgent` takes, and his number. */
  access: { serverUrl: string; accessToken: string; accountId: number; agentId: number };
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  /** Ends it as whoever wants to upgrade it does. */
  end(): Promise<void>;
  /** Starts again, after `kill` or `end`, over the same folder, at the same address. */
  restart(): Promise<void>;
  /** The administrator answers, by REST. */
  reply(conversationId: number, content: string): Promise<void>;
  /** Every message of a conversation, private notes too, oldest first, as the REST door tells it. */
  listMessages(conversationId: number): Promise<Message[]>;
  /** Stops it and removes its folder. */
  stop(): Promise<void>;
}

/** Where the run's own data are, for each server to start with a copy; without, each begins with nothing. */
export const PREPARED_DATA = "PARLOR_PREPARED_DATA";

const administrator: Credentials = { email: "ida@example.com", password: "correct horse battery" };

export interface ServerOptions {
  /** Listens where it listened before when it is started again. */
  keepsPort?: boolean;
  /** By default its own. */
  databaseUrl?: string;
  /** The server's program; by default what the build has left. */
  main?: string;
  /** Further variables of its environment. */
  env?: Record<string, string>;
}

const usual = {
  PARLOR_ADMIN_EMAIL: administrator.email,
  PARLOR_ADMIN_PASSWORD: administrator.password,
  LOG_LEVEL: "warn",
};

/** Starts it for the first time in this folder and stops it: a copy of what it leaves starts sooner than an empty folder. */
export async function prepareData(dataDirectory: string): Promise<void> {
  await (await startServerProcess({ env: usual, dataDirectory })).stop();
}

/** Starts it, on a free port. */
export async function startServer(options: ServerOptions = {}): Promise<Server> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "parlor-e2e-"));
  const dataDirectory = path.join(folder, "data");
  const prepared = process.env[PREPARED_DATA];
  // Not by Node.js: the database belongs to another user than root, and stays with him.
  if (prepared) await promisify(execFile)("cp", ["-a", prepared, dataDirectory]);
  const env = {
    ...usual,
    ...options.env,
    ...(options.databaseUrl && { DATABASE_URL: options.databaseUrl }),
    ...(options.keepsPort ? { PORT: String(await findFreePort()) } : {}),
  };
  const start = () =>
    startServerProcess({ env, dataDirectory, ...(options.main && { main: options.main }) });
  let running = await start();
  const { url } = running;

  let accessToken: string | undefined;
  async function ask<Value>(pathname: string, method = "GET", body?: object): Promise<Value> {
    const response = await fetch(url + pathname, {
      method,
      headers: {
        ...(accessToken !== undefined && { api_access_token: accessToken }),
        ...(body && { "content-type": "application/json" }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${pathname}: ${response.status} ${text}`);
    return JSON.parse(text || "null") as Value;
  }
  const profile = await ask<Profile>(applicationPaths.signIn(), "POST", administrator);
  accessToken = profile.access_token;
  const { account_id: accountId } = profile;
  const [inbox] = await ask<Inbox[]>(applicationPaths.inboxes(accountId));
  if (!inbox) throw new Error("the first start made no inbox");

  return {
    url,
    administrator,
    access: { serverUrl: url, accessToken, accountId, agentId: profile.id },
    ask,
    websiteToken: inbox.website_token,
    agentName: profile.available_name,
    kill: () => running.kill(),
    end: () => running.kill("SIGTERM"),
    async restart() {
      running = await start();
    },
    async reply(conversationId, content) {
      await ask(applicationPaths.messages(accountId, conversationId), "POST", { content });
    },
    async listMessages(conversationId) {
      const messages: Message[] = [];
      for (;;) {
        const before = messages[0] ? `?before=${messages[0].id}` : "";
        const pathname = applicationPaths.messages(accountId, conversationId) + before;
        const page = await ask<Message[]>(pathname);
        if (page.length === 0) return messages;
        messages.unshift(...page);
      }
    },
    async stop() {
      await running.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
