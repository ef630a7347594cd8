// How the chat looks and where it stands, beside a preview that follows.
import { useEffect } from "preact/hooks";
import type { InboxDetails } from "../../../../protocol/records-administration.ts";
import { createForm } from "../../../store/settings/form.ts";
import { ColorField } from "../color-field.tsx";
import { useForm, useSettings } from "../context.ts";
import { contrastOf, fullColor } from "../contrast.ts";
import { EditorForm } from "../editor-form.tsx";
import { CheckField, ChoiceField, NumberField } from "../fields.tsx";
import type { PartProps } from "./inboxes-page.tsx";
import { Preview } from "./preview.tsx";
import { appearanceTexts as words } from "./texts.ts";
import { onlySaid, orNull, previewOf } from "./widget-values.ts";
import type { Appearance } from "./widget-values.ts";

function valuesOf({ widget_color, settings: { widgetAppearance: look = {} } }: InboxDetails) {
  return {
    color: look.color ?? widget_color,
    position: look.position ?? ("right" as const),
    colorScheme: look.colorScheme ?? ("auto" as const),
    radius: look.radius,
    offset: { x: look.offset?.x, y: look.offset?.y },
    mobileOffset: { x: look.mobileOffset?.x, y: look.mobileOffset?.y },
    zIndex: look.zIndex,
    showAgentAvatars: look.showAgentAvatars ?? true,
  };
}
type Values = ReturnType<typeof valuesOf>;
type Point = Values["offset"];

/** The form's values as the setting, without its defaults. */
function appearanceOf(values: Values): Appearance {
  const { color: _inItsColumn, position, colorScheme, showAgentAvatars, ...rest } = values;
  const point = (at: Point) => orNull(onlySaid(at)) ?? undefined;
  return onlySaid({
    ...rest,
    offset: point(rest.offset),
    mobileOffset: point(rest.mobileOffset),
    position: position === "right" ? undefined : position,
    colorScheme: colorScheme === "auto" ? undefined : colorScheme,
    showAgentAvatars: showAgentAvatars ? undefined : false,
  });
}

const fields = ["position", "colorScheme", "radius", "offset", "mobileOffset", "zIndex", "color"];

export function AppearancePart({ inbox }: PartProps) {
  const { inboxes } = useSettings();
  const form = useForm(() =>
    createForm({
      initial: valuesOf(inbox),
      fields: [...fields, "widget_color", "settings.widgetAppearance"],
      check: ({ color }) =>
        fullColor(color) ? [] : [{ field: "color", message: words.colorProblem }],
      async save(values) {
        const result = await inboxes.update(inbox.id, {
          widget_color: fullColor(values.color) ?? values.color,
          settings: { widgetAppearance: orNull(appearanceOf(values)) },
        });
        return result.ok ? { ok: true, data: valuesOf(result.data) } : result;
      },
    }),
  );
  useEffect(() => form.rebase(valuesOf(inbox)), [inbox]);
  const values = form.values.value;
  const problemOf = (key: keyof Values) =>
    form.problemOf(key) ?? form.problemOf(`settings.widgetAppearance.${key}`);
  const shown = { widgetAppearance: { ...appearanceOf(values), color: values.color } };
  return (
    <div class="with-preview">
      <EditorForm form={form}>
        <ColorField
          label={words.color}
          hint={contrastNote(values.color)}
          problem={problemOf("color") ?? form.problemOf("widget_color")}
          value={values.color}
          onChange={(color) => form.set({ color })}
        />
        <ChoiceField
          label={words.colorScheme}
          problem={problemOf("colorScheme")}
          value={values.colorScheme}
          options={options(words.colorSchemes)}
          onChange={(colorScheme) => form.set({ colorScheme })}
        />
        <ChoiceField
          label={words.position}
          problem={problemOf("position")}
          value={values.position}
          options={options(words.positions)}
          onChange={(position) => form.set({ position })}
        />
        <NumberField
          label={words.radius}
          hint={words.radiusHint}
          problem={problemOf("radius")}
          value={values.radius}
          min={0}
          max={100}
          placeholder="16"
          onChange={(radius) => form.set({ radius })}
        />
        <CheckField label={words.avatars} {...form.field("showAgentAvatars")} />
        <PointFields
          legend={words.offset}
          placeholder="20"
          problem={problemOf("offset")}
          value={values.offset}
          onChange={(offset) => form.set({ offset })}
        />
        <PointFields
          legend={words.mobileOffset}
          placeholder={words.asAbove}
          problem={problemOf("mobileOffset")}
          value={values.mobileOffset}
          onChange={(mobileOffset) => form.set({ mobileOffset })}
        />
        <NumberField
          label={words.zIndex}
          hint={words.zIndexHint}
          problem={problemOf("zIndex")}
          value={values.zIndex}
          placeholder="2147483000"
          onChange={(zIndex) => form.set({ zIndex })}
        />
      </EditorForm>
      <Preview websiteToken={inbox.website_token} settings={previewOf(inbox, shown)} />
    </div>
  );
}

function options<Value extends string>(labels: Readonly<Record<Value, string>>) {
  return Object.entries<string>(labels).map(([value, label]) => ({
    value: value as Value,
    label,
  }));
}

/** The text on the colour is black or white, whichever can be read; the colour itself must be seen. */
function contrastNote(said: string): string {
  const color = fullColor(said);
  if (!color) return words.colorHint;
  const onWhite = contrastOf(color, "#ffffff");
  const text = onWhite >= 4.5 ? "#ffffff" : "#000000";
  const ratio = contrastOf(color, text).toFixed(1);
  const note = words.textOn(text === "#ffffff", ratio);
  return onWhite < 3 ? `${note} ${words.pale}` : note;
}

interface PointProps {
  legend: string;
  placeholder: string;
  problem: string | undefined;
  value: Point;
  onChange: (value: Point) => void;
}

function PointFields({ legend, placeholder, problem, value, onChange }: PointProps) {
  return (
    <fieldset class="form-group form-pair">
      <legend>{legend}</legend>
      <NumberField
        label={words.fromSide}
        value={value.x}
        placeholder={placeholder}
        problem={problem}
        onChange={(x) => onChange({ ...value, x })}
      />
      <NumberField
        label={words.fromBottom}
        value={value.y}
        placeholder={placeholder}
        onChange={(y) => onChange({ ...value, y })}
      />
    </fieldset>
  );
}
