// The documents tell the truth: every file that they link to is there.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

const root = path.join(import.meta.dirname, "..");
const documents = [
  "README.md",
  "CHANGELOG.md",
  ...readdirSync(path.join(root, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => path.join("docs", name)),
];

function linkedFiles(document: string): string[] {
  // Code is no prose: `p[n](…)` is a call.
  const text = readFileSync(path.join(root, document), "utf8").replace(/^```[\s\S]*?^```/gm, "");
  return [...text.matchAll(/\]\((?!https?:|mailto:|#)([^)#]+)(?:#[^)]*)?\)/g)].map(([, target]) =>
    path.join(path.dirname(document), target ?? ""),
  );
}

describe("the documents", () => {
  it.each(documents)("%s links only to files that exist", (document) => {
    const missing = linkedFiles(document).filter((file) => !existsSync(path.join(root, file)));
    expect(missing).toEqual([]);
  });

  it("walk one message through at least a dozen source files", () => {
    const text = readFileSync(path.join(root, "docs/ARCHITECTURE.md"), "utf8");
    const life = text.split("## The life of one message")[1]?.split("\n## ")[0] ?? "";
    const files = new Set([...life.matchAll(/\]\(\.\.\/(src\/[^)]+)\)/g)].map(([, file]) => file));
    expect(files.size).toBeGreaterThan(12);
  });

  it("list every decision", () => {
    const folder = path.join(root, "docs/decisions");
    const index = readFileSync(path.join(folder, "README.md"), "utf8");
    const pages = readdirSync(folder).filter((name) => /^\d{4}-/.test(name));
    expect(pages.filter((page) => !index.includes(`(${page})`))).toEqual([]);
  });
});
