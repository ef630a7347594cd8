import { describe, expect, it } from "vitest";
import { alertEnglish } from "../../browser/texts-alerts.ts";
import { menuEnglish } from "../menu/texts-menu.ts";
import { richEnglish } from "../rich/texts-rich.ts";
import { fileEnglish } from "../texts-files.ts";
import { preChatEnglish } from "../texts-pre-chat.ts";
import { saidEnglish } from "../texts-said.ts";
import { searchEnglish } from "../texts-search.ts";
import { waitingEnglish } from "../texts-waiting.ts";
import { english } from "../texts.ts";
import { isRightToLeft, languageFiles, languageFor } from "./files.ts";
import { say } from "./say.ts";

type Group = Record<string, unknown>;
/** Every word in English by group, with the names under which the views use the group. */
const groups: Record<string, { words: Group; names: string }> = {
  chat: { words: english, names: "texts|launcherTexts" },
  said: { words: saidEnglish, names: "saidTexts" },
  files: { words: fileEnglish, names: "fileTexts" },
  rich: { words: richEnglish, names: "richTexts" },
  waiting: { words: waitingEnglish, names: "texts" },
  preChat: { words: preChatEnglish, names: "texts" },
  search: { words: searchEnglish, names: "texts" },
  menu: { words: menuEnglish, names: "menuTexts" },
  alerts: { words: alertEnglish, names: "alertTexts" },
};
/** Read by the state of a message, or by the code of a failure. */
const readByName = new Set(["chat.sending", "chat.sent", "chat.seen"]);

const files = import.meta.glob<string>(["../../**/*.{ts,tsx}", "!../../**/*.test.*", "!./**"], {
  query: "?raw",
  import: "default",
  eager: true,
});
const sources = Object.values(files).join("\n");

const languages = await Promise.all(
  Object.entries(languageFiles).map(async ([name, load]) => ({
    name,
    all: { ...(await load()).words } as Record<string, Group>,
  })),
);

/** The categories that a count of messages can have. */
function pluralsOf(name: string): string[] {
  const rules = new Intl.PluralRules(name);
  const used = Array.from({ length: 1_001 }, (_, count) => rules.select(count));
  return [...new Set([...used, "other"])].toSorted();
}

const placesIn = (word: string) => [...new Set(word.match(/\{.*?\}/g))].toSorted();

function checkFunction(
  at: string,
  name: string,
  inEnglish: (...values: never[]) => string,
  word: unknown,
) {
  const takes = Array.from({ length: inEnglish.length }, (_, index) => `{${index}}`);
  if (typeof word === "string") {
    // A duration is said in the place of its seconds.
    return expect(placesIn(word.replace("{d}", "{0}")), at).toEqual(takes);
  }
  const forms = word as Record<string, string>;
  const keys = Object.keys(forms).toSorted();
  if (!/Count|count/.test(inEnglish.toString())) {
    // By code: those that English has words for, no others.
    for (const key of keys.filter((one) => one !== "other")) {
      expect(inEnglish(key as never), `${at}.${key} is extra`).not.toBe(inEnglish("?" as never));
    }
    const known = failureCodes.filter(
      (code) => inEnglish(code as never) !== inEnglish("?" as never),
    );
    return expect(keys, at).toEqual([...known, "other"].toSorted());
  }
  expect(keys, at).toEqual(pluralsOf(name));
  for (const [form, said] of Object.entries(forms)) {
    // One and two may be said in a word.
    const isExact = ["zero", "one", "two"].includes(form) && !said.includes("{");
    expect(isExact ? takes : placesIn(said), `${at}.${form}`).toEqual(takes);
  }
  return undefined;
}

const failureCodes = [
  "invalid",
  "too_large",
  "too_many_requests",
  "forbidden",
  "not_found",
  "conflict",
  "protocol_mismatch",
  "origin_not_allowed",
  "unreachable",
  "unauthorized",
  "internal",
];

describe("every language", () => {
  it("is one of the twelve beside English", () => {
    expect(Object.keys(languageFiles).toSorted()).toEqual(
      ["ar", "de", "es", "fr", "he", "it", "ja", "nl", "pl", "pt", "tr", "zh-Hans"].toSorted(),
    );
  });

  it.each(languages)("$name says all that English says, and nothing else", ({ name, all }) => {
    expect(Object.keys(all).toSorted()).toEqual(Object.keys(groups).toSorted());
    for (const [group, { words: own }] of Object.entries(groups)) {
      const said = all[group] ?? {};
      // In this order they are read, once the build has left out their names.
      expect(Object.keys(said), `${name}.${group}`).toEqual(Object.keys(own));
      for (const [key, inEnglish] of Object.entries(own)) {
        const at = `${name}.${group}.${key}`;
        const word = said[key];
        if (typeof inEnglish === "function") {
          checkFunction(at, name, inEnglish as (...values: never[]) => string, word);
        } else if (typeof inEnglish === "string") {
          expect(word, at).toMatch(/^[^{}]+$/);
        } else {
          expect(Object.keys(word as object), at).toEqual(Object.keys(inEnglish as object));
          for (const one of Object.values(word as object)) expect(one, at).toMatch(/^[^{}]+$/);
        }
      }
    }
  });

  it("holds no word that no view reads", () => {
    const unused = Object.entries(groups).flatMap(([group, { words, names }]) =>
      Object.keys(words)
        .filter((key) => !new RegExp(String.raw`\b(${names})\.${key}\b`).test(sources))
        .map((key) => `${group}.${key}`),
    );
    expect(unused.filter((key) => !readByName.has(key))).toEqual([]);
  });
});

describe("the wish for a language", () => {
  const nameFor = (wish: string) => languageFor(wish, [])?.name ?? "English";

  it("means the language of a region that has no words of its own", () => {
    expect(["de-AT", "pt-PT", "es-419", "iw", "ar-EG", "ja-JP-u-ca-japanese"].map(nameFor)).toEqual(
      ["de", "pt", "es", "he", "ar", "ja"],
    );
  });

  it("means simplified Chinese only where that is read", () => {
    expect(["zh", "zh-CN", "zh-SG", "zh-Hans", "zh-TW", "zh-Hant-HK"].map(nameFor)).toEqual([
      "zh-Hans",
      "zh-Hans",
      "zh-Hans",
      "zh-Hans",
      "English",
      "English",
    ]);
  });

  it("means English where nobody has the words, and where it is no language", () => {
    expect(["en-GB", "sv", "xx", "", "no such", "__proto__", "constructor"].map(nameFor)).toEqual(
      Array.from({ length: 7 }, () => "English"),
    );
  });

  it("takes dates from its own region, else from the reader's", () => {
    expect(languageFor("de-AT", ["de-CH"])?.locale).toBe("de-AT");
    expect(languageFor("de", ["en-US", "de-CH"])?.locale).toBe("de-CH");
    expect(languageFor("de", ["en-US"])?.locale).toBe("de");
  });
});

describe("a word with values", () => {
  type Said = Record<string, (...values: (string | number)[]) => string>;
  const sayIn = async (name: string) => {
    const { words } = (await languageFiles[name]?.()) ?? {};
    return say({ ...words?.chat }, name, isRightToLeft(name)) as Said;
  };

  it("takes the plural that its language has for the number", async () => {
    const { unread: polish } = await sayIn("pl");
    expect([1, 2, 5, 22].map((count) => polish?.(count))).toEqual([
      "1 nieprzeczytana wiadomość",
      "2 nieprzeczytane wiadomości",
      "5 nieprzeczytanych wiadomości",
      "22 nieprzeczytane wiadomości",
    ]);
    const { unread: arabic } = await sayIn("ar");
    expect(new Set([1, 2, 3, 11, 100].map((count) => arabic?.(count))).size).toBe(5);
    expect((await sayIn("de"))["newMessages"]?.(1_200)).toBe("1.200 neue Nachrichten");
  });

  it("keeps a name's direction in a sentence that runs from right to left", async () => {
    const { words } = (await languageFiles["he"]?.()) ?? {};
    const { newMessage } = say({ ...words?.alerts }, "he", true) as Said;
    expect(newMessage?.("Ada (UK)")).toBe("הודעה מאת \u2068Ada (UK)\u2069");
    expect((await sayIn("de"))["saidBy"]?.("Ada", "$& {1}")).toBe("Ada: $& {1}");
  });

  it("says a failure by its code, and any other in general", async () => {
    const { failure } = await sayIn("de");
    expect(failure?.("too_large")).toContain("zu lang");
    expect(failure?.("toString")).toBe(failure?.("other"));
  });

  it("says seconds as a time that people would name", () => {
    const { usually } = say({ usually: "~ {d}" }, "de", false) as Said;
    expect([20, 250, 1_500, 3_700, 80_000].map((seconds) => usually?.(seconds))).toEqual([
      "~ 1 Minute",
      "~ 5 Minuten",
      "~ 30 Minuten",
      "~ 2 Stunden",
      "~ 1 Tag",
    ]);
  });
});
