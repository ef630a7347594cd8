// docs/host-api.md and the playground's lists say what the code says. `UPDATE_DOCS=1` writes them anew.
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { format } from "prettier";
import { expect, test } from "vitest";
import { hostApiDocument, hostApiLists } from "./host-api-docs.ts";
import type { Field } from "./host-api-fields.ts";
import { membersOf } from "./host-api-members.ts";

const file = path.join(import.meta.dirname, "../docs/host-api.md");

test("docs/host-api.md is what the types and their descriptions make of it", async () => {
  const text = await format(hostApiDocument(), { parser: "markdown", printWidth: 100 });
  if (process.env["UPDATE_DOCS"]) writeFileSync(file, text);
  expect(readFileSync(file, "utf8")).toBe(text);
});

test("the playground's lists are what the types and their descriptions make of them", async () => {
  const file = path.join(import.meta.dirname, "../demo/playground/host-api.json");
  const text = await format(JSON.stringify(hostApiLists()), { parser: "json", printWidth: 100 });
  if (process.env["UPDATE_DOCS"]) writeFileSync(file, text);
  expect(readFileSync(file, "utf8")).toBe(text);
});

const rulesFile = "widget/host/explain-settings.ts";

test("the playground has a field for every setting that the chat reads, and no other", () => {
  const paths = (fields: Field[], before = ""): string[] =>
    fields.flatMap(({ name, fields }) => [
      before + name,
      ...paths(fields ?? [], `${before}${name}.`),
    ]);
  const { settings, methods, events } = hostApiLists();
  const rules = readFileSync(path.join(import.meta.dirname, `../src/${rulesFile}`), "utf8");
  const listedRules = rules.slice(0, rules.indexOf("\n};"));
  const known = [...listedRules.matchAll(/^ {2}"?([\w.]+)"?: /gm)].map(([, name]) => name ?? "");
  expect(paths(settings).toSorted()).toEqual(known.toSorted());
  const names = [...methods, ...events].map(({ name }) => name);
  expect(names.toSorted()).toEqual(listed("sdk/method-names.ts").toSorted());
  // A field that falls back to JSON is one that its type really does not say more of.
  const free = [...settings, ...methods.flatMap(({ fields }) => fields)]
    .flatMap((field) => [field, ...(field.fields ?? [])])
    .filter(({ kind }) => kind === "json");
  expect(free.map(({ name }) => name)).toEqual(["patch", "fields", "fields", "data", "identity"]);
});

/** What the code lists by name: `name: value` at the first level of an object. */
function listed(source: string): string[] {
  const text = readFileSync(path.join(import.meta.dirname, "../src", source), "utf8");
  return [...text.matchAll(/^ {2}(\w+): (?:true|[\w"'(]+)/gm)].map(([, name]) => name ?? "");
}

test("it has a row for every setting, method and event", () => {
  const text = hostApiDocument();
  const { settings } = hostApiLists();
  const names = [...listed("sdk/method-names.ts"), ...settings.map(({ name }) => name)];
  const missing = names.filter((name) => {
    const subscriber = `on${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    return !text.includes(`| \`${name}\` |`) && !text.includes(`| \`${subscriber}\` |`);
  });
  expect(names.length).toBeGreaterThan(60);
  expect(missing).toEqual([]);
});

/** Rows of every table of the document, without the heads. */
const rows = () =>
  hostApiDocument()
    .split("\n")
    .filter((line, at, lines) => /^\| (?!---)/.test(line) && !lines[at + 1]?.startsWith("| ---"))
    .map((line) => line.split(/(?<!\\)\|/).slice(1, -1));

test("nothing that it lists is left without a type or a description", () => {
  expect(rows().length).toBeGreaterThan(150);
  const empty = rows().filter((cells) => cells.some((cell) => /^[\s`]*$/.test(cell)));
  expect(empty).toEqual([]);
});

test("every type that a table or another type names is explained", () => {
  const text = hostApiDocument();
  const explained = new Set<string>();
  for (const [, name = "", said] of text.matchAll(/^### (\w+)\n\n(.*)$/gm)) {
    // A sentence, and no table, list or code.
    expect(said, name).toMatch(/^(?![|-]|```)./);
    explained.add(name);
  }
  const types = [
    ...rows().flatMap((cells) => (cells.length === 3 ? [cells[1] ?? ""] : [])),
    ...[...text.matchAll(/^type \w+(?:<.*>)? = (.*);$/gm)].map(([, type]) => type ?? ""),
  ];
  const named = types.flatMap((type) => type.replace(/"[^"]*"/g, "").match(/\b[A-Z]\w+/g) ?? []);
  const missing = new Set(named.filter((name) => !explained.has(name)));
  // The language's own and the browser's, and what a type calls its parameters.
  const own = ["AbortSignal", "Element", "Key", "Name", "NonNullable", "Parameters"];
  expect([...missing].toSorted()).toEqual([...own, "Pick", "Promise", "Record"]);
});

test("every code of an error has a row that says what it means", () => {
  const codes = rows().flatMap((cells) => (cells.length === 2 ? [cells[0]?.trim()] : []));
  const result = readFileSync(path.join(import.meta.dirname, "../src/protocol/result.ts"), "utf8");
  const [, list = ""] = /failureCodes = \[(.*?)\]/s.exec(result) ?? [];
  const failureCodes = [...list.matchAll(/"(\w+)"/g)].map(([, code]) => code);
  expect(failureCodes.length).toBeGreaterThan(10);
  const all = [...failureCodes, "destroyed", "inbox_missing", "csp", "blocked", "unsupported"];
  expect(codes).toEqual(all.map((code) => `\`${code}\``));
});

test("members are read with their comments, across lines", () => {
  const source = `export interface Some {\n  /** One. */\n  a: string;\n  /**\n   * Two,\n   * in two lines.\n   */\n  b?: {\n    c: 1;\n  };\n  d: () => void;\n}\n`;
  expect(membersOf(source, "Some")).toEqual([
    { name: "a", type: "string", text: "One." },
    { name: "b", type: "{ c: 1 }", text: "Two, in two lines.", optional: true },
    { name: "d", type: "() => void", text: "" },
  ]);
});
