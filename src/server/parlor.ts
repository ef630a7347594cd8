// The whole server: database, app and first start put together, and taken apart in reverse.
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import path from "node:path";
import type { Logger } from "pino";
import { ensureFirstStart } from "./accounts/first-start.ts";
import type { FirstStart } from "./accounts/first-start.ts";
import { createApp } from "./app.ts";
import type { App } from "./app.ts";
import { localUrl } from "./config.ts";
import type { Config } from "./config.ts";
import { connectDatabase } from "./database/connection.ts";
import { startEmbeddedPostgres } from "./database/embedded/start.ts";
import { migrateDatabase } from "./database/migrate.ts";
import { StartupError } from "./startup-error.ts";
import { startWebhookThread } from "./webhooks/thread.ts";
import { composeSignIn, composeWelcome } from "./welcome.ts";

/** How long to wait for a database that is starting, as when a machine boots. */
const DATABASE_WAIT_MS = 30_000;
/** Another program may take a free port between its choice and its use. */
const FREE_PORT_ATTEMPTS = 5;

export interface ParlorOptions {
  config: Config;
  log: Logger;
  /** Folder of the running file: of the sources, or of the bundle. */
  directory: string;
  /** Says something to the person who started it. */
  say: (text: string) => void;
  /** Called when the server cannot go on. */
  onFatal: (error: Error) => void;
}

export interface Parlor {
  /** Where it listens. */
  url: string;
  /** Finishes what is in flight, tells the sockets, closes the database. */
  stop(): Promise<void>;
}

/** @throws StartupError with what the operator can do; everything that was started is stopped */
export async function startParlor(options: ParlorOptions): Promise<Parlor> {
  const undo: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (let step = undo.pop(); step; step = undo.pop()) await step();
  };
  try {
    return { url: await startInOrder(options, undo), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startInOrder(
  { config, log, directory, say, onFatal }: ParlorOptions,
  undo: (() => Promise<void>)[],
): Promise<string> {
  const places = findPlaces(directory);
  const connectionString =
    config.databaseUrl ?? (await startEmbedded(config.dataDirectory, log, undo, onFatal));
  const database = await connectDatabase({
    connectionString,
    log,
    waitMs: DATABASE_WAIT_MS,
  });
  undo.push(() => database.close());
  await migrateDatabase(database, places.migrations);
  const firstStart = await ensureFirstStart({ db: database.db, config });
  try {
    const listening = await listen(config, async (adjusted) => {
      const { webDirectory, webhookProgram: program } = places;
      const clock = () => new Date();
      const thread = { connectionString, config: adjusted, log };
      const deliverWebhooks = program
        ? () => startWebhookThread({ program, ...thread })
        : undefined;
      return createApp({ config: adjusted, database, log, clock, webDirectory, deliverWebhooks });
    });
    undo.push(() => listening.app.stop());
    log.info({ event: "listening", url: listening.url }, "listening");
    say(composeWelcome(listening.publicUrl, firstStart));
    return listening.url;
  } catch (error) {
    sayPassword(firstStart, say);
    throw error;
  }
}

async function startEmbedded(
  dataDirectory: string,
  log: Logger,
  undo: (() => Promise<void>)[],
  onFatal: (error: Error) => void,
): Promise<string> {
  const postgres = await startEmbeddedPostgres({ dataDirectory, log, onFatal });
  undo.push(() => postgres.stop());
  return postgres.connectionString;
}

/** A start that fails after the account was made would take its only password with it. */
function sayPassword(firstStart: FirstStart, say: (text: string) => void): void {
  if (firstStart.generatedPassword) say(`\n${composeSignIn(firstStart).join("\n")}\n\n`);
}

interface Places {
  migrations: string;
  webDirectory: string;
  /** Sources do everything in one thread. */
  webhookProgram?: string;
}

/** The bundle lies in dist/server, beside a copy of the migrations. */
function findPlaces(directory: string): Places {
  const beside = path.join(directory, "migrations");
  return existsSync(beside)
    ? {
        migrations: beside,
        webDirectory: path.join(directory, "../web"),
        webhookProgram: path.join(directory, "webhook-thread.js"),
      }
    : {
        migrations: path.join(directory, "database/migrations"),
        webDirectory: path.join(directory, "../../dist/web"),
      };
}

interface Listening {
  app: App;
  url: string;
  publicUrl: string;
}

/**
 * The app knows its public address before it listens, so "any free port" is chosen here, and chosen
 * again when another program was faster.
 */
async function listen(
  config: Config,
  create: (config: Config) => Promise<App>,
): Promise<Listening> {
  const { host } = config;
  const attempts = config.port === 0 ? FREE_PORT_ATTEMPTS : 1;
  for (let attempt = 1; ; attempt += 1) {
    const port = config.port || (await findFreePort(host));
    const isGuessed = config.publicUrl === localUrl(host, config.port);
    const publicUrl = isGuessed ? localUrl(host, port) : config.publicUrl;
    const app = await create({ ...config, port, publicUrl });
    try {
      await app.listen({ host, port });
      return { app, url: localUrl(host, port), publicUrl };
    } catch (error) {
      await app.stop();
      const isTaken = (error as NodeJS.ErrnoException).code === "EADDRINUSE";
      if (!isTaken || attempt >= attempts) throw explainListen(error as Error, host, port);
    }
  }
}

async function findFreePort(host: string): Promise<number> {
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject).listen(0, host, resolve);
    });
    return (server.address() as AddressInfo).port;
  } catch (error) {
    throw explainListen(error as Error, host, 0);
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}

function explainListen(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const reasons: Record<string, string> = {
    EADDRINUSE: `Port ${port} is in use by another program. Stop that one, or set PORT to another number.`,
    EACCES: `Port ${port} is only for root. Set PORT to a number from 1024 up.`,
    EADDRNOTAVAIL: `HOST ${host} is no address of this machine. Write 127.0.0.1 or 0.0.0.0.`,
    ENOTFOUND: `HOST ${host} is not known here. Write 127.0.0.1 or 0.0.0.0.`,
  };
  const reason = reasons[error.code ?? ""];
  return reason ? new StartupError(reason) : error;
}
