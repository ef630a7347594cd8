// When an inbox is open, in instants: its hours and holidays are wall clocks of its time zone, where a
// day may have 23, 25 or no hours at all.
import { IANAZone } from "luxon";
import type { Holiday, OpeningHours, WorkingHour } from "../../protocol/records-opening-hours.ts";
import type { InboxRow } from "./inboxes.ts";

export interface Hours {
  timezone: string;
  working_hours: WorkingHour[];
  holidays: Holiday[];
}

/** From its first millisecond to the one that is no longer part of it. */
interface Interval {
  start: number;
  end: number;
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** A page that stays open for longer asks again. */
const CHANGES_MAX = 14;
/** Whoever is closed for longer does not know when he comes back. */
const DAYS_MAX = 400;

/** Whether the inbox is open at `now`, and its next changes; null: it has no hours. */
export function openingHoursOf(
  inbox: Pick<InboxRow, "working_hours_enabled" | keyof Hours>,
  now: Date,
): OpeningHours | null {
  if (!inbox.working_hours_enabled) return null;
  const { isOpen, changes } = changesOf(inbox, now.getTime());
  return { is_open: isOpen, changes_at: changes.map((at) => Math.ceil(at / 1_000)) };
}

/** Open from the first moment of an interval; changes in milliseconds since 1970, the soonest first. */
export function changesOf(
  said: Hours,
  now: number,
  max = CHANGES_MAX,
): { isOpen: boolean; changes: number[] } {
  const zone = IANAZone.create(said.timezone);
  const today = Math.floor((now + zone.offset(now) * MINUTE_MS) / DAY_MS);
  const hours = {
    ...said,
    holidays: said.holidays.filter(({ ends_on }) => ends_on >= dateOf(today - 2)),
  };
  if (neverChanges(hours)) return { isOpen: hours.working_hours.some(isWholeDay), changes: [] };
  // What was not looked at to its end may go on.
  const horizon = (today + DAYS_MAX - 3) * DAY_MS;
  let isOpen = false;
  const changes: number[] = [];
  function tell({ start, end }: Interval): void {
    isOpen ||= start <= now && now < end;
    changes.push(...[start, end].filter((at) => at > now && at < horizon));
  }
  let last: Interval | undefined;
  // From the day before the day before: a night may last, and a time zone may skip a day.
  for (let day = today - 2; day < today + DAYS_MAX && changes.length < max; day += 1) {
    const next = intervalOf(hours, zone, day);
    if (!next) continue;
    if (last && next.start <= last.end) last.end = Math.max(last.end, next.end);
    else {
      if (last) tell(last);
      last = next;
    }
  }
  if (last && changes.length < max) tell(last);
  return { isOpen, changes: changes.slice(0, max) };
}

const isWholeDay = (day: WorkingHour) => day.open_all_day && !day.closed_all_day;

const neverChanges = ({ working_hours, holidays }: Hours) =>
  working_hours.every(({ closed_all_day }) => closed_all_day) ||
  (holidays.length === 0 && working_hours.length === 7 && working_hours.every(isWholeDay));

const dateOf = (day: number) => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** The hours that begin on a day, which is counted in days since 1970; undefined: it has none. */
function intervalOf(hours: Hours, zone: IANAZone, day: number): Interval | undefined {
  const weekday = (((day + 4) % 7) + 7) % 7;
  const said = hours.working_hours.find(({ day_of_week }) => day_of_week === weekday);
  if (!said || said.closed_all_day || isHoliday(hours, day)) return undefined;
  const opens = said.open_all_day ? 0 : said.open_hour * 60 + said.open_minutes;
  const closes = said.open_all_day ? 1_440 : said.close_hour * 60 + said.close_minutes;
  // A night ends where a holiday begins.
  const isNight = closes <= opens;
  const cut = isNight && isHoliday(hours, day + 1) ? 1_440 : closes + (isNight ? 1_440 : 0);
  const start = instantOf(zone, day, opens, "first");
  const end = instantOf(zone, day, cut, "last");
  return start < end ? { start, end } : undefined;
}

function isHoliday({ holidays }: Hours, day: number): boolean {
  const date = dateOf(day);
  return holidays.some(({ starts_on, ends_on }) => starts_on <= date && date <= ends_on);
}

/**
 * The instant at which the clocks of a zone show a time of a day, in minutes since its midnight. Of a time
 * that comes twice, the first or the last one; of one that is skipped, the moment of the skip.
 */
function instantOf(zone: IANAZone, day: number, minutes: number, which: "first" | "last"): number {
  const wall = day * DAY_MS + minutes * MINUTE_MS;
  const before = zone.offset(wall - DAY_MS) * MINUTE_MS;
  const after = zone.offset(wall + DAY_MS) * MINUTE_MS;
  const shows = (at: number) => at + zone.offset(at) * MINUTE_MS === wall;
  const found = [wall - before, wall - after].filter(shows).toSorted((a, b) => a - b);
  const [first, again] = found;
  // Set back to this very time: what ends then has ended before.
  const isSetBack = again !== undefined && zone.offset(again - 1) !== zone.offset(again);
  const one = which === "first" || isSetBack ? first : found.at(-1);
  return one ?? skipBetween(zone, wall - after, wall - before);
}

/** The moment between two others at which the clocks are changed. */
function skipBetween(zone: IANAZone, from: number, to: number): number {
  const offset = zone.offset(to);
  let [low, high] = [from, to];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (zone.offset(middle) === offset) high = middle;
    else low = middle;
  }
  return high;
}
