// Which languages there are, each a file of its own, and which one a wish means.
import type { Words } from "./words.ts";

export const languageFiles: Readonly<Record<string, () => Promise<{ words: Words }>>> = {
  ar: () => import("./ar.ts"),
  de: () => import("./de.ts"),
  es: () => import("./es.ts"),
  fr: () => import("./fr.ts"),
  he: () => import("./he.ts"),
  it: () => import("./it.ts"),
  ja: () => import("./ja.ts"),
  nl: () => import("./nl.ts"),
  pl: () => import("./pl.ts"),
  pt: () => import("./pt.ts"),
  tr: () => import("./tr.ts"),
  "zh-Hans": () => import("./zh-hans.ts"),
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
