import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

// `UPDATE_SNIPPETS=1` writes the regions into the documents.
const root = path.join(import.meta.dirname, "..");
const read = (name: string) => readFileSync(path.join(root, name), "utf8");
const documents = readdirSync(path.join(root, "docs")).filter((name) => name.endsWith(".md"));
const marker = /<!-- snippet: (\S+)#(\S+) -->\n\n```(\w+)\n([\s\S]*?)```/g;

/** What stands between `// #region name` and the next `// #endregion`. */
function regionOf(file: string, name: string): string {
  const lines = read(file).split("\n");
  const start = lines.findIndex((line) => line.trim() === `// #region ${name}`);
  const end = lines.findIndex((line, i) => i > start && line.trim() === "// #endregion");
  if (start === -1 || end === -1) throw new Error(`${file} has no region ${name}`);
  return `${lines.slice(start + 1, end).join("\n")}\n`;
}

const snippets = documents.flatMap((document) =>
  [...read(`docs/${document}`).matchAll(marker)].map(([, file = "", name = "", , text = ""]) => ({
    document,
    file,
    name,
    text,
  })),
);

if (process.env["UPDATE_SNIPPETS"]) {
  for (const document of documents) {
    const text = read(`docs/${document}`).replace(
      marker,
      (_all, file: string, name: string, language: string) =>
        `<!-- snippet: ${file}#${name} -->\n\n\`\`\`${language}\n${regionOf(file, name)}\`\`\``,
    );
    writeFileSync(path.join(root, "docs", document), text);
  }
}

test.each(snippets)("$document shows $file#$name as it is compiled", ({ file, name, text }) => {
  expect(text).toBe(regionOf(file, name));
});

test("every marked snippet is followed by its code", () => {
  const marks = documents.flatMap((name) => read(`docs/${name}`).match(/<!-- snippet:/g) ?? []);
  expect(marks.length).toBeGreaterThan(0);
  expect(snippets).toHaveLength(marks.length);
});

test("docs/npm.md shows the stub as it is exported", () => {
  const [, stub = ""] = /'(window\.Parlor.*)';/.exec(read("src/sdk/stub.ts")) ?? [];
  expect(stub).not.toBe("");
  expect(read("docs/npm.md")).toContain(`<script>\n  ${stub}\n</script>`);
});
