// Times in words, in the visitor's language and time zone.
import { texts } from "./texts.ts";

const DAY_MS = 86_400_000;

export interface Dates {
  /** 09:05, or 9:05 AM */
  time(at: number): string;
  /** Today, Yesterday, or the date. */
  day(at: number): string;
  /** The time if it is today, else the date: for lists. */
  brief(at: number): string;
  /** Monday */
  weekday(at: number): string;
  /** December 24 */
  date(at: number): string;
  /** Equal for two instants of one day. */
  dayKey: (at: number) => string;
}

/** `locale` is a valid one. All instants in milliseconds since 1970. */
export function createDates(locale: string, now: () => number): Dates {
  const make = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options);
  const time = make({ timeStyle: "short" });
  const short = make({ month: "short", day: "numeric" });
  const long = make({ weekday: "long", month: "long", day: "numeric" });
  const withYear = make({ year: "numeric", month: "long", day: "numeric" });
  const dayKey = (at: number) => new Date(at).toDateString();
  const isToday = (at: number) => dayKey(at) === dayKey(now());
  const isYesterday = (at: number) => dayKey(at) === dayKey(now() - DAY_MS);
  return {
    dayKey,
    time: (at) => time.format(at),
    weekday: (at) => make({ weekday: "long" }).format(at),
    date: (at) => make({ month: "long", day: "numeric" }).format(at),
    brief: (at) => (isToday(at) ? time : short).format(at),
    day(at) {
      if (isToday(at)) return texts.today;
      if (isYesterday(at)) return texts.yesterday;
      return (now() - at < 180 * DAY_MS ? long : withYear).format(at);
    },
  };
}
