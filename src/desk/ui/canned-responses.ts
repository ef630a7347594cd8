// Which canned responses a text asks for: `/` at the start of a word, and what follows it.
import type { CannedResponse } from "../../protocol/records-administration.ts";

/** The word that asks, up to the caret. */
export interface CannedQuery {
  /** Where its `/` stands. */
  from: number;
  to: number;
  words: string;
}

/** Null where nothing is asked: an address such as `/a/b` is none. */
export function cannedQueryOf(text: string, caret: number): CannedQuery | null {
  const found = /(?:^|\s)\/([^\s/]*)$/u.exec(text.slice(0, caret));
  const words = found?.[1];
  return words === undefined ? null : { from: caret - words.length - 1, to: caret, words };
}

const SHOWN_MAX = 50;

/** As the server ranks them: begins of short codes, then parts of them, then what the text holds. */
export function matchCanned(all: readonly CannedResponse[], words: string): CannedResponse[] {
  const typed = words.toLocaleLowerCase();
  const rank = ({ short_code, content }: CannedResponse) => {
    const code = short_code.toLocaleLowerCase();
    if (code.startsWith(typed)) return 0;
    if (code.includes(typed)) return 1;
    return content.toLocaleLowerCase().includes(typed) ? 2 : 3;
  };
  return all
    .map((response) => ({ response, rank: rank(response) }))
    .filter((one) => one.rank < 3)
    .toSorted(
      (a, b) => a.rank - b.rank || a.response.short_code.localeCompare(b.response.short_code),
    )
    .slice(0, SHOWN_MAX)
    .map(({ response }) => response);
}
