// A colour: picked, or written as six digits.
import { Field } from "./fields.tsx";
import type { FieldProps } from "./fields.tsx";
import { fullColor } from "./contrast.ts";
import { texts } from "./texts.ts";

interface Props extends FieldProps {
  /** `#rgb` or `#rrggbb`, or what somebody has begun to write. */
  value: string;
  onChange: (value: string) => void;
}

export function ColorField({ value, onChange, ...field }: Props) {
  return (
    <Field {...field}>
      {(parts) => (
        <div class="color-field">
          <input
            type="color"
            aria-label={texts.colorPicker}
            tabIndex={-1}
            value={fullColor(value) ?? "#000000"}
            onInput={({ currentTarget }) => onChange(currentTarget.value)}
          />
          <input
            {...parts}
            type="text"
            spellcheck={false}
            autocomplete="off"
            maxLength={7}
            dir="ltr"
            value={value}
            onInput={({ currentTarget }) => onChange(currentTarget.value.trim())}
          />
        </div>
      )}
    </Field>
  );
}
