// Which languages there are, each two files of its own, and which one a wish means.
import type { MoreWords, Words } from "./words.ts";

interface LanguageFiles {
  words: () => Promise<{ words: Words }>;
  more: () => Promise<{ more: MoreWords }>;
}

export const languageFiles: Readonly<Record<string, LanguageFiles>> = {
  ar: { words: () => import("./ar.ts"), more: () => import("./ar-more.ts") },
  de: { words: () => import("./de.ts"), more: () => import("./de-more.ts") },
  es: { words: () => import("./es.ts"), more: () => import("./es-more.ts") },
  fr: { words: () => import("./fr.ts"), more: () => import("./fr-more.ts") },
  he: { words: () => import("./he.ts"), more: () => import("./he-more.ts") },
  it: { words: () => import("./it.ts"), more: () => import("./it-more.ts") },
  ja: { words: () => import("./ja.ts"), more: () => import("./ja-more.ts") },
  nl: { words: () => import("./nl.ts"), more: () => import("./nl-more.ts") },
  pl: { words: () => import("./pl.ts"), more: () => import("./pl-more.ts") },
  pt: { words: () => import("./pt.ts"), more: () => import("./pt-more.ts") },
  tr: { words: () => import("./tr.ts"), more: () => import("./tr-more.ts") },
  "zh-Hans": { words: () => import("./zh-hans.ts"), more: () => import("./zh-hans-more.ts") },
};

export const isRightToLeft = (name: string): boolean => name === "ar" || name === "he";

/**
 * The language for a wish such as `de-AT`, and the locale for its dates: the wish itself, or the reader's own
 * kind of that language if the wish names no region. Undefined: English.
 */
export function languageFor(
  wish: string,
  readers: readonly string[],
): { name: string; locale: string } | undefined {
  try {
    const { language, region, baseName } = new Intl.Locale(wish);
    // Those who read traditional characters are not given the simplified ones.
    const isSimplified = new Intl.Locale(wish).maximize().script === "Hans";
    const name = isSimplified ? "zh-Hans" : language;
    if (!Object.hasOwn(languageFiles, name)) return undefined;
    const own = readers.find((one) => one.startsWith(`${language}-`));
    return { name, locale: region ? baseName : (own ?? baseName) };
  } catch {
    return undefined;
  }
}
