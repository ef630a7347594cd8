// A person without a picture, in one or two letters.

/** First letters of the first and the last word, as a reader counts letters. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/u);
  const first = (word = "") => /^./u.exec(word)?.[0] ?? "";
  return (first(words[0]) + (words.length > 1 ? first(words.at(-1)) : "")).toUpperCase();
}
