// Instants as filters say them: a day, a time with its zone, or seconds since 1970.
import type { FilterValue } from "../../protocol/requests-filters.ts";

const DAY_MS = 86_400_000;
/** 9999-12-31: the last day that both sides can write. */
const LAST_MS = 253_402_300_799_000;

export interface Instant {
  from: Date;
  /** The same as `from`, or the end of the day. */
  until: Date;
  isDay: boolean;
}

function instantOf(ms: number, isDay: boolean): Instant | undefined {
  if (!Number.isFinite(ms) || ms < 0 || ms > LAST_MS) return undefined;
  return { from: new Date(ms), until: new Date(ms + (isDay ? DAY_MS : 0)), isDay };
}

/** Undefined for what is none. */
export function parseInstant(value: FilterValue): Instant | undefined {
  const said = String(value).trim();
  if (/^\d{1,12}$/.test(said)) return instantOf(Number(said) * 1000, false);
  if (/^\d{4}-\d{2}-\d{2}$/.test(said)) {
    const ms = Date.parse(`${said}T00:00:00Z`);
    // JavaScript reads the 31st of February as a day of March.
    const isReal = !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(said);
    return isReal ? instantOf(ms, true) : undefined;
  }
  const isTime = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/;
  return isTime.test(said) ? instantOf(Date.parse(said.replace(" ", "T")), false) : undefined;
}
