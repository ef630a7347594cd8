// Emoji with their names: by group, and by words of a name.
import { emojiGroups } from "./emoji-list.ts";
import type { EmojiWords } from "./emoji-words.ts";

export interface Emoji {
  sign: string;
  name: string;
}

const plain = (text: string) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

export const groupsOf = ({ names }: EmojiWords): Emoji[][] =>
  emojiGroups.map((signs, group) => {
    const own = names[group]?.split("|") ?? [];
    return signs.split(" ").map((sign, index) => ({ sign, name: own[index] ?? sign }));
  });

/** No name is longer. */
const NAME_MAX_LENGTH = 200;

/** Those whose names hold every word; first those whose names begin so, the shorter the better. */
export function findEmoji(all: readonly Emoji[], written: string): Emoji[] {
  const words = plain(written).split(/\s+/).filter(Boolean);
  const found = all.filter(({ name }) => words.every((word) => plain(name).includes(word)));
  const rank = ({ name }: Emoji) =>
    plain(name).startsWith(words[0] ?? "") ? name.length : NAME_MAX_LENGTH;
  return found.toSorted((a, b) => rank(a) - rank(b));
}

const MODIFIERS = /\p{Emoji_Modifier}|\ufe0f/gu;

/** In a tone of skin, where the emoji has one; an empty tone is none. */
export function inTone(sign: string, tone: string): string {
  return tone !== "" && /^\p{Emoji_Modifier_Base}\ufe0f?$/u.test(sign)
    ? sign.replace(MODIFIERS, "") + tone
    : sign;
}

/** The same emoji in no tone, to find its name. */
export const isSame = (a: string, b: string): boolean =>
  a.replace(MODIFIERS, "") === b.replace(MODIFIERS, "");
