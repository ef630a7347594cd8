// What a build leaves, in a folder of its own, for a server whose files are replaced by those of the next build.
import { cp, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";

const ROOT = path.join(import.meta.dirname, "../..");
/** Files that have another name in each build. */
const FOLDERS = ["web/widget", "web/desk/assets"];
const NAMED_BY_BUILD = /^(.+-)([\w-]{8,})(\.\w+)$/;

export interface Distribution {
  /** The server's program. */
  main: string;
  /** Puts another build in its place: the same, and each file that is named by its build has another name. */
  upgrade(): Promise<void>;
  remove(): Promise<void>;
}

export async function copyDistribution(): Promise<Distribution> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "parlor-dist-"));
  const at = (...parts: string[]) => path.join(folder, "dist", ...parts);
  await cp(path.join(ROOT, "dist"), at(), { recursive: true });
  await symlink(path.join(ROOT, "node_modules"), path.join(folder, "node_modules"));
  // The server is an ES module because the folder above it says so.
  await cp(path.join(ROOT, "package.json"), path.join(folder, "package.json"));

  return {
    main: at("server/main.js"),
    async upgrade() {
      const others = new Map<string, string>();
      for (const name of (await Promise.all(FOLDERS.map((each) => readdir(at(each))))).flat()) {
        const [, stem = "", mark = "", end = ""] = NAMED_BY_BUILD.exec(name) ?? [];
        if (mark) others.set(name, stem + mark.slice(4) + mark.slice(0, 4) + end);
      }
      for (const place of [...FOLDERS, "web", "web/desk"]) {
        for (const entry of await readdir(at(place), { withFileTypes: true })) {
          if (!entry.isFile()) continue;
          const file = at(place, entry.name);
          if (/\.(js|css|html)$/.test(entry.name)) {
            let text = await readFile(file, "utf8");
            for (const [name, other] of others) text = text.replaceAll(name, other);
            await writeFile(file, text);
          }
          await rename(file, at(place, others.get(entry.name) ?? entry.name));
        }
      }
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
