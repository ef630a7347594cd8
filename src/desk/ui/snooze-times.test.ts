import { describe, expect, it } from "vitest";
import { parseWhen, snoozeChoices, wakesText } from "./snooze-times.ts";

/** Friday, 20 November 2026. */
const at = (hours: number, minutes = 0, day = 20, month = 10, year = 2026) =>
  new Date(year, month, day, hours, minutes).getTime();
const now = at(10, 12);

describe("the times that are offered", () => {
  it("are later today, tomorrow morning, Monday morning, and until a reply", () => {
    expect(snoozeChoices(now).map(({ id, untilMs }) => [id, untilMs])).toEqual([
      ["later", at(13, 30)],
      ["tomorrow", at(9, 0, 21)],
      ["week", at(9, 0, 23)],
      ["reply", null],
    ]);
  });

  it("have no later today in the evening, and skip a whole week on Mondays", () => {
    expect(snoozeChoices(at(21, 30)).map(({ id }) => id)).toEqual(["tomorrow", "week", "reply"]);
    const monday = snoozeChoices(at(8, 0, 23)).find(({ id }) => id === "week");
    expect(monday?.untilMs).toBe(at(9, 0, 30));
  });
});

describe("a time in plain words", () => {
  it.each([
    ["in 2 hours", at(12, 12)],
    ["In an hour", at(11, 12)],
    ["half an hour", at(10, 42)],
    ["90 min", at(11, 42)],
    ["3d", at(10, 12, 23)],
    ["in 2 weeks", at(10, 12, 4, 11)],
    ["17:30", at(17, 30)],
    ["8am", at(8, 0, 21)],
    ["12 am", at(0, 0, 21)],
    ["noon", at(12)],
    ["tonight", at(20)],
    ["today at 5 pm", at(17)],
    ["tomorrow", at(9, 0, 21)],
    ["tomorrow at 8:15", at(8, 15, 21)],
    ["friday 9:30", at(9, 30, 27)],
    ["Next Monday", at(9, 0, 23)],
    ["thurs 14:00", at(14, 0, 26)],
    ["next week", at(9, 0, 23)],
    ["24 Dec 8am", at(8, 0, 24, 11)],
    ["December 24th, 2027", at(9, 0, 24, 11, 2027)],
    ["1 March", at(9, 0, 1, 2, 2027)],
    ["2026-12-01 07:45", at(7, 45, 1, 11)],
  ])("%s", (said, expected) => {
    expect(parseWhen(said, now)).toBe(expected);
  });

  it.each([
    "",
    "soon",
    "today at 9:00",
    "25:00",
    "9:75",
    "13 pm",
    "31 feb",
    "2025-01-01",
    "monkey",
    "friday banana",
    "in 0 minutes",
    "in 5 bananas",
    "12",
  ])("%s names nothing to come", (said) => {
    expect(parseWhen(said, now)).toBeNull();
  });
});

it("says when it wakes, as short as it can be told apart", () => {
  const time = (ms: number) =>
    new Intl.DateTimeFormat(undefined, { timeStyle: "short" }).format(ms);
  expect(wakesText(at(17, 30), now)).toBe(time(at(17, 30)));
  expect(wakesText(at(9, 0, 21), now)).toBe(`Tomorrow, ${time(at(9))}`);
  expect(wakesText(at(9, 0, 23), now)).toMatch(/^Monday, /);
  expect(wakesText(at(9, 0, 4, 11), now)).toMatch(/4.*, /);
  expect(wakesText(null, now)).toBe("reply");
});
