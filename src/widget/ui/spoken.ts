// The words that a visitor reads: English, which comes with what shows them, beneath those of the visitor's language.
// No library in here: the bundler could not keep this in the first file, which must import nothing.
import type { Signal } from "../signals.ts";

export interface Language {
  dates?: {
    /** BCP 47. */
    locale: string;
  };
  /** By group; what is missing is said in English. */
  [group: string]: Record<string, unknown> | undefined;
}

/** What all widgets of a page speak; null: English. main.ts puts it here, only languages/follow.ts sets it. */
export const speech: { language?: Signal<Language | null> } = {};

/** The words of a group. Whoever reads one in an effect or a view hears when the language changes. */
export const spoken = <Words extends object>(group: string, english: Words): Words =>
  new Proxy(english, {
    get: (own, key) => {
      const said = speech.language?.value?.[group];
      // By its place in English, where the build has left out what the words are called.
      return (
        said?.[Object.keys(own).indexOf(key as string)] ??
        said?.[key as string] ??
        own[key as keyof typeof own]
      );
    },
  });
