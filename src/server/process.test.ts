// The built server as operators meet it: one process, its signals, its words.
import { readFileSync } from "node:fs";
import path from "node:path";
import { Client } from "pg";
import { afterEach, describe, expect, it } from "vitest";
import { applicationPaths } from "../protocol/paths.ts";
import { isRunning } from "./database/embedded/processes.ts";
import { readPidFile } from "./database/embedded/postmaster.ts";
import { createEmptyDatabase } from "./test-kit/database.ts";
import { makeTestFolder } from "./test-kit/embedded.ts";
import type { TestFolder } from "./test-kit/embedded.ts";
import { startServerProcess } from "./test-kit/process.ts";
import type { ServerProcess, ServerProcessOptions } from "./test-kit/process.ts";

describe("the server's process", () => {
  const undo: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const step of undo.splice(0).toReversed()) await step();
  });

  const start = async (options?: ServerProcessOptions): Promise<ServerProcess> => {
    const server = await startServerProcess(options);
    undo.push(() => server.stop());
    return server;
  };
  const makeFolder = (): TestFolder => {
    const folder = makeTestFolder();
    undo.push(() => folder.remove());
    return folder;
  };
  const ready = async ({ url }: ServerProcess) => (await fetch(`${url}/ready`)).status;
  const signIn = async ({ url }: ServerProcess, email: string, password: string) => {
    const response = await fetch(`${url}${applicationPaths.signIn()}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ email, password }),
    });
    return response.status;
  };
  const postmasterOf = async ({ dataDirectory }: ServerProcess) =>
    (await readPidFile(path.join(dataDirectory, "postgres")))?.pid ?? 0;

  it("starts with nothing given, and says where it is and how to sign in", async () => {
    const server = await start();
    expect(await ready(server)).toBe(200);
    const said = server.stdout();
    for (const address of ["/demo/", "/desk/", "/api/docs", "/api/v1"])
      expect(said).toContain(server.url + address);
    const email = /Sign in at the desk as +(\S+@\S+)/.exec(said)?.[1] ?? "";
    const password = /with the password +(\S+)/.exec(said)?.[1] ?? "";
    expect(await signIn(server, email, password)).toBe(200);
    expect(server.stderr()).not.toContain(password);
    const secret = readFileSync(path.join(server.dataDirectory, "secret"), "utf8").trim();
    expect(server.stderr() + said).not.toContain(secret);
    for (const line of server.stderr().trim().split("\n")) JSON.parse(line);
  });

  it("shows the generated password once", async () => {
    const dataDirectory = makeFolder().path;
    const first = await start({ dataDirectory });
    expect(first.stdout()).toContain("with the password");
    await first.kill("SIGTERM");
    const second = await start({ dataDirectory });
    expect(second.stdout()).toContain("Sign in at the desk as");
    expect(second.stdout()).not.toContain("with the password");
  });

  it("shows the generated password although it cannot listen", async () => {
    const port = new URL((await start()).url).port;
    const failed = startServerProcess({ env: { PORT: port } });
    await expect(failed).rejects.toThrow(/with the password/);
    await expect(failed).rejects.toThrow(
      `Parlor cannot start. Port ${port} is in use by another program.`,
    );
  });

  it("names everything that is wrong with its configuration", async () => {
    const failed = startServerProcess({ env: { PORT: "http", LOG_LEVEL: "loud" } });
    await expect(failed).rejects.toThrow(/ended with 1:[^]*PORT is no port[^]*LOG_LEVEL is no/);
  });

  it("refuses the folder of another process and leaves that one alone", async () => {
    const first = await start();
    const { dataDirectory } = first;
    const second = startServerProcess({ dataDirectory: path.join(dataDirectory, ".") });
    await expect(second).rejects.toThrow(`Another Parlor is using ${dataDirectory}`);
    expect(await ready(first)).toBe(200);
  });

  it("has everything again after kill -9", async () => {
    const dataDirectory = makeFolder().path;
    const env = { PARLOR_ADMIN_EMAIL: "ada@example.com", PARLOR_ADMIN_PASSWORD: "correct horse" };
    const first = await start({ dataDirectory, env });
    const postmaster = await postmasterOf(first);
    await first.kill("SIGKILL");
    expect(await isRunning(postmaster)).toBe(true);
    const startedAt = performance.now();
    const second = await start({ dataDirectory });
    console.log(`start over existing data: ${Math.round(performance.now() - startedAt)} ms`);
    expect(await postmasterOf(second)).toBe(postmaster);
    expect(await signIn(second, "ada@example.com", "correct horse")).toBe(200);
  });

  it.each(["SIGTERM", "SIGINT"] as const)("ends in order on %s", async (signal) => {
    const server = await start();
    const postmaster = await postmasterOf(server);
    await server.kill(signal);
    expect(await server.stopped).toBe(0);
    expect(await isRunning(postmaster)).toBe(false);
    expect(server.stderr()).toContain('"event":"process:stopped"');
  });

  it("takes a Ctrl+C that npm repeats for one", async () => {
    const server = await start();
    process.kill(server.pid, "SIGINT");
    await server.kill("SIGINT");
    expect(await server.stopped).toBe(0);
  });

  it("finishes its start when it is told to end meanwhile, and leaves no process", async () => {
    const dataDirectory = makeFolder().path;
    let pid = 0;
    const exitCode = startServerProcess({
      dataDirectory,
      onSpawn: (spawned) => void (pid = spawned),
    }).then(
      (server) => server.stopped,
      (error: Error) => Number(/ended with (\d+):/.exec(error.message)?.[1]),
    );
    const cluster = path.join(dataDirectory, "postgres");
    await expect.poll(() => readPidFile(cluster), { timeout: 20_000 }).toBeDefined();
    const postmaster = (await readPidFile(cluster))?.pid ?? 0;
    process.kill(pid, "SIGTERM");
    expect(await exitCode).toBe(0);
    expect(await isRunning(postmaster)).toBe(false);
  });

  it("goes on when PostgreSQL dies under it", async () => {
    const server = await start();
    const died = await postmasterOf(server);
    process.kill(died, "SIGKILL");
    await expect
      .poll(async () => [await postmasterOf(server), await ready(server)], { timeout: 20_000 })
      .toEqual([expect.not.toBeOneOf([0, died]), 200]);
  });

  it("shares a database given by its address, made once by several at the same time", async () => {
    const database = await createEmptyDatabase();
    undo.push(() => database.drop());
    const env = { DATABASE_URL: database.connectionString, PARLOR_SECRET: "s".repeat(40) };
    const servers = await Promise.all([start({ env }), start({ env }), start({ env })]);
    for (const server of servers) expect(await ready(server)).toBe(200);
    expect(servers.filter((one) => one.stdout().includes("with the password"))).toHaveLength(1);
    const client = new Client(database.connectionString);
    await client.connect();
    const { rows } = await client.query("select count(*)::int as accounts from accounts");
    await client.end();
    expect(rows).toEqual([{ accounts: 1 }]);
  });

  it("keeps the database's password to itself when it is refused", async () => {
    const database = await createEmptyDatabase();
    undo.push(() => database.drop());
    const wrong = new URL(database.connectionString);
    wrong.password = "hunter2";
    wrong.pathname = "/missing";
    const failed = startServerProcess({ env: { DATABASE_URL: wrong.href } });
    await expect(failed).rejects.toThrow(/PostgreSQL at \S+\/missing cannot be used/);
    await expect(failed).rejects.not.toThrow(/hunter2/);
  });
});
