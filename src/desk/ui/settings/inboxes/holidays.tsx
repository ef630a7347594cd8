// The holidays of an inbox: days, or ranges of days, on which nobody is there.
import { HOLIDAYS_MAX } from "../../../../protocol/limits.ts";
import type { InboxDetails } from "../../../../protocol/records-administration.ts";
import { FieldProblem, TextField } from "../fields.tsx";
import { formTexts, hoursTexts as words } from "./texts-forms.ts";

type Holiday = InboxDetails["holidays"][number];

interface HolidayProps {
  holidays: readonly Holiday[];
  problemOf: (index: number) => string | undefined;
  onChange: (holidays: Holiday[]) => void;
}

export function Holidays({ holidays, problemOf, onChange }: HolidayProps) {
  const change = (at: number, patch: Partial<Holiday>) =>
    onChange(holidays.map((one, index) => (index === at ? { ...one, ...patch } : one)));
  return (
    <fieldset class="form-group">
      <legend>{words.holidays}</legend>
      {holidays.map((holiday, index) => (
        <fieldset
          // oxlint-disable-next-line react/no-array-index-key -- two may be the same in everything
          key={index}
          class="holiday"
          aria-label={words.holiday(index + 1)}
        >
          <TextField
            label={words.holidayName}
            value={holiday.name}
            maxLength={100}
            onChange={(name) => change(index, { name })}
          />
          <DateField
            label={words.firstDay}
            value={holiday.starts_on}
            onChange={(starts_on) =>
              change(index, {
                starts_on,
                ...(holiday.ends_on < starts_on ? { ends_on: starts_on } : {}),
              })
            }
          />
          <DateField
            label={words.lastDay}
            value={holiday.ends_on}
            onChange={(ends_on) => change(index, { ends_on })}
          />
          <button
            type="button"
            class="button"
            onClick={() => onChange(holidays.filter((_, at) => at !== index))}
          >
            {formTexts.remove}
          </button>
          <FieldProblem text={problemOf(index)} />
        </fieldset>
      ))}
      {holidays.length < HOLIDAYS_MAX && (
        <button
          type="button"
          class="text-button"
          onClick={() => onChange([...holidays, { name: "", starts_on: "", ends_on: "" }])}
        >
          {words.addHoliday}
        </button>
      )}
    </fieldset>
  );
}

interface DateProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

function DateField({ label, value, onChange }: DateProps) {
  return (
    <label class="form-field">
      <span>{label}</span>
      <input
        type="date"
        value={value}
        required
        onInput={({ currentTarget }) => onChange(currentTarget.value)}
      />
    </label>
  );
}
