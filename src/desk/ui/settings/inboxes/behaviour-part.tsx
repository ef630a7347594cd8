// How the chat behaves on the pages: where it is, when it opens, what it offers, what it keeps.
import { useEffect } from "preact/hooks";
import type { InboxDetails } from "../../../../protocol/records-administration.ts";
import type { WidgetSettings } from "../../../../protocol/records-widget-settings.ts";
import { createForm } from "../../../store/settings/form.ts";
import { useForm, useSettings } from "../context.ts";
import { EditorForm } from "../editor-form.tsx";
import {
  CheckField,
  ChoiceField,
  LinesField,
  ManyField,
  TextField,
  saidLines,
} from "../fields.tsx";
import type { PartProps } from "./inboxes-page.tsx";
import { Preview } from "./preview.tsx";
import { behaviourTexts as words } from "./texts.ts";
import { onlySaid, orNull, previewOf } from "./widget-values.ts";

type Feature = keyof typeof words.features;
const features = Object.keys(words.features) as Feature[];

function valuesOf({ settings }: InboxDetails) {
  return {
    visibility: settings.visibility ?? ("shown" as const),
    windowState: settings.windowState ?? ("minimized" as const),
    persistWindowState: settings.persistWindowState ?? ("session" as const),
    locale: settings.locale ?? "auto",
    isLauncherHidden: settings.launcher?.hidden ?? false,
    selector: settings.launcher?.selector ?? "",
    avoid: settings.launcher?.avoid ?? [],
    features: features.filter((name) => settings.features?.[name] ?? true),
    consent: settings.consent ?? ("granted" as const),
    storage: settings.storage ?? ("local" as const),
    include: settings.targeting?.include ?? [],
    exclude: settings.targeting?.exclude ?? [],
    routeTracking: settings.routeTracking ?? ("manual" as const),
  };
}
type Values = ReturnType<typeof valuesOf>;

/** `null` for what is as it is without being said. */
const unless = <Value,>(usual: Value, value: Value) => (value === usual ? null : value);

/** Undefined for an empty list. */
function linesOf(lines: readonly string[]): string[] | undefined {
  const said = saidLines(lines);
  return said.length === 0 ? undefined : said;
}

const featuresOf = (on: readonly Feature[]) =>
  Object.fromEntries(features.filter((name) => !on.includes(name)).map((name) => [name, false]));

function settingsOf(values: Values) {
  const launcher = onlySaid({
    hidden: values.isLauncherHidden || undefined,
    selector: values.selector.trim(),
    avoid: linesOf(values.avoid),
  });
  const targeting = onlySaid({
    include: linesOf(values.include),
    exclude: linesOf(values.exclude),
  });
  return {
    visibility: unless("shown", values.visibility),
    windowState: unless("minimized", values.windowState),
    persistWindowState: unless("session", values.persistWindowState),
    locale: unless("auto", values.locale.trim() || "auto"),
    launcher: orNull(launcher as NonNullable<WidgetSettings["launcher"]>),
    features: orNull(featuresOf(values.features)),
    consent: unless("granted", values.consent),
    storage: unless("local", values.storage),
    targeting: orNull(targeting as NonNullable<WidgetSettings["targeting"]>),
    routeTracking: unless("manual", values.routeTracking),
  };
}

function choices<Value extends string>(labels: Readonly<Record<Value, string>>) {
  return Object.entries<string>(labels).map(([value, label]) => ({
    value: value as Value,
    label,
  }));
}

export function BehaviourPart({ inbox }: PartProps) {
  const { inboxes } = useSettings();
  const form = useForm(() =>
    createForm({
      initial: valuesOf(inbox),
      fields: Object.keys(settingsOf(valuesOf(inbox))).map((key) => `settings.${key}`),
      async save(values) {
        const result = await inboxes.update(inbox.id, { settings: settingsOf(values) });
        return result.ok ? { ok: true, data: valuesOf(result.data) } : result;
      },
    }),
  );
  useEffect(() => form.rebase(valuesOf(inbox)), [inbox]);
  const values = form.values.value;
  const shown = {
    features: Object.fromEntries(features.map((name) => [name, values.features.includes(name)])),
    locale: values.locale.trim() || "auto",
  };
  const props = {
    values,
    set: form.set,
    problemOf: (key: string) => form.problemOf(`settings.${key}`),
  };
  return (
    <div class="with-preview">
      <EditorForm form={form}>
        <WindowFields {...props} />
        <ManyField
          label={words.featuresLabel}
          options={choices(words.features)}
          problem={props.problemOf("features")}
          value={values.features}
          onChange={(features) => form.set({ features })}
        />
        <LauncherFields {...props} />
        <PlaceFields {...props} />
        <PrivacyFields {...props} />
      </EditorForm>
      <Preview websiteToken={inbox.website_token} settings={previewOf(inbox, shown)} />
    </div>
  );
}

interface GroupProps {
  values: Values;
  set: (patch: Partial<Values>) => void;
  problemOf: (setting: string) => string | undefined;
}

function WindowFields({ values, set, problemOf }: GroupProps) {
  return (
    <>
      <ChoiceField
        label={words.visibility}
        value={values.visibility}
        options={choices(words.visibilities)}
        onChange={(visibility) => set({ visibility })}
      />
      <ChoiceField
        label={words.windowState}
        value={values.windowState}
        options={choices(words.windowStates)}
        onChange={(windowState) => set({ windowState })}
      />
      <ChoiceField
        label={words.persist}
        value={values.persistWindowState}
        options={choices(words.persists)}
        onChange={(persistWindowState) => set({ persistWindowState })}
      />
      <TextField
        label={words.locale}
        hint={words.localeHint}
        problem={problemOf("locale")}
        dir="ltr"
        value={values.locale}
        onChange={(locale) => set({ locale })}
      />
    </>
  );
}

function LauncherFields({ values, set, problemOf }: GroupProps) {
  return (
    <fieldset class="form-group">
      <legend>{words.launcher}</legend>
      <CheckField
        label={words.launcherHidden}
        hint={words.launcherHiddenHint}
        value={values.isLauncherHidden}
        onChange={(isLauncherHidden) => set({ isLauncherHidden })}
      />
      <TextField
        label={words.selector}
        hint={words.selectorHint}
        problem={problemOf("launcher.selector")}
        dir="ltr"
        value={values.selector}
        placeholder=".open-chat"
        onChange={(selector) => set({ selector })}
      />
      <LinesField
        label={words.avoid}
        hint={words.avoidHint}
        problem={problemOf("launcher.avoid")}
        value={values.avoid}
        placeholder="#cookie-banner"
        onChange={(avoid) => set({ avoid })}
      />
    </fieldset>
  );
}

function PlaceFields({ values, set, problemOf }: GroupProps) {
  return (
    <fieldset class="form-group">
      <legend>{words.targeting}</legend>
      <LinesField
        label={words.include}
        hint={words.includeHint}
        problem={problemOf("targeting.include")}
        value={values.include}
        placeholder="/shop/*"
        onChange={(include) => set({ include })}
      />
      <LinesField
        label={words.exclude}
        hint={words.excludeHint}
        problem={problemOf("targeting.exclude")}
        value={values.exclude}
        placeholder="/checkout/*"
        onChange={(exclude) => set({ exclude })}
      />
      <ChoiceField
        label={words.routeTracking}
        value={values.routeTracking}
        options={choices(words.routeTrackings)}
        onChange={(routeTracking) => set({ routeTracking })}
      />
    </fieldset>
  );
}

function PrivacyFields({ values, set }: GroupProps) {
  return (
    <fieldset class="form-group">
      <legend>{words.privacy}</legend>
      <ChoiceField
        label={words.consent}
        value={values.consent}
        options={choices(words.consents)}
        onChange={(consent) => set({ consent })}
      />
      <ChoiceField
        label={words.storage}
        value={values.storage}
        options={choices(words.storages)}
        onChange={(storage) => set({ storage })}
      />
    </fieldset>
  );
}
