// Makes words of a language file say numbers, names and durations as that language does.
import { isRecord } from "../../is-record.ts";
import type { Forms } from "./words.ts";

const MINUTE = 60;
const HOUR = 3_600;
/** Minutes that sound like an estimate. */
const STEPS = [1, 2, 5, 10, 15, 30];
const HOURS_MAX = 12;

function duration(seconds: number, locale: string): string {
  const step = STEPS.find((minutes) => seconds <= minutes * MINUTE);
  const hours = Math.max(1, Math.ceil(seconds / HOUR));
  const [value, unit] = step ? [step, "minute"] : hours <= HOURS_MAX ? [hours, "hour"] : [1, "day"];
  return new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" }).format(value);
}

/** Names and addresses keep their own direction inside a sentence that runs from right to left. */
const isolated = (text: string) => `\u2068${text}\u2069`;

function sayer(word: string | Forms, locale: string, isRightToLeft: boolean) {
  const rules = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale);
  return (...values: (string | number)[]): string => {
    const [first = ""] = values;
    const key = typeof first === "number" ? rules.select(first) : first;
    const form =
      typeof word === "string"
        ? word
        : ((Object.hasOwn(word, key) ? word[key] : undefined) ?? word.other);
    return form.replace(/\{([01d])\}/g, (_, place: string) => {
      if (place === "d") return duration(Number(first), locale);
      const value = values[Number(place)] ?? "";
      if (typeof value === "number") return numbers.format(value);
      return isRightToLeft ? isolated(value) : value;
    });
  };
}

const isForms = (word: unknown): word is Forms => isRecord(word) && "other" in word;

/** Words as the views use them: what needs values is a function. */
export function say(
  words: Readonly<Record<string, unknown>>,
  locale: string,
  isRightToLeft: boolean,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(words).map(([key, word]) => [
      key,
      isForms(word) || (typeof word === "string" && /\{[01d]\}/.test(word))
        ? sayer(word, locale, isRightToLeft)
        : word,
    ]),
  );
}
