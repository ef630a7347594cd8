// Whether somebody is there, and if not, when: in words, in the visitor's time zone.
import type { PublicInbox } from "../../protocol/records.ts";
import type { Dates } from "./dates.ts";
import { waitingTexts as texts } from "./texts-waiting.ts";

const DAY_MS = 86_400_000;

/** Undefined where nothing more is known than that somebody is there, or is not. */
export function presenceInWords(
  inbox: Pick<PublicInbox, "availability" | "opening_hours" | "usual_reply_seconds">,
  dates: Dates,
  isShort: boolean,
  now: number,
): string | undefined {
  const { availability, opening_hours: hours, usual_reply_seconds: usual } = inbox;
  if (availability === "available") {
    if (!usual) return undefined;
    return isShort ? texts.usually(usual) : texts.onlineUsually(usual);
  }
  const [soonest] = hours?.changes_at ?? [];
  if (!hours || hours.is_open || !soonest) return undefined;
  const at = soonest * 1_000;
  const time = dates.time(at);
  if (dates.dayKey(at) === dates.dayKey(now)) return texts.backAt(time);
  // By the calendar: the day on which the clocks are changed is a day, too.
  const tomorrow = new Date(now);
  tomorrow.setDate(tomorrow.getDate() + 1);
  if (dates.dayKey(at) === dates.dayKey(tomorrow.getTime())) return texts.backTomorrow(time);
  return texts.backOn(at - now < 6 * DAY_MS ? dates.weekday(at) : dates.date(at), time);
}
