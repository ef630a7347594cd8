import { spawn } from "node:child_process";
import { chmodSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  copyPackages,
  makeTestFolder,
  query,
  serverPid,
  startHolder,
} from "../../test-kit/embedded.ts";
import type { Holder, TestFolder } from "../../test-kit/embedded.ts";
import { isRunning, waitUntilEnded } from "./processes.ts";

describe("claiming the embedded server", { timeout: 60_000 }, () => {
  let folder: TestFolder;
  let holders: Holder[];
  beforeEach(() => {
    folder = makeTestFolder();
    chmodSync(folder.path, 0o755);
    holders = [];
  });
  afterEach(async () => {
    for (const holder of holders) {
      if (await isRunning(holder.pid)) await holder.kill("SIGTERM");
    }
    await folder.remove();
  });

  const data = (...parts: string[]) => path.join(folder.path, "data", ...parts);
  const hold = async (options = {}): Promise<Holder> => {
    const holder = await startHolder(data(), options);
    holders.push(holder);
    return holder;
  };
  const writeNote = ({ connectionString }: Holder) =>
    query(connectionString, "create table notes as select 'kept' as text");
  const readNotes = ({ connectionString }: Holder) =>
    query(connectionString, "select text from notes");

  it("takes over the server that a killed Parlor left running", async () => {
    const first = await hold();
    await writeNote(first);
    const server = await serverPid(folder);
    await first.kill("SIGKILL");
    expect(await isRunning(server)).toBe(true);
    const second = await hold();
    expect(await readNotes(second)).toEqual([{ text: "kept" }]);
    expect(await serverPid(folder)).toBe(server);
  });

  it("stops the server with its Parlor, even one that it took over", async () => {
    await (await hold()).kill("SIGKILL");
    const server = await serverPid(folder);
    await (await hold()).kill("SIGTERM");
    expect(await isRunning(server)).toBe(false);
  });

  it("refuses a second Parlor on the same folder and leaves the first alone", async () => {
    const first = await hold();
    const second = await hold();
    expect(second.refused).toContain(`Another Parlor is using ${data()}`);
    expect(second.refused).toContain("DATA_DIR");
    expect(await query(first.connectionString, "select 1 as one")).toEqual([{ one: 1 }]);
  });

  it("lets one of several win that start at once over an empty folder", async () => {
    const all = await Promise.all([hold(), hold(), hold()]);
    const winners = all.filter((one) => one.connectionString);
    expect(winners).toHaveLength(1);
    for (const loser of all.filter((one) => !one.connectionString)) {
      expect(loser.refused).toContain("Another Parlor is using");
    }
    expect(await query(winners[0]?.connectionString ?? "", "select 1 as one")).toEqual([
      { one: 1 },
    ]);
  });

  it("recovers when Parlor and PostgreSQL were killed together", async () => {
    const first = await hold();
    await writeNote(first);
    const server = await serverPid(folder);
    await first.kill("SIGKILL");
    process.kill(server, "SIGKILL");
    await waitUntilEnded(server, 5_000);
    expect(readFileSync(data("postgres/postmaster.pid"), "utf8")).toContain(String(server));
    expect(await readNotes(await hold())).toEqual([{ text: "kept" }]);
  });

  it("is not misled when another program has got the number of a crashed server", async () => {
    const first = await hold();
    await writeNote(first);
    const server = await serverPid(folder);
    await first.kill("SIGKILL");
    process.kill(server, "SIGKILL");
    await waitUntilEnded(server, 5_000);
    const { uid, gid } = statSync(data("postgres"));
    const other = spawn("sleep", ["60"], { stdio: "ignore", uid, gid });
    const file = data("postgres/postmaster.pid");
    writeFileSync(file, readFileSync(file, "utf8").replace(/^\d+/, String(other.pid)));
    expect(await readNotes(await hold())).toEqual([{ text: "kept" }]);
    expect(other.exitCode).toBeNull();
    other.kill();
  });

  it("restarts a server that other binaries run", async () => {
    const first = await hold({ packageName: copyPackages(path.join(folder.path, "node_modules")) });
    await writeNote(first);
    const server = await serverPid(folder);
    await first.kill("SIGKILL");
    const second = await hold();
    expect(await readNotes(second)).toEqual([{ text: "kept" }]);
    expect(await isRunning(server)).toBe(false);
  });
});
