import { describe, expect, it } from "vitest";
import { aMessage } from "../../client/agent-fake-records.ts";
import {
  contactName,
  formatAgo,
  formatDay,
  formatDuration,
  initials,
  previewOf,
} from "./format.ts";

const now = new Date(2025, 5, 15, 12).getTime();
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe("times", () => {
  it.each([
    [0, "now"],
    [-5 * MINUTE, "now"],
    [59_999, "now"],
    [MINUTE, "1m"],
    [HOUR - 1, "59m"],
    [HOUR, "1h"],
    [26 * HOUR, "1d"],
  ])("say %d ms ago as %s", (age, text) => {
    expect(formatAgo(now - age, now)).toBe(text);
  });

  it("name the day after a week", () => {
    expect(formatAgo(now - 8 * 24 * HOUR, now)).toMatch(/7/);
  });

  it("name today and yesterday, by the calendar and not by hours", () => {
    expect(formatDay(now, now)).toBe("Today");
    expect(formatDay(now - 13 * HOUR, now)).toBe("Yesterday");
  });

  it("never say that somebody waits for zero minutes", () => {
    expect(formatDuration(0)).toBe("1m");
  });
});

describe("names", () => {
  it("fall back to the e-mail, then to a number", () => {
    expect(contactName({ id: 7, name: " ", email: "ada@example.com" })).toBe("ada@example.com");
    expect(contactName({ id: 7, name: null, email: null })).toBe("Visitor 7");
  });

  it.each([
    ["Ada Lovelace", "AL"],
    ["ada", "A"],
    ["(Ünal) 🙂 Öz", "ÜÖ"],
    ["محمد علي", "مع"],
    ["🙂", ""],
  ])("shorten %s to %s", (name, letters) => {
    expect(initials(name)).toBe(letters);
  });
});

describe("previews", () => {
  it("stand in one line and mark one's own messages", () => {
    const message = aMessage({
      content: "one\n\ntwo",
      sender: { type: "user", id: 1, name: "A", avatar_url: null },
    });
    expect(previewOf(message, 1)).toBe("You: one two");
    expect(previewOf(message, 2)).toBe("one two");
  });
});
