// What the picker says and calls its emoji, in each language; loaded with the picker, not with the language.
import { words as english } from "./names/en.ts";

export interface EmojiWords {
  search: string;
  nothing: string;
  recent: string;
  tone: string;
  /** As emoji-list.ts has the groups. */
  groups: readonly string[];
  /** Of a group's emoji, with `|` between them. */
  names: readonly string[];
}

export const emojiWords: Readonly<Record<string, () => Promise<{ words: EmojiWords }>>> = {
  ar: () => import("./names/ar.ts"),
  de: () => import("./names/de.ts"),
  es: () => import("./names/es.ts"),
  fr: () => import("./names/fr.ts"),
  he: () => import("./names/he.ts"),
  it: () => import("./names/it.ts"),
  ja: () => import("./names/ja.ts"),
  nl: () => import("./names/nl.ts"),
  pl: () => import("./names/pl.ts"),
  pt: () => import("./names/pt.ts"),
  tr: () => import("./names/tr.ts"),
  "zh-Hans": () => import("./names/zh-hans.ts"),
};

/** English where there is no other, or it does not come. */
export async function loadEmojiWords(language: string): Promise<EmojiWords> {
  const load = Object.hasOwn(emojiWords, language) ? emojiWords[language] : undefined;
  const loaded = await load?.().catch(() => undefined);
  return loaded?.words ?? english;
}
