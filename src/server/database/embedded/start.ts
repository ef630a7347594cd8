// The PostgreSQL that Parlor brings: starts it over the data folder, keeps it running, stops it.
import { realpath, rmdir } from "node:fs/promises";
import path from "node:path";
import type { Log } from "../../log.ts";
import { makeDataDirectory } from "../../secret.ts";
import { StartupError } from "../../startup-error.ts";
import { findBinaries } from "./binaries.ts";
import { claimServer } from "./claim.ts";
import type { Claim, ClaimOptions } from "./claim.ts";
import { readClusterPassword, ROLE } from "./cluster.ts";
import { prepareEndpoint } from "./endpoint.ts";
import type { Endpoint } from "./endpoint.ts";
import { createLauncher, findOwner } from "./launcher.ts";
import { readPidFile, stopPostmaster } from "./postmaster.ts";
import { prepareCluster } from "./prepare.ts";
import { composeSettings } from "./settings.ts";

/** A server that dies more often than this in a minute has a fault that a restart does not cure. */
const RESTARTS_PER_MINUTE = 5;

export interface EmbeddedPostgres {
  connectionString: string;
  /** Breaks off what still runs, writes everything to disk and ends the server. */
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  dataDirectory: string;
  log: Log;
  /** npm package that brings the binaries. */
  packageName?: string;
  /** Called when the server was lost and cannot be had back: end the process. */
  onFatal?: (error: Error) => void;
}

/**
 * Starts PostgreSQL over `<dataDirectory>/postgres`, or takes over the one that a killed Parlor left
 * running, and claims it for this process. A server that dies is started again, since its database
 * recovers by itself and the pool connects anew; the process ends only when that does not help.
 * @throws StartupError with what the operator can do
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const { log } = options;
  const claimOptions = await prepare(options);
  const { endpoint } = claimOptions;
  const keeper = keep(await claimServer(claimOptions), claimOptions, options.onFatal);
  return {
    connectionString: composeUrl(endpoint, claimOptions.password),
    async stop() {
      const claim = await keeper.release();
      if (!claim) return;
      await stopPostmaster(claim.pid, claimOptions.cluster, claimOptions.launcher);
      await claim.client.end().catch(() => {});
      if (path.isAbsolute(endpoint.host)) await rmdir(endpoint.host).catch(() => {});
      log.info({ event: "postgres:stopped", server_pid: claim.pid }, "PostgreSQL stopped");
    },
  };
}

async function prepare(options: EmbeddedOptions): Promise<ClaimOptions> {
  const { dataDirectory: given, log, packageName } = options;
  const binaries = await findBinaries(packageName);
  makeDataDirectory(given);
  const dataDirectory = await realpath(given);
  const cluster = path.join(dataDirectory, "postgres");
  const launcher = await createLauncher(binaries, dataDirectory, await findOwner(cluster));
  await prepareCluster(cluster, launcher, log);
  const previousPort = (await readPidFile(cluster))?.port;
  const endpoint = await prepareEndpoint(dataDirectory, launcher, previousPort);
  return {
    dataDirectory,
    cluster,
    logFile: path.join(dataDirectory, "postgres.log"),
    endpoint,
    settings: composeSettings(launcher.binaries, endpoint.settings),
    password: await readPassword(cluster),
    launcher,
    log,
  };
}

async function readPassword(cluster: string): Promise<string> {
  try {
    return await readClusterPassword(cluster);
  } catch (error) {
    throw new StartupError(
      `The password of the database in ${cluster} cannot be read (${(error as Error).message}). ` +
        `Put the file back from a backup of the folder.`,
    );
  }
}

function composeUrl({ host, port }: Endpoint, password: string): string {
  return `postgres://${ROLE}:${password}@localhost:${port}/${ROLE}?host=${encodeURIComponent(host)}`;
}

interface Keeper {
  /** Stops watching. Gives the claim, or nothing when it was lost for good. */
  release(): Promise<Claim | undefined>;
}

/** Watches the connection that holds the claim and claims again whenever it ends. */
function keep(first: Claim, options: ClaimOptions, onFatal?: (error: Error) => void): Keeper {
  const { log } = options;
  let current: Promise<Claim | undefined> = Promise.resolve(first);
  let isReleased = false;
  let lossTimes: number[] = [];

  const claimAgain = async (): Promise<Claim | undefined> => {
    lossTimes = [
      ...lossTimes.filter((time) => time > performance.now() - 60_000),
      performance.now(),
    ];
    log.error({ event: "postgres:lost" }, "the connection to PostgreSQL was lost; restarting it");
    try {
      if (lossTimes.length > RESTARTS_PER_MINUTE) throw new StartupError("PostgreSQL keeps dying.");
      const claim = await claimServer(options);
      watch(claim);
      return claim;
    } catch (error) {
      log.error({ event: "postgres:failed", err: error }, "PostgreSQL cannot be had back");
      onFatal?.(error as Error);
      return undefined;
    }
  };
  const watch = ({ client }: Claim) => {
    client.once("end", () => {
      if (!isReleased) current = claimAgain();
    });
  };

  watch(first);
  return {
    release() {
      isReleased = true;
      return current;
    },
  };
}
