import { chmodSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import pino from "pino";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeTestFolder, query, serverPid, spawnHolder } from "../../test-kit/embedded.ts";
import type { TestFolder } from "../../test-kit/embedded.ts";
import { findBinaries } from "./binaries.ts";
import { isRunning } from "./processes.ts";
import { startEmbeddedPostgres } from "./start.ts";
import type { EmbeddedPostgres } from "./start.ts";

const log = pino({ level: "silent" });

describe("startEmbeddedPostgres", { timeout: 60_000 }, () => {
  let folder: TestFolder;
  let running: EmbeddedPostgres[];
  beforeEach(() => {
    folder = makeTestFolder();
    chmodSync(folder.path, 0o755);
    running = [];
  });
  afterEach(async () => {
    for (const one of running) await one.stop();
    await folder.remove();
  });

  const data = (...parts: string[]) => path.join(folder.path, "data", ...parts);
  const start = async (dataDirectory = data()): Promise<EmbeddedPostgres> => {
    const started = await startEmbeddedPostgres({ dataDirectory, log });
    running.push(started);
    return started;
  };

  it("makes a durable, private, language-neutral database", async () => {
    const { connectionString } = await start();
    const [settings] = await query<Record<string, string>>(
      connectionString,
      `select current_setting('fsync') as fsync, current_setting('full_page_writes') as pages,
        current_setting('synchronous_commit') as commit, current_setting('timezone') as timezone,
        current_setting('listen_addresses') as tcp, current_setting('data_checksums') as checksums,
        pg_encoding_to_char(encoding) as encoding, datlocprovider::text || ' ' || datlocale as locale,
        lower('ÄÖÜ') as lower, (select rolsuper from pg_roles where rolname = current_user) as super
        from pg_database where datname = current_database()`,
    );
    expect(settings).toEqual({
      fsync: "on",
      pages: "on",
      commit: "on",
      timezone: "UTC",
      tcp: "",
      checksums: "on",
      encoding: "UTF8",
      locale: "b C.UTF-8",
      lower: "äöü",
      super: false,
    });
  });

  it("lets nobody else at the files, the password or the socket", async () => {
    const { connectionString } = await start();
    const mode = (file: string) => (statSync(data(file)).mode & 0o777).toString(8);
    expect(mode("postgres")).toBe("700");
    expect(mode("socket")).toBe("700");
    expect(mode("postgres/parlor.password")).toBe("600");
    expect(mode("postgres.log")).toBe("600");
    const wrong = connectionString.replace(/:[^:@/]+@/, ":wrong@");
    await expect(query(wrong, "select 1")).rejects.toThrow(/password authentication failed/);
  });

  it("keeps its data when it is stopped and started again", async () => {
    const first = await start();
    await query(first.connectionString, "create table notes as select 'kept' as text");
    await first.stop();
    running = [];
    expect(await serverPid(folder)).toBe(0);
    const second = await start();
    expect(second.connectionString).toBe(first.connectionString);
    expect(await query(second.connectionString, "select text from notes")).toEqual([
      { text: "kept" },
    ]);
  });

  it("starts PostgreSQL again when it dies, under the same address", async () => {
    const { connectionString } = await start();
    await query(connectionString, "create table notes as select 'kept' as text");
    const died = await serverPid(folder);
    process.kill(died, "SIGKILL");
    await expect
      .poll(() => query(connectionString, "select text from notes").catch(() => []), {
        timeout: 20_000,
      })
      .toEqual([{ text: "kept" }]);
    expect(await serverPid(folder)).not.toBe(died);
    expect(await isRunning(died)).toBe(false);
  });

  it("uses a socket in a temporary folder when the data folder's path is long", async () => {
    const long = data("x".repeat(60), "y".repeat(60));
    const { connectionString } = await start(long);
    const socketFolder = new URL(connectionString).searchParams.get("host") ?? "";
    expect(socketFolder).not.toContain(long);
    expect(statSync(socketFolder).mode & 0o777).toBe(0o700);
    expect(await query(connectionString, "select 1 as one")).toEqual([{ one: 1 }]);
    await running.pop()?.stop();
    expect(readdirSync(path.dirname(socketFolder))).not.toContain(path.basename(socketFolder));
  });

  it("leaves nothing half made when the first start is killed", async () => {
    const { child, exited } = spawnHolder(data());
    const names = () => (statSync(data(), { throwIfNoEntry: false }) ? readdirSync(data()) : []);
    await expect.poll(() => names().some((name) => name.startsWith("postgres.new-"))).toBe(true);
    child.kill("SIGKILL");
    await exited;
    expect(names()).not.toContain("postgres");
    const { connectionString } = await start();
    expect(await query(connectionString, "select 1 as one")).toEqual([{ one: 1 }]);
    expect(names().toSorted()).toEqual(["postgres", "postgres.log", "socket"]);
  });

  it("says what to do about a cluster of another version", async () => {
    await (await start()).stop();
    running = [];
    writeFileSync(data("postgres/PG_VERSION"), "16\n");
    await expect(start()).rejects.toThrow(/made by PostgreSQL 16.*pg_dump.*DATABASE_URL/);
  });

  it("touches no folder that holds something else", async () => {
    mkdirSync(data("postgres"), { recursive: true });
    writeFileSync(data("postgres/photo.jpg"), "");
    await expect(start()).rejects.toThrow(/no PostgreSQL database. Move them away/);
    expect(readdirSync(data("postgres"))).toEqual(["photo.jpg"]);
  });

  it("names DATABASE_URL where there are no binaries", async () => {
    await expect(findBinaries("embedded-postgres-of-no-platform")).rejects.toThrow(
      /no PostgreSQL for this platform \(\w+-\w+\).*DATABASE_URL/,
    );
  });
});
