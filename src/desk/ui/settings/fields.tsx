// The fields of the settings' forms: each with its label, what it is for, and what is wrong with it.
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { problemText } from "./texts.ts";

export interface FieldProps {
  label: string;
  hint?: ComponentChildren;
  /** What is wrong, as the server says it after the field's name. */
  problem?: string | undefined;
}

interface Parts {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": boolean | undefined;
}

/** The frame around one control. */
export function Field({
  label,
  hint,
  problem,
  children,
}: FieldProps & { children: (parts: Parts) => ComponentChildren }) {
  const id = useId();
  const described = [hint ? `${id}-hint` : "", problem ? `${id}-problem` : ""].filter(Boolean);
  return (
    <div class="form-field">
      <label for={id}>{label}</label>
      {children({
        id,
        "aria-describedby": described.join(" ") || undefined,
        "aria-invalid": problem ? true : undefined,
      })}
      {problem && (
        <p id={`${id}-problem`} class="field-problem">
          {problemText(problem)}
        </p>
      )}
      {hint && (
        <div id={`${id}-hint`} class="quiet field-hint">
          {hint}
        </div>
      )}
    </div>
  );
}

/** What is wrong with a group as a whole. */
export function FieldProblem({ text }: { text: string | undefined }) {
  return text ? <p class="field-problem">{problemText(text)}</p> : null;
}

interface TextProps extends FieldProps {
  value: string;
  onChange: (value: string) => void;
  type?: "text" | "email" | "url" | "password";
  maxLength?: number;
  placeholder?: string;
  autocomplete?: string;
  isRequired?: boolean;
  isReadOnly?: boolean;
  /** More than one line. */
  rows?: number;
  dir?: "auto" | "ltr";
}

export function TextField({ value, onChange, rows, isRequired, isReadOnly, ...props }: TextProps) {
  const { label, hint, problem, type = "text", dir = "auto", ...more } = props;
  const onInput = (event: { currentTarget: HTMLInputElement | HTMLTextAreaElement }) =>
    onChange(event.currentTarget.value);
  const shared = { ...more, dir, value, onInput, required: isRequired, readOnly: isReadOnly };
  return (
    <Field label={label} hint={hint} problem={problem}>
      {(parts) =>
        rows ? (
          <textarea {...parts} {...shared} rows={rows} />
        ) : type === "password" ? (
          <input {...parts} {...shared} type="password" />
        ) : (
          <input {...parts} {...shared} type="text" inputMode={type} />
        )
      }
    </Field>
  );
}

interface NumberProps extends FieldProps {
  /** Undefined: nothing is chosen. */
  value: number | undefined;
  onChange: (value: number | undefined) => void;
  min?: number;
  max?: number;
  placeholder?: string;
}

export function NumberField({ value, onChange, label, hint, problem, ...more }: NumberProps) {
  return (
    <Field label={label} hint={hint} problem={problem}>
      {(parts) => (
        <input
          {...parts}
          {...more}
          type="number"
          inputMode="numeric"
          value={value ?? ""}
          onInput={({ currentTarget: { value, valueAsNumber } }) =>
            onChange(value === "" || Number.isNaN(valueAsNumber) ? undefined : valueAsNumber)
          }
        />
      )}
    </Field>
  );
}

export interface Option<Value extends string> {
  value: Value;
  label: string;
}

interface ChoiceProps<Value extends string> extends FieldProps {
  value: Value;
  options: readonly Option<Value>[];
  onChange: (value: Value) => void;
  isDisabled?: boolean;
}

export function ChoiceField<Value extends string>(props: ChoiceProps<Value>) {
  const { value, options, onChange, isDisabled, ...field } = props;
  return (
    <Field {...field}>
      {(parts) => (
        <select
          {...parts}
          value={value}
          disabled={isDisabled}
          onChange={({ currentTarget }) => {
            const chosen = options.find((one) => one.value === currentTarget.value);
            if (chosen) onChange(chosen.value);
          }}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

interface CheckProps {
  label: string;
  hint?: ComponentChildren;
  value: boolean;
  onChange: (value: boolean) => void;
}

export function CheckField({ label, hint, value, onChange }: CheckProps) {
  const id = useId();
  return (
    <div class="form-check">
      <input
        id={id}
        type="checkbox"
        checked={value}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={({ currentTarget }) => onChange(currentTarget.checked)}
      />
      <label for={id}>{label}</label>
      {hint && (
        <div id={`${id}-hint`} class="quiet field-hint">
          {hint}
        </div>
      )}
    </div>
  );
}

interface LinesProps extends FieldProps {
  value: readonly string[];
  onChange: (value: string[]) => void;
  placeholder?: string;
}

/** A list of texts, one a line. */
export function LinesField({ value, onChange, ...props }: LinesProps) {
  return (
    <TextField
      {...props}
      dir="ltr"
      rows={Math.min(8, Math.max(3, value.length + 1))}
      value={value.join("\n")}
      onChange={(said) => onChange(said === "" ? [] : said.split("\n"))}
    />
  );
}

/** Without the lines that say nothing. */
export const saidLines = (lines: readonly string[]): string[] =>
  lines.map((line) => line.trim()).filter((line) => line !== "");

interface ManyProps<Value extends string | number> {
  label: string;
  hint?: ComponentChildren;
  problem?: string | undefined;
  options: readonly { value: Value; label: string; hint?: string }[];
  value: readonly Value[];
  onChange: (value: Value[]) => void;
}

/** Any of some, each with a box to tick. */
export function ManyField<Value extends string | number>(props: ManyProps<Value>) {
  const { label, hint, problem, options, value, onChange } = props;
  const id = useId();
  return (
    <fieldset class="form-group" aria-describedby={problem ? `${id}-problem` : undefined}>
      <legend>{label}</legend>
      {hint && <div class="quiet field-hint">{hint}</div>}
      {problem && (
        <p id={`${id}-problem`} class="field-problem">
          {problemText(problem)}
        </p>
      )}
      {options.map((option) => (
        <CheckField
          key={option.value}
          label={option.label}
          hint={option.hint}
          value={value.includes(option.value)}
          onChange={(isChosen) =>
            onChange(
              // In the order that they are offered in: ticking twice changes nothing.
              options
                .map((one) => one.value)
                .filter((one) => (one === option.value ? isChosen : value.includes(one))),
            )
          }
        />
      ))}
    </fieldset>
  );
}
