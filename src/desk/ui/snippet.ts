// The piece of a found text that shows why it was found, with the words that were asked for.

export interface SnippetPart {
  text: string;
  isFound: boolean;
}

const BEFORE = 30;
const LENGTH = 140;

const escape = (word: string) => word.replaceAll(/[$()*+.?[\\\]^{|}]/gu, "\\$&");

/** Words begin as asked for: the search finds beginnings. */
export function snippetOf(said: string, asked: string): SnippetPart[] {
  const text = said.replaceAll(/\s+/gu, " ").trim();
  const words = asked.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "");
  if (words.length === 0) return [{ text: text.slice(0, LENGTH), isFound: false }];
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.map(escape).join("|")})`, "giu");
  const first = text.search(pattern);
  const wanted = Math.max(0, first - BEFORE);
  // Not from the middle of a word, where there is a beginning near.
  const space = text.indexOf(" ", wanted);
  const from = wanted === 0 ? 0 : space >= 0 && space < first ? space + 1 : wanted;
  const shown = (from > 0 ? "…" : "") + text.slice(from, from + LENGTH);
  const parts: SnippetPart[] = [];
  let at = 0;
  for (const found of shown.matchAll(pattern)) {
    if (found.index > at) parts.push({ text: shown.slice(at, found.index), isFound: false });
    parts.push({ text: found[0], isFound: true });
    at = found.index + found[0].length;
  }
  if (at < shown.length) parts.push({ text: shown.slice(at), isFound: false });
  return parts;
}
