import { describe, expect, it } from "vitest";
import { languageFiles } from "../languages/files.ts";
import { emojiGroups } from "./emoji-list.ts";
import { emojiWords, loadEmojiWords } from "./emoji-words.ts";
import { findEmoji, groupsOf, inTone, isSame } from "./find-emoji.ts";

/** Drawn as one by itself, or asked to be. */
const picture = /^(\p{Emoji_Presentation}|\p{Emoji}\ufe0f)$/u;
const languages = ["en", ...Object.keys(emojiWords)];
const english = groupsOf(await loadEmojiWords("en")).flat();
const find = (written: string) => findEmoji(english, written).map(({ sign }) => sign);

describe("the emoji of the picker", () => {
  it("are there once each, and every one is drawn as a picture", () => {
    const all = emojiGroups.flatMap((signs) => signs.split(" "));
    expect(new Set(all).size).toBe(all.length);
    expect(all.filter((sign) => !picture.test(sign))).toEqual([]);
  });

  it("have words in every language of the chat", () => {
    expect(Object.keys(emojiWords).toSorted()).toEqual(Object.keys(languageFiles).toSorted());
  });

  it.each(languages)("have a name each in %s", async (language) => {
    const words = await loadEmojiWords(language);
    expect(words.groups).toHaveLength(emojiGroups.length);
    const names = words.names.map((group) => group.split("|"));
    expect(names.map(({ length }) => length)).toEqual(
      emojiGroups.map((signs) => signs.split(" ").length),
    );
    expect(names.flat().filter((name) => name.trim() === "")).toEqual([]);
    expect(Object.values(words).flat().every(Boolean)).toBe(true);
  });

  it("are called in English where nobody has the words", async () => {
    for (const language of ["", "sv", "constructor"]) {
      expect((await loadEmojiWords(language)).search).toBe("Search emoji");
    }
  });
});

describe("a search for emoji", () => {
  it("finds every word in a name, in any order, and first what begins so", () => {
    expect(find("up thumbs")).toEqual(["👍"]);
    expect(find("red heart")[0]).toBe("❤️");
    expect(find("cat").slice(0, 2)).toEqual(["🐈", "🐱"]);
    expect(find("qqq")).toEqual([]);
  });

  it("does not mind capitals or accents", async () => {
    const french = groupsOf(await loadEmojiWords("fr")).flat();
    expect(findEmoji(french, "FUSEE").map(({ sign }) => sign)).toEqual(["🚀"]);
  });
});

describe("a tone of skin", () => {
  it("is given to what has skin, in the place of the sign for pictures", () => {
    expect(["👍", "✌️", "🚀", "❤️"].map((sign) => inTone(sign, "🏽"))).toEqual([
      "👍🏽",
      "✌🏽",
      "🚀",
      "❤️",
    ]);
    expect(inTone("✌️", "")).toBe("✌️");
    expect(isSame("✌🏽", "✌️")).toBe(true);
  });
});
