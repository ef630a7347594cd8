import { describe, expect, it } from "vitest";
import { cannedQueryOf, matchCanned } from "./canned-responses.ts";

describe("asking for a canned response", () => {
  it("is a slash at the start of a word, up to the caret", () => {
    expect(cannedQueryOf("/", 1)).toEqual({ from: 0, to: 1, words: "" });
    expect(cannedQueryOf("Hello /re and more", 9)).toEqual({ from: 6, to: 9, words: "re" });
    expect(cannedQueryOf("one\n/two", 8)).toEqual({ from: 4, to: 8, words: "two" });
  });

  it("is none of: an address, a fraction, a finished word, a text without one", () => {
    for (const text of ["see https://a.example/b", "/usr/bin", "1/2", "/re and", "", "hi"]) {
      expect(cannedQueryOf(text, text.length), text).toBeNull();
    }
  });
});

describe("what fits", () => {
  const canned = (id: number, short_code: string, content: string) => ({
    id,
    short_code,
    content,
    account_id: 1,
  });
  const all = [
    canned(1, "thanks", "Thank you for your refund request"),
    canned(2, "no-refund", "Sorry"),
    canned(3, "Refund", "Here is your money"),
    canned(4, "bye", "So long"),
  ];

  it("comes by the begin of its short code, then by a part of it, then by its text", () => {
    expect(matchCanned(all, "REF").map(({ id }) => id)).toEqual([3, 2, 1]);
    expect(matchCanned(all, "").map(({ short_code }) => short_code)).toEqual([
      "bye",
      "no-refund",
      "Refund",
      "thanks",
    ]);
    expect(matchCanned(all, "nothing")).toEqual([]);
  });
});
