// In which languages the texts are written: one text for all, or one for each of some.
import { useSignal } from "@preact/signals";
import { ChoiceField } from "../fields.tsx";
import { wordsTexts as words } from "./texts.ts";

/** Those that are offered; others can be set by the API. */
const offered =
  "ar bg ca cs da de el en es et fa fi fr he hi hr hu id it ja ko lt lv ms nb nl pl pt pt-br ro ru sk sl sr sv th tr uk vi zh".split(
    " ",
  );

/** The name of a language in the desk's own. */
export function languageName(code: string): string {
  try {
    return new Intl.DisplayNames(["en"], { type: "language" }).of(code) ?? code;
  } catch {
    // Not every browser knows every code.
    return code;
  }
}

interface Props {
  /** Empty: one text for all. */
  languages: readonly string[];
  current: string;
  onChoose: (language: string) => void;
  /** The text for all becomes the one of `present`; `added` is to be written. */
  onSplit: (present: string, added: string) => void;
  onAdd: (language: string) => void;
  onRemove: (language: string) => void;
}

const byName = (one: { label: string }, other: { label: string }) =>
  one.label.localeCompare(other.label);

export function LanguageBar(props: Props) {
  const { languages, current, onChoose } = props;
  const isAdding = useSignal(false);
  const present = useSignal("en");
  const added = useSignal("de");
  const options = offered
    .filter((code) => !languages.includes(code))
    .map((value) => ({ value, label: languageName(value) }))
    .toSorted(byName);
  const isOne = languages.length === 0;
  const wanted = options.some(({ value }) => value === added.value)
    ? added.value
    : (options[0]?.value ?? "en");
  // A text of a language that nobody wrote in is shown in the first one, by code.
  const fallback = languages.toSorted((a, b) => a.length - b.length || (a < b ? -1 : 1))[0];

  return (
    <div class="languages">
      {isOne && <p class="quiet">{words.oneForAll}</p>}
      {!isOne && (
        <fieldset class="language-list" aria-label={words.languages}>
          {languages.map((language) => (
            <button
              key={language}
              type="button"
              class="button"
              aria-pressed={language === current}
              onClick={() => onChoose(language)}
            >
              {languageName(language)}
            </button>
          ))}
        </fieldset>
      )}
      {isAdding.value && (
        <fieldset class="language-add" aria-label={words.addLanguage}>
          {isOne && (
            <ChoiceField
              label={words.present}
              value={present.value}
              options={options}
              onChange={(language) => (present.value = language)}
            />
          )}
          <ChoiceField
            label={words.added}
            value={wanted}
            options={options}
            onChange={(language) => (added.value = language)}
          />
          <button
            type="button"
            class="button button-primary"
            onClick={() => {
              isAdding.value = false;
              if (isOne) props.onSplit(present.peek(), wanted);
              else props.onAdd(wanted);
            }}
          >
            {words.add}
          </button>
        </fieldset>
      )}
      <div class="language-tools">
        <button
          type="button"
          class="text-button"
          aria-expanded={isAdding.value}
          onClick={() => (isAdding.value = !isAdding.value)}
        >
          {isOne ? words.split : words.addLanguage}
        </button>
        {!isOne && (
          <button type="button" class="text-button" onClick={() => props.onRemove(current)}>
            {words.removeLanguage(languageName(current))}
          </button>
        )}
      </div>
      {!isOne && fallback && (
        <p class="quiet field-hint">{words.fallback(languageName(fallback))}</p>
      )}
    </div>
  );
}
