import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { runInNewContext } from "node:vm";
import { build, parseAst } from "vite";
import { describe, expect, it, onTestFinished } from "vitest";
import { rewriteChunk, twoStage } from "./two-stage.ts";

const rewrite = (code: string, isEntry = false) =>
  rewriteChunk(
    { code, fileName: isEntry ? "widget.js" : "widget/chat-1.js", isEntry },
    { fileName: "widget.js", exports: ["z", "a"] },
    (text) => parseAst(text),
  );

/** Builds the files with the plugin; answers the folder of the output. */
async function buildFiles(files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "parlor-two-stage-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);
  await build({
    root: folder,
    configFile: false,
    logLevel: "silent",
    plugins: [twoStage()],
    build: {
      outDir: path.join(folder, "dist"),
      modulePreload: false,
      rollupOptions: {
        input: { widget: path.join(folder, "main.js") },
        output: { entryFileNames: "widget.js", chunkFileNames: "widget/[name]-[hash].js" },
      },
    },
  });
  return path.join(folder, "dist");
}

describe("the two-stage build", () => {
  it("makes a classic script that leaks nothing and hands its modules to the later chunks", async () => {
    const dist = await buildFiles({
      "shared.js": "export const state = { count: 0 }; export const add = () => ++state.count;",
      "main.js":
        'import { add } from "./shared.js"; add(); globalThis.load = () => import("./chat.js");',
      "chat.js":
        'import { add, state } from "./shared.js"; import { extra } from "./extra.js"; add(); ' +
        'export const count = () => state.count; export const more = () => import("./later.js"); export { extra };',
      "extra.js": 'export const extra = "extra";',
      "later.js": 'import { extra } from "./extra.js"; export default extra + "!";',
    });
    const script = await readFile(path.join(dist, "widget.js"), "utf8");
    interface Loaded {
      count(): number;
      more(): Promise<{ default: string }>;
    }
    const page: Record<string, unknown> & { load?: () => Promise<Loaded> } = {
      document: { currentScript: { src: pathToFileURL(path.join(dist, "widget.js")).href } },
      URL,
      fetchModule: (address: string) => import(address),
    };
    const before = Object.keys(page);
    // A context of node:vm has no import() of its own.
    runInNewContext(script.replaceAll("import(", "fetchModule("), page);
    expect(Object.keys(page)).toEqual([...before, "load"]);
    const chat = await page.load?.();
    expect(chat?.count()).toBe(2);
    expect((await page.load?.())?.count()).toBe(2);
    expect(await chat?.more()).toMatchObject({ default: "extra!" });
  });

  it("gives a chunk another name where another build reads it otherwise", async () => {
    const shared = "export const a = () => 1; export const b = () => 2;";
    const main =
      'import { a, b } from "./shared.js"; a(b()); globalThis.load = () => import("./chat.js");';
    const files = {
      "shared.js": `${shared} export const z = () => 3;`,
      "main.js": `import { z } from "./shared.js"; z(); ${main}`,
      "chat.js": 'import { a, b } from "./shared.js"; a(b()); export const chat = "chat";',
    };
    /** By name: a browser keeps a file of that name for a year. */
    const chunks = async (more: Record<string, string>) => {
      const folder = path.join(await buildFiles({ ...files, ...more }), "widget");
      const names = await readdir(folder);
      const texts = names.map(async (name) => [
        name,
        await readFile(path.join(folder, name), "utf8"),
      ]);
      return Object.fromEntries(await Promise.all(texts)) as Record<string, string>;
    };
    const before = await chunks({});
    expect(await chunks({})).toEqual(before);
    const after = await chunks({
      // The entry has one thing more to offer: what it offers is a list, and others move.
      "main.js": `${files["main.js"]} globalThis.more = () => import("./more.js");`,
      "more.js": 'import { z } from "./shared.js"; z(); export const more = "more";',
    });
    const kept = Object.keys(before).filter((name) => name in after);
    expect(kept.map((name) => after[name])).toEqual(kept.map((name) => before[name]));
  });

  it("rewrites imports, exports and re-exports by the syntax, not by their looks", () => {
    const code =
      'import{a as b}from"../widget.js";const text="export{b}";export{b as c,text as default};';
    const result = rewrite(code);
    expect(result).toContain('{1:b}=$$chunks["widget.js"]');
    expect(result).toContain('text="export{b}"');
    expect(result).toContain('return{"c":b,"default":text}');
    expect(rewrite('export{t as Polling}from"./chat-2.js";')).toContain(
      '"Polling":$$chunks["widget/chat-2.js"]["t"]',
    );
  });

  it("refuses what a classic script cannot do", () => {
    expect(() => rewrite("console.log(import.meta.url)", true)).toThrow(/import\.meta/);
    expect(() => rewrite('export * from "./other.js"')).toThrow(/ExportAllDeclaration/);
    expect(() => rewrite("const where = '';import(where)")).toThrow(/plain string/);
    expect(() => rewrite('import{a}from"./other.js"', true)).toThrow(/entry/);
    expect(() => rewrite('import{b}from"../widget.js"')).toThrow(/exports no b/);
    expect(() => rewrite('import*as all from"../widget.js"')).toThrow(/no names/);
  });
});
