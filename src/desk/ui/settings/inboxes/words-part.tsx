// The texts of the chat that a team chooses, one for all languages or one for each, beside a preview.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { WIDGET_TEXT_MAX_LENGTH } from "../../../../protocol/limits.ts";
import type { InboxDetails } from "../../../../protocol/records-administration.ts";
import type { WidgetSettings } from "../../../../protocol/records-widget-settings.ts";
import { createForm } from "../../../store/settings/form.ts";
import { useForm, useSettings } from "../context.ts";
import { EditorForm } from "../editor-form.tsx";
import { CheckField, TextField } from "../fields.tsx";
import { LanguageBar } from "./language-bar.tsx";
import type { PartProps } from "./inboxes-page.tsx";
import { Preview } from "./preview.tsx";
import { wordsTexts as words } from "./texts.ts";
import { EVERY, keptText, localTextNames, previewOf, textsOf } from "./widget-values.ts";
import type { LocalTextName, LocalTexts } from "./widget-values.ts";

type Values = Record<LocalTextName, LocalTexts> & { greeting_enabled: boolean };

const valuesOf = (inbox: InboxDetails): Values => ({
  ...(Object.fromEntries(localTextNames.map((name) => [name, textsOf(inbox, name)])) as Record<
    LocalTextName,
    LocalTexts
  >),
  greeting_enabled: inbox.greeting_enabled,
});

const settingsOf = (values: Values) =>
  Object.fromEntries(localTextNames.map((name) => [name, keptText(values[name])]));

/** Of two texts there is one in the inbox itself: it is everybody's, while no language has its own. */
function columnsOf(values: Values) {
  if (languagesOf(values).length > 0) return {};
  return {
    welcome_title: values.greeting[EVERY] ?? "",
    welcome_tagline: values.greetingIntroduction[EVERY] ?? "",
  };
}
const unsaidByColumns = (values: Values) =>
  languagesOf(values).length > 0 ? {} : { greeting: null, greetingIntroduction: null };

/** The languages that a text is written in; none: one text for all. */
function languagesOf(values: Record<LocalTextName, LocalTexts>): string[] {
  const all = localTextNames.flatMap((name) => Object.keys(values[name]));
  return [...new Set(all)].filter((language) => language !== EVERY).toSorted();
}

export function WordsPart({ inbox }: PartProps) {
  const { inboxes } = useSettings();
  const form = useForm(() =>
    createForm({
      initial: valuesOf(inbox),
      fields: [...localTextNames, ...localTextNames.map((name) => `settings.${name}`)],
      async save(values) {
        const { greeting_enabled } = values;
        const result = await inboxes.update(inbox.id, {
          greeting_enabled,
          ...columnsOf(values),
          settings: { ...settingsOf(values), ...unsaidByColumns(values) },
        });
        return result.ok ? { ok: true, data: valuesOf(result.data) } : result;
      },
    }),
  );
  useEffect(() => form.rebase(valuesOf(inbox)), [inbox]);
  const values = form.values.value;
  const languages = languagesOf(values);
  const chosen = useSignal(EVERY);
  const language = languages.includes(chosen.value) ? chosen.value : (languages[0] ?? EVERY);

  const changeAll = (change: (texts: LocalTexts) => LocalTexts) =>
    form.set(Object.fromEntries(localTextNames.map((name) => [name, change(values[name])])));

  const said = Object.fromEntries(
    Object.entries(settingsOf(values)).filter(([, text]) => text !== null),
  ) as WidgetSettings;
  const unsaid = Object.fromEntries(localTextNames.map((name) => [name, undefined]));
  const { welcome_title: greeting, welcome_tagline: greetingIntroduction } = columnsOf(values);
  const shown = {
    ...unsaid,
    ...(greeting === undefined ? {} : { greeting, greetingIntroduction }),
    ...said,
    ...(language === EVERY ? {} : { locale: language }),
  };
  return (
    <div class="with-preview">
      <EditorForm form={form}>
        <LanguageBar
          languages={languages}
          current={language}
          onChoose={(next) => (chosen.value = next)}
          onSplit={(present, added) => {
            changeAll(({ [EVERY]: text = "" }) => ({ [added]: "", [present]: text }));
            chosen.value = added;
          }}
          onAdd={(added) => {
            changeAll((texts) => ({ ...texts, [added]: texts[added] ?? "" }));
            chosen.value = added;
          }}
          onRemove={(gone) =>
            changeAll(({ [gone]: text = "", ...others }) =>
              // The last one goes back to being everybody's.
              languages.length === 1 ? { [EVERY]: text } : others,
            )
          }
        />
        {localTextNames.map((name) => (
          <TextField
            key={name}
            label={words.names[name]}
            hint={words.hints[name]}
            problem={form.problemOf(name) ?? form.problemOf(`settings.${name}`)}
            value={values[name][language] ?? ""}
            maxLength={WIDGET_TEXT_MAX_LENGTH}
            placeholder={words.placeholders[name]}
            onChange={(text) => form.set({ [name]: { ...values[name], [language]: text } })}
          />
        ))}
        <CheckField
          label={words.greetingEnabled}
          hint={words.greetingEnabledHint}
          {...form.field("greeting_enabled")}
        />
      </EditorForm>
      <Preview websiteToken={inbox.website_token} settings={previewOf(inbox, shown)} />
    </div>
  );
}
