// When a snoozed conversation wakes: the times that are offered, and the ones that people write in plain words.
import { formatTime, formatWhen, startOfDay } from "./format.ts";
import { snoozedUntilText, texts } from "./texts.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const MORNING_HOUR = 9;
const EVENING_HOUR = 20;

export interface SnoozeChoice {
  id: string;
  label: string;
  /** Milliseconds since 1970; null: until the next reply. */
  untilMs: number | null;
}

/** What can be chosen at this hour, in the browser's time zone. */
export function snoozeChoices(nowMs: number): SnoozeChoice[] {
  const laterMs = Math.ceil((nowMs + 3 * HOUR_MS) / (30 * MINUTE_MS)) * 30 * MINUTE_MS;
  const isToday = startOfDay(laterMs) === startOfDay(nowMs);
  const monday = (8 - new Date(nowMs).getDay()) % 7 || 7;
  return [
    ...(isToday ? [{ id: "later", label: texts.snoozeLaterToday, untilMs: laterMs }] : []),
    { id: "tomorrow", label: texts.snoozeTomorrow, untilMs: onDay(nowMs, 1, MORNING_HOUR) },
    { id: "week", label: texts.snoozeNextWeek, untilMs: onDay(nowMs, monday, MORNING_HOUR) },
    { id: "reply", label: texts.snoozeUntilReply, untilMs: null },
  ];
}

/** So many days from today, at this time of day, whatever the clocks do in between. */
function onDay(nowMs: number, days: number, hours: number, minutes = 0): number {
  const day = new Date(nowMs);
  day.setDate(day.getDate() + days);
  return day.setHours(hours, minutes, 0, 0);
}

const unitsMs: Record<string, number> = {
  m: MINUTE_MS,
  min: MINUTE_MS,
  minute: MINUTE_MS,
  h: HOUR_MS,
  hour: HOUR_MS,
  d: DAY_MS,
  day: DAY_MS,
  w: 7 * DAY_MS,
  week: 7 * DAY_MS,
};
const weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const months = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");

/**
 * The instant that a phrase names, in milliseconds since 1970: "in 2 hours", "17:30", "tomorrow at
 * 8am", "friday 9:30", "next week", "24 Dec 2026 8:00", "2026-12-24". A day without a time means
 * nine in the morning. Null: it names nothing, or nothing that is to come.
 */
export function parseWhen(said: string, nowMs: number): number | null {
  const words = said
    .toLowerCase()
    .replace(/[,.]\s|\b(at|on|of|the)\b|[,]/g, " ")
    .replace(/(\d)(st|nd|rd|th)\b/g, "$1")
    .trim()
    .replace(/\s+/g, " ");
  const atMs = parseDuration(words, nowMs) ?? parseDayAndTime(words, nowMs);
  return atMs !== null && atMs > nowMs ? atMs : null;
}

function parseDuration(words: string, nowMs: number): number | null {
  const found = /^(?:in )?(\d{1,4}|an?|half an) ?([a-z]+)$/.exec(words);
  const unitMs = unitsMs[found?.[2]?.replace(/s$/, "") ?? ""];
  if (!found || unitMs === undefined) return null;
  const count =
    found[1] === "half an" ? 0.5 : Number(found[1]) || (/^an?$/.test(found[1] ?? "") ? 1 : 0);
  return nowMs + count * unitMs;
}

interface TimeOfDay {
  hours: number;
  minutes: number;
}

function parseDayAndTime(words: string, nowMs: number): number | null {
  const only = parseTime(words);
  if (only) {
    const todayMs = onDay(nowMs, 0, only.hours, only.minutes);
    return todayMs > nowMs ? todayMs : onDay(nowMs, 1, only.hours, only.minutes);
  }
  // The longest beginning that is a day; what is left of it is the time.
  const parts = words.split(" ");
  for (let length = parts.length; length > 0; length -= 1) {
    const dayMs = parseDay(parts.slice(0, length).join(" "), nowMs);
    if (dayMs === null) continue;
    const rest = parts.slice(length).join(" ");
    const time = rest === "" ? defaultTime(parts[0]) : parseTime(rest);
    return time && onDay(dayMs, 0, time.hours, time.minutes);
  }
  return null;
}

const defaultTime = (day = ""): TimeOfDay => ({
  hours: day === "tonight" ? EVENING_HOUR : MORNING_HOUR,
  minutes: 0,
});

function parseTime(words: string): TimeOfDay | null {
  if (words === "noon") return { hours: 12, minutes: 0 };
  const found = /^(\d{1,2})(?:[:.h](\d{2}))? ?([ap])?\.?(?:m\.?)?$/.exec(words);
  if (!found || (found[2] === undefined && found[3] === undefined)) return null;
  const half = found[3];
  const said = Number(found[1]);
  const minutes = Number(found[2] ?? 0);
  if (minutes > 59 || said > 23 || (half && (said < 1 || said > 12))) return null;
  return { hours: half ? (said % 12) + (half === "p" ? 12 : 0) : said, minutes };
}

/** Some instant of the day that these words name. */
function parseDay(words: string, nowMs: number): number | null {
  if (words === "today" || words === "tonight") return nowMs;
  if (words === "tomorrow") return onDay(nowMs, 1, 12);
  const today = new Date(nowMs).getDay();
  if (words === "next week") return onDay(nowMs, (8 - today) % 7 || 7, 12);
  const weekday = /^(?:next )?(sun|mon|tue|wed|thu|fri|sat)(?:s|nes|r|rs|ur)?(?:day)?$/.exec(words);
  const at = weekdays.indexOf(weekday?.[1] ?? "");
  if (at >= 0) {
    return onDay(nowMs, (at - today + 7) % 7 || 7, 12);
  }
  return parseDate(words, nowMs);
}

function parseDate(words: string, nowMs: number): number | null {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(words);
  if (iso) return noonOf(Number(iso[1]), Number(iso[2]) - 1, Number(iso[3]));
  const found =
    /^(?<day>\d{1,2}) (?<month>[a-z]{3,9})(?: (?<year>\d{4}))?$/.exec(words)?.groups ??
    /^(?<month>[a-z]{3,9}) (?<day>\d{1,2})(?: (?<year>\d{4}))?$/.exec(words)?.groups;
  const month = months.indexOf(found?.["month"]?.slice(0, 3) ?? "");
  if (!found || month < 0) return null;
  const day = Number(found["day"]);
  if (found["year"]) return noonOf(Number(found["year"]), month, day);
  const thisYear = new Date(nowMs).getFullYear();
  const atMs = noonOf(thisYear, month, day);
  // A date that has passed is next year's.
  return atMs !== null && atMs < startOfDay(nowMs) ? noonOf(thisYear + 1, month, day) : atMs;
}

function noonOf(year: number, month: number, day: number): number | null {
  const at = new Date(year, month, day, 12);
  return at.getMonth() === month && at.getDate() === day ? at.getTime() : null;
}

/** "18:30", "Tomorrow, 09:00", "Monday, 09:00", then the date; "reply" for until the next one. */
export function wakesText(untilMs: number | null, nowMs: number): string {
  if (untilMs === null) return texts.snoozeReply;
  const days = Math.round((startOfDay(untilMs) - startOfDay(nowMs)) / DAY_MS);
  if (days <= 0) return formatTime(untilMs);
  if (days === 1) return `${texts.snoozeTomorrow}, ${formatTime(untilMs)}`;
  if (days < 7) return `${weekdayOf(untilMs)}, ${formatTime(untilMs)}`;
  return formatWhen(untilMs, nowMs);
}

const weekdayOf = (atMs: number): string =>
  new Intl.DateTimeFormat(undefined, { weekday: "long" }).format(atMs);

/** "Snoozed until …", in full. */
export function snoozedText(untilMs: number | null, nowMs: number): string {
  return snoozedUntilText(untilMs === null ? texts.snoozeTheNextReply : wakesText(untilMs, nowMs));
}
