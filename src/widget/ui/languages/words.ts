// What a language file holds: a word for each English one.
import type { alertEnglish } from "../../browser/texts-alerts.ts";
import type { menuEnglish } from "../menu/texts-menu.ts";
import type { richEnglish } from "../rich/texts-rich.ts";
import type { fileEnglish } from "../texts-files.ts";
import type { preChatEnglish } from "../texts-pre-chat.ts";
import type { saidEnglish } from "../texts-said.ts";
import type { searchEnglish } from "../texts-search.ts";
import type { waitingEnglish } from "../texts-waiting.ts";
import type { english } from "../texts.ts";

/**
 * By the plural category of the first value if that is a number, else by the value itself; `other` for all else.
 * `{0}` and `{1}` stand for the values, `{d}` for the first as a duration in seconds.
 */
export type Forms = Readonly<Record<string, string>> & { readonly other: string };

type Word<English> = English extends string
  ? string
  : English extends (...values: never[]) => string
    ? string | Forms
    : English extends readonly string[]
      ? readonly string[]
      : Readonly<Record<string, string>>;

type InLanguage<English> = { readonly [Key in keyof English]: Word<English[Key]> };

/** By group; in a group, in the order in which English has them. */
export interface Words {
  /** What the launcher and every thread say. */
  readonly chat: InLanguage<typeof english>;
  readonly said: InLanguage<typeof saidEnglish>;
  readonly files: InLanguage<typeof fileEnglish>;
  readonly rich: InLanguage<typeof richEnglish>;
  readonly menu: InLanguage<typeof menuEnglish>;
  readonly waiting: InLanguage<typeof waitingEnglish>;
  readonly preChat: InLanguage<typeof preChatEnglish>;
  readonly search: InLanguage<typeof searchEnglish>;
  readonly alerts: InLanguage<typeof alertEnglish>;
}
