// Opening hours on the clocks of time zones, held against looking at the clock every five minutes.
import * as fc from "fast-check";
import { DateTime } from "luxon";
import { describe, expect, it } from "vitest";
import type { WorkingHour } from "../../protocol/records-opening-hours.ts";
import { workingHoursSchema } from "../../protocol/records-opening-hours.ts";
import { changesOf, openingHoursOf } from "./opening-hours.ts";
import type { Hours } from "./opening-hours.ts";

const STEP_MS = 300_000;
const DAY_MS = 86_400_000;

const week = (day: Partial<WorkingHour>): WorkingHour[] =>
  workingHoursSchema.parse([0, 1, 2, 3, 4, 5, 6].map((n) => ({ day_of_week: n, ...day })));
const berlin = (more: Partial<Hours> = {}): Hours => ({
  timezone: "Europe/Berlin",
  working_hours: week({}),
  holidays: [],
  ...more,
});
const at = (iso: string) => Date.parse(iso);
const iso = (changes: number[]) => changes.map((one) => new Date(one).toISOString().slice(0, 16));

describe("opening hours", () => {
  it("say whether it is open, and when that changes", () => {
    expect(changesOf(berlin(), at("2026-11-20T07:59:00Z"), 2)).toEqual({
      isOpen: false,
      changes: [at("2026-11-20T08:00:00Z"), at("2026-11-20T16:00:00Z")],
    });
    expect(changesOf(berlin(), at("2026-11-20T08:00:00Z"), 1)).toEqual({
      isOpen: true,
      changes: [at("2026-11-20T16:00:00Z")],
    });
    expect(changesOf(berlin(), at("2026-11-20T16:00:00Z"), 1).isOpen).toBe(false);
  });

  it("follow the summer time of their zone", () => {
    const { changes } = changesOf(berlin(), at("2026-03-28T18:00:00Z"), 2);
    expect(iso(changes)).toEqual(["2026-03-29T07:00", "2026-03-29T15:00"]);
  });

  it("begin when a time that is skipped is skipped, and last through one that comes twice", () => {
    const night = berlin({
      working_hours: week({ open_hour: 2, open_minutes: 30, close_hour: 4 }),
    });
    const spring = changesOf(night, at("2026-03-28T22:00:00Z"), 2);
    expect(iso(spring.changes)).toEqual(["2026-03-29T01:00", "2026-03-29T02:00"]);
    const autumn = changesOf(night, at("2026-10-24T22:00:00Z"), 2);
    expect(iso(autumn.changes)).toEqual(["2026-10-25T00:30", "2026-10-25T03:00"]);
  });

  it("go on after midnight, into a day that is closed itself", () => {
    const working_hours = workingHoursSchema.parse([
      { day_of_week: 5, open_hour: 20, close_hour: 2 },
    ]);
    expect(changesOf(berlin({ working_hours }), at("2026-11-21T00:30:00Z"), 1)).toEqual({
      isOpen: true,
      changes: [at("2026-11-21T01:00:00Z")],
    });
  });

  it("are closed on holidays, to which a night before them yields", () => {
    const hours = berlin({
      working_hours: week({ open_hour: 20, close_hour: 2 }),
      holidays: [{ name: "Christmas", starts_on: "2026-12-25", ends_on: "2026-12-26" }],
    });
    const { isOpen, changes } = changesOf(hours, at("2026-12-24T20:00:00Z"), 2);
    expect(isOpen).toBe(true);
    expect(iso(changes)).toEqual(["2026-12-24T23:00", "2026-12-27T19:00"]);
  });

  it("that are open all day every day change at holidays only", () => {
    const working_hours = week({ open_all_day: true });
    const now = at("2026-11-20T12:00:00Z");
    expect(changesOf(berlin({ working_hours }), now)).toEqual({ isOpen: true, changes: [] });
    const holidays = [{ name: "", starts_on: "2026-11-22", ends_on: "2026-11-22" }];
    const { isOpen, changes } = changesOf(berlin({ working_hours, holidays }), now);
    expect(isOpen).toBe(true);
    expect(iso(changes)).toEqual(["2026-11-21T23:00", "2026-11-22T23:00"]);
    const long = [{ name: "", starts_on: "2026-11-22", ends_on: "2036-11-22" }];
    const closing = changesOf(berlin({ working_hours, holidays: long }), now);
    expect(iso(closing.changes)).toEqual(["2026-11-21T23:00"]);
  });

  it("that are never open never change", () => {
    const working_hours = week({ closed_all_day: true });
    const now = at("2026-11-20T12:00:00Z");
    expect(changesOf(berlin({ working_hours }), now)).toEqual({ isOpen: false, changes: [] });
  });

  it("do not count until they are enabled", () => {
    const hours = { ...berlin(), working_hours_enabled: false };
    const now = new Date("2026-11-21T03:00:00Z");
    expect(openingHoursOf(hours, now)).toBeNull();
    expect(openingHoursOf({ ...hours, working_hours_enabled: true }, now)).toMatchObject({
      is_open: false,
      changes_at: expect.arrayContaining([at("2026-11-21T08:00:00Z") / 1_000]) as number[],
    });
  });

  it("are what somebody finds who looks at the clock all the time", { timeout: 20_000 }, () => {
    fc.assert(
      fc.property(aPlace, someHours, ({ timezone, day }, { working_hours, holidays }) => {
        const hours = { timezone, working_hours, holidays: holidays(day) };
        const from = day - 2 * DAY_MS;
        const to = day + 3 * DAY_MS;
        const isOpenAt = lookingAtTheClock(hours, from - 3 * DAY_MS, to + 3 * DAY_MS);
        const { isOpen, changes } = changesOf(hours, from, 50);
        expect(isOpen).toBe(isOpenAt(from));
        let state = isOpen;
        for (let now = from; now < to; now += STEP_MS) {
          if (changes.includes(now)) state = !state;
          if (state !== isOpenAt(now)) {
            expect(new Date(now).toISOString()).toBe(`told ${state}`);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});

/** Around days on which something happens to the clocks: twice a year, at midnight, by half an hour, by a day. */
const aPlace = fc.constantFrom(
  ...[
    ["Europe/Berlin", "2026-03-29"],
    ["Europe/Berlin", "2026-10-25"],
    ["America/Havana", "2026-03-08"],
    ["America/Havana", "2026-11-01"],
    ["Asia/Beirut", "2026-03-29"],
    ["Atlantic/Azores", "2026-03-29"],
    ["Atlantic/Azores", "2026-10-25"],
    ["Australia/Lord_Howe", "2026-04-05"],
    ["Australia/Lord_Howe", "2026-10-04"],
    ["Pacific/Apia", "2011-12-30"],
    ["Asia/Kathmandu", "2026-06-10"],
  ].map(([timezone = "", day = ""]) => ({ timezone, day: Date.parse(day) })),
);

const five = fc.integer({ min: 0, max: 11 }).map((n) => n * 5);
const hour = fc.integer({ min: 0, max: 23 });
const aDay = fc
  .record({
    closed_all_day: fc.boolean(),
    open_all_day: fc.boolean(),
    open_hour: fc.oneof(hour, fc.constantFrom(0, 1, 2)),
    open_minutes: five,
    close_hour: fc.oneof(hour, fc.constantFrom(0, 1, 2, 3)),
    close_minutes: five,
  })
  .map((day) => ({ ...day, closed_all_day: day.closed_all_day && !day.open_all_day }))
  .filter((day) => day.open_hour !== day.close_hour || day.open_minutes !== day.close_minutes);
const someHours = fc.record({
  working_hours: fc
    .array(aDay, { minLength: 7, maxLength: 7 })
    .map((days) => days.map((day, day_of_week) => ({ ...day, day_of_week }))),
  holidays: fc.array(fc.integer({ min: -2, max: 2 }), { maxLength: 2 }).map(
    (offsets) => (day: number) =>
      offsets.map((offset) => {
        const date = new Date(day + offset * DAY_MS).toISOString().slice(0, 10);
        return { name: "", starts_on: date, ends_on: date };
      }),
  ),
});

/** The same from the clock alone: a day's hours last from the first look that shows them to the last one. */
function lookingAtTheClock({ timezone, working_hours, holidays }: Hours, from: number, to: number) {
  const looks: { at: number; wall: number }[] = [];
  for (let now = from; now < to; now += STEP_MS) {
    const local = DateTime.fromMillis(now, { zone: timezone });
    looks.push({ at: now, wall: now + local.offset * 60_000 });
  }
  const isHoliday = (day: number) => {
    const date = new Date(day).toISOString().slice(0, 10);
    return holidays.some(({ starts_on }) => starts_on === date);
  };
  const open: { start: number; end: number }[] = [];
  for (let day = Math.floor(from / DAY_MS) * DAY_MS; day < to; day += DAY_MS) {
    const said = working_hours[new Date(day).getUTCDay()];
    if (!said || said.closed_all_day || isHoliday(day)) continue;
    const opens = day + (said.open_all_day ? 0 : said.open_hour * 60 + said.open_minutes) * 60_000;
    const sameDay =
      day + (said.open_all_day ? 1_440 : said.close_hour * 60 + said.close_minutes) * 60_000;
    const wanted = sameDay <= opens ? sameDay + DAY_MS : sameDay;
    const closes = isHoliday(day + DAY_MS) ? Math.min(wanted, day + DAY_MS) : wanted;
    const start = looks.find(({ wall }) => wall >= opens)?.at ?? to;
    const end = (looks.findLast(({ wall }) => wall < closes)?.at ?? from) + STEP_MS;
    if (start < end) open.push({ start, end });
  }
  return (now: number) => open.some(({ start, end }) => start <= now && now < end);
}
