// When an inbox is open: as an administrator says it, and as a visitor needs it.
import { z } from "zod";
import { HOLIDAYS_MAX } from "./limits.ts";
import { text } from "./request-fields.ts";

const HOLIDAY_NAME_MAX_LENGTH = 100;

const hour = z.coerce.number().int().min(0).max(23);
const minutes = z.coerce.number().int().min(0).max(59);

/**
 * One day of the week, 0 is Sunday. Hours that end before they begin go on after midnight; a time of the
 * day that is `closed_all_day` or `open_all_day` is not looked at.
 */
export const workingHourSchema = z.object({
  day_of_week: z.coerce.number().int().min(0).max(6),
  closed_all_day: z.boolean().default(false),
  open_all_day: z.boolean().default(false),
  open_hour: hour.nullish().transform((said) => said ?? 9),
  open_minutes: minutes.nullish().transform((said) => said ?? 0),
  close_hour: hour.nullish().transform((said) => said ?? 17),
  close_minutes: minutes.nullish().transform((said) => said ?? 0),
});
export type WorkingHour = z.output<typeof workingHourSchema>;

/** As it travels to agents: nothing left to be filled in. */
export const workingHourRecordSchema = z.object({
  day_of_week: z.int(),
  closed_all_day: z.boolean(),
  open_all_day: z.boolean(),
  open_hour: z.int(),
  open_minutes: z.int(),
  close_hour: z.int(),
  close_minutes: z.int(),
});

const isDate = (said: string) =>
  /^\d{4}-\d\d-\d\d$/.test(said) && new Date(`${said}T00:00:00Z`).toJSON()?.slice(0, 10) === said;
const date = z.string().refine(isDate, "must be a date such as 2026-12-25");

/** Days on which nobody is there, the first and the last one included. */
export const holidaySchema = z
  .object({
    name: text(HOLIDAY_NAME_MAX_LENGTH).trim().default(""),
    starts_on: date,
    ends_on: date.optional(),
  })
  .transform(({ name, starts_on, ends_on = starts_on }) => ({ name, starts_on, ends_on }))
  .refine(({ starts_on, ends_on }) => starts_on <= ends_on, "must not end before it begins");
export type Holiday = z.output<typeof holidaySchema>;
export const holidayRecordSchema = z.object({
  name: z.string(),
  starts_on: z.string(),
  ends_on: z.string(),
});

const closed = (day: number): WorkingHour => ({
  day_of_week: day,
  closed_all_day: true,
  open_all_day: false,
  open_hour: 9,
  open_minutes: 0,
  close_hour: 17,
  close_minutes: 0,
});

const DAYS = [0, 1, 2, 3, 4, 5, 6];

/** Monday to Friday, nine to five. */
export const defaultWorkingHours: WorkingHour[] = DAYS.map((day) => ({
  ...closed(day),
  closed_all_day: day === 0 || day === 6,
}));

const startsWhenItEnds = (day: WorkingHour) =>
  !day.closed_all_day &&
  !day.open_all_day &&
  day.open_hour === day.close_hour &&
  day.open_minutes === day.close_minutes;

/** A whole week: a day that is not named is closed. */
export const workingHoursSchema = z
  .array(workingHourSchema)
  .max(DAYS.length, `must be at most ${DAYS.length}`)
  .refine(
    (days) => new Set(days.map((day) => day.day_of_week)).size === days.length,
    "must name each day once",
  )
  .refine(
    (days) => !days.some(startsWhenItEnds),
    "must not open when they close: say open_all_day or closed_all_day",
  )
  .transform((days) =>
    DAYS.map((day) => days.find(({ day_of_week }) => day_of_week === day) ?? closed(day)),
  );

export const holidaysSchema = z
  .array(holidaySchema)
  .max(HOLIDAYS_MAX, `must be at most ${HOLIDAYS_MAX}`);

/** An IANA time zone that this server knows, such as Europe/Berlin. */
export const timezoneSchema = text(64).refine((said) => {
  try {
    // An offset such as +01:00 is no zone: it knows no summer.
    return /^[A-Za-z]/.test(said) && Boolean(new Intl.DateTimeFormat("en", { timeZone: said }));
  } catch {
    return false;
  }
}, "must be a time zone such as Europe/Berlin");

/**
 * What a visitor needs of it, in instants: whether it is open, and when that changes, the soonest first.
 * Closed, the first one is the next opening; none means that it stays as it is. The list ends somewhere:
 * who has come to its end asks again.
 */
export const openingHoursSchema = z.object({
  is_open: z.boolean(),
  /** Whole seconds since 1970, UTC. */
  changes_at: z.array(z.int()),
});
export type OpeningHours = z.infer<typeof openingHoursSchema>;
