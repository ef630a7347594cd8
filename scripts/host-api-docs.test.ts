// docs/host-api.md says what the code says. `UPDATE_DOCS=1` writes it anew.
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { format } from "prettier";
import { expect, test } from "vitest";
import { hostApiDocument, membersOf } from "./host-api-docs.ts";

const file = path.join(import.meta.dirname, "../docs/host-api.md");

test("docs/host-api.md is what the types and their descriptions make of it", async () => {
  const text = await format(hostApiDocument(), { parser: "markdown", printWidth: 100 });
  if (process.env["UPDATE_DOCS"]) writeFileSync(file, text);
  expect(readFileSync(file, "utf8")).toBe(text);
});

/** What the code lists by name: `name: value` at the first level of an object. */
function listed(source: string): string[] {
  const text = readFileSync(path.join(import.meta.dirname, "../src", source), "utf8");
  return [...text.matchAll(/^ {2}(\w+): (?:true|[\w"'(]+)/gm)].map(([, name]) => name ?? "");
}

test("it has a row for every setting, method and event", () => {
  const text = hostApiDocument();
  const names = [...listed("sdk/method-names.ts"), ...listed("widget/host/explain-settings.ts")];
  const missing = names.filter((name) => {
    const subscriber = `on${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    return !text.includes(`| \`${name}\` |`) && !text.includes(`| \`${subscriber}\` |`);
  });
  expect(names.length).toBeGreaterThan(60);
  expect(missing).toEqual([]);
});

test("members are read with their comments, across lines", () => {
  const source = `export interface Some {\n  /** One. */\n  a: string;\n  /**\n   * Two,\n   * in two lines.\n   */\n  b?: {\n    c: 1;\n  };\n  d: () => void;\n}\n`;
  expect(membersOf(source, "Some")).toEqual([
    { name: "a", type: "string", text: "One." },
    { name: "b", type: "{ c: 1 }", text: "Two, in two lines." },
    { name: "d", type: "() => void", text: "" },
  ]);
});
