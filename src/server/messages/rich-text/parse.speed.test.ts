import { describe, expect, it } from "vitest";
import { RICH_TEXT_MAX_LENGTH } from "../../../protocol/rich-text.ts";
import { parseRichText } from "./parse.ts";

/** With some room for a start and an end. */
const LENGTH = RICH_TEXT_MAX_LENGTH - 200;
const fill = (unit: string) => unit.repeat(Math.ceil(LENGTH / unit.length)).slice(0, LENGTH);
const pair = (open: string, close: string) => {
  const count = Math.floor(LENGTH / (open.length + close.length));
  return `${open.repeat(count)}x${close.repeat(count)}`;
};
const growing = (unit: string, end: string) =>
  Array.from({ length: 120 }, (_, i) => unit.repeat(i) + end).join("");

const UNITS = [
  ["*", "**a _b ", "a* ", "~~a ", "> ", ">", "> a\n>> b\n", "- ", "- a\n", "1. a\n"],
  ["[", "[](", "[]((", "[a](<b", "[a](b", "![[", "[a](https://b.c)", "`", "\\``", "``\\"],
  ["<", "<>", "<a", "https://a.b ", "https://", "www.", "a@", "a@b.c ", "mailto:", "a."],
  ["```\n", "~~~\na\n", "# a\n", "&#", "\\", "\\a", "*a\n", "\t- a\n", "://", "重**点**"],
].flat();

describe("a text made to be slow", { timeout: 60_000 }, () => {
  /** Of the processor, which other processes cannot stretch as they do the clock's. */
  const timeOf = (text: string): number => {
    const before = process.cpuUsage();
    parseRichText(text);
    return process.cpuUsage(before).user;
  };
  const best = (text: string) => Math.min(timeOf(text), timeOf(text), timeOf(text));
  const prose = fill("Hello *there*, see https://x.de/y or `this`.\n\n");
  best(prose);
  const proseTime = best(prose);

  it.each(UNITS)("is read as fast as others: %j", (unit) => {
    const text = `${fill(unit)}x`;
    expect(best(text)).toBeLessThan(25 * proseTime);
  });

  it.each([
    ["brackets", pair("[", "]")],
    ["links in links", pair("[", "](https://a.b)")],
    ["images in images", pair("![", "](https://a.b)")],
    ["bold in bold", pair("**a ", " b**")],
    ["an address of brackets", `https://a.b/${pair("(", ")")}`],
    ["an address of pairs", `https://a.b/${fill("([{")}`],
    ["a user that never ends", `https://${fill("a:")}`],
    ["growing quotes", growing("> ", "a\n")],
    ["growing indentation", growing(" ", "- a\n")],
    ["growing code", growing("`", " a")],
    ["lines below a deep quote", `${"> ".repeat(50)}a\n${fill("a\n")}`],
    ["blank lines", `*a*${fill("\n ")}`],
  ])("is read as fast as others: %s", (_name, text) => {
    expect(best(text)).toBeLessThan(25 * proseTime);
  });

  it("makes no tree of more nodes than a message has", () => {
    expect(parseRichText(fill("*a* "))).toBeNull();
  });

  it("makes no tree of a text longer than messages with formatting are", () => {
    const text = `*a* ${"a".repeat(RICH_TEXT_MAX_LENGTH - 4)}`;
    expect(parseRichText(text)).not.toBeNull();
    expect(parseRichText(`${text}a`)).toBeNull();
  });
});
