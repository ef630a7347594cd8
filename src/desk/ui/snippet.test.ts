import { describe, expect, it } from "vitest";
import { snippetOf } from "./snippet.ts";

const shown = (said: string, asked: string) =>
  snippetOf(said, asked)
    .map(({ text, isFound }) => (isFound ? `[${text}]` : text))
    .join("");

describe("a snippet", () => {
  it("marks the beginnings of words, whatever their case and script", () => {
    expect(shown("My Invoice is wrong, voice", "invo")).toBe("My [Invo]ice is wrong, voice");
    expect(shown("Grüße aus Köln", "kö grü")).toBe("[Grü]ße aus [Kö]ln");
  });

  it("begins near the first of them, at a word, and stays short", () => {
    const text = `${"before ".repeat(40)}needle ${"after ".repeat(60)}`;
    const found = shown(text, "needle");
    expect(found).toMatch(/^…before before before (before )?\[needle\] after/);
    expect(found.length).toBeLessThan(150);
  });

  it("takes signs of expressions as they are, and shows the begin where nothing is marked", () => {
    expect(shown("a (b) c++ <b>d</b>", "(b) c++")).toBe("a ([b]) [c]++ <[b]>d</[b]>");
    expect(shown("nothing here", "zzz")).toBe("nothing here");
    expect(shown("nothing here", "?!")).toBe("nothing here");
  });
});
