// When the inbox is open: hours for each day of the week, holidays, and what is said while nobody is there.
import { useEffect, useMemo } from "preact/hooks";
import { WIDGET_TEXT_MAX_LENGTH } from "../../../../protocol/limits.ts";
import type { InboxDetails } from "../../../../protocol/records-administration.ts";
import { createForm } from "../../../store/settings/form.ts";
import { useForm, useSettings } from "../context.ts";
import { EditorForm } from "../editor-form.tsx";
import { CheckField, ChoiceField, FieldProblem, TextField } from "../fields.tsx";
import { Holidays } from "./holidays.tsx";
import type { PartProps } from "./inboxes-page.tsx";
import { hoursTexts as words } from "./texts-forms.ts";

type Day = InboxDetails["working_hours"][number];
const MONDAY_FIRST = [1, 2, 3, 4, 5, 6, 0];

function valuesOf(inbox: InboxDetails) {
  const { working_hours_enabled, timezone, working_hours, holidays } = inbox;
  const { out_of_office_message, agent_away_message, enable_email_collect } = inbox;
  return {
    working_hours_enabled,
    timezone,
    working_hours,
    holidays,
    out_of_office_message,
    agent_away_message,
    enable_email_collect,
  };
}

export function HoursPart({ inbox }: PartProps) {
  const { inboxes } = useSettings();
  const form = useForm(() =>
    createForm({
      initial: valuesOf(inbox),
      fields: Object.keys(valuesOf(inbox)),
      check: ({ holidays }) =>
        holidays.flatMap(({ starts_on }, index) =>
          starts_on === ""
            ? [{ field: `holidays.${index}.starts_on`, message: words.dateMissing }]
            : [],
        ),
      async save(values) {
        const result = await inboxes.update(inbox.id, values);
        return result.ok ? { ok: true, data: valuesOf(result.data) } : result;
      },
    }),
  );
  useEffect(() => form.rebase(valuesOf(inbox)), [inbox]);
  const values = form.values.value;
  const zones = useMemo(() => timeZones(inbox.timezone), [inbox.timezone]);
  const setDay = (day: Day) =>
    form.set({
      working_hours: values.working_hours.map((one) =>
        one.day_of_week === day.day_of_week ? day : one,
      ),
    });
  return (
    <EditorForm form={form}>
      <CheckField
        label={words.enabled}
        hint={words.enabledHint}
        {...form.field("working_hours_enabled")}
      />
      {values.working_hours_enabled && (
        <>
          <ChoiceField
            label={words.timezone}
            {...form.field("timezone")}
            options={zones.map((value) => ({ value, label: value.replaceAll("_", " ") }))}
          />
          <fieldset class="form-group">
            <legend>{words.week}</legend>
            <FieldProblem text={form.problemOf("working_hours")} />
            {MONDAY_FIRST.map((number) => {
              const day = values.working_hours.find((one) => one.day_of_week === number);
              return day && <DayFields key={number} day={day} onChange={setDay} />;
            })}
          </fieldset>
          <Holidays
            holidays={values.holidays}
            problemOf={(index) => form.problemOf(`holidays.${index}`)}
            onChange={(holidays) => form.set({ holidays })}
          />
          <TextField
            label={words.message}
            hint={words.messageHint}
            {...form.field("out_of_office_message")}
            rows={3}
            maxLength={WIDGET_TEXT_MAX_LENGTH}
          />
        </>
      )}
      <TextField
        label={words.awayMessage}
        hint={words.awayMessageHint}
        {...form.field("agent_away_message")}
        rows={3}
        maxLength={WIDGET_TEXT_MAX_LENGTH}
      />
      <CheckField
        label={words.emailCollect}
        hint={words.emailCollectHint}
        {...form.field("enable_email_collect")}
      />
    </EditorForm>
  );
}

/** Those that this browser knows, with the one that is chosen. */
function timeZones(chosen: string): string[] {
  return [...new Set(["UTC", chosen, ...Intl.supportedValuesOf("timeZone")])].toSorted();
}

/** 1 is a Monday. */
function dayName(number: number): string {
  // The fourth of January 1970 was a Sunday.
  const date = Date.UTC(1970, 0, 4 + number);
  return new Intl.DateTimeFormat("en", { weekday: "long", timeZone: "UTC" }).format(date);
}

const two = (number: number) => String(number).padStart(2, "0");
const kinds = ["hours", "closed", "open"] as const;
type Kind = (typeof kinds)[number];

function DayFields({ day, onChange }: { day: Day; onChange: (day: Day) => void }) {
  const kind: Kind = day.closed_all_day ? "closed" : day.open_all_day ? "open" : "hours";
  const name = dayName(day.day_of_week);
  const time = (label: string, hour: number, minutes: number, set: (at: number[]) => Day) => (
    <input
      type="time"
      aria-label={`${name}: ${label}`}
      value={`${two(hour)}:${two(minutes)}`}
      required
      onInput={({ currentTarget: { value } }) => {
        const at = /^(\d\d):(\d\d)/.exec(value);
        if (at) onChange(set([Number(at[1]), Number(at[2])]));
      }}
    />
  );
  return (
    <div class="day-fields">
      <ChoiceField
        label={name}
        value={kind}
        options={kinds.map((value) => ({ value, label: words.kinds[value] }))}
        onChange={(chosen) =>
          onChange({
            ...day,
            closed_all_day: chosen === "closed",
            open_all_day: chosen === "open",
          })
        }
      />
      {kind === "hours" && (
        <div class="form-field day-hours">
          {time(words.from, day.open_hour, day.open_minutes, ([open_hour = 0, minutes = 0]) => ({
            ...day,
            open_hour,
            open_minutes: minutes,
          }))}
          <span aria-hidden="true">–</span>
          {time(words.to, day.close_hour, day.close_minutes, ([close_hour = 0, minutes = 0]) => ({
            ...day,
            close_hour,
            close_minutes: minutes,
          }))}
        </div>
      )}
    </div>
  );
}
