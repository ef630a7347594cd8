// Speaks the language that is asked for, as soon as it has come; English until then and if it never comes.
import { effect } from "@preact/signals-core";
import type { ReadonlySignal } from "@preact/signals-core";
import type { HostElement } from "../../browser/host-element.ts";
import type { Settings } from "../../store/settings.ts";
import { speech } from "../spoken.ts";
import type { Language } from "../spoken.ts";
import { isRightToLeft, languageFiles, languageFor } from "./files.ts";
import css from "./right-to-left.css?inline";
import { say } from "./say.ts";

export interface FollowLanguageDeps {
  page: Window;
  settings: Pick<Settings, "locale">;
  host: Pick<HostElement, "element" | "addStyle">;
  /** Set once the chat itself is there, which needs more words than the launcher. */
  chat: ReadonlySignal<object | null>;
  stop: AbortSignal;
}

/** Follows the setting until `stop`. Only words change: drafts, focus and the place in a thread stay. */
export function followLanguage({ page, settings, host, chat, stop }: FollowLanguageDeps): void {
  const { element } = host;
  let latest = 0;
  const tell = (next: Language | null) => {
    if (speech.language) speech.language.value = next;
  };
  host.addStyle(css);

  function speak(name: string, locale: string, words: Record<string, Record<string, unknown>>) {
    const isRtl = isRightToLeft(name);
    element.lang = name;
    element.dir = isRtl ? "rtl" : "ltr";
    const groups = Object.entries(words).map(([group, own]) => [group, say(own, locale, isRtl)]);
    tell({ ...Object.fromEntries(groups), dates: { locale } });
  }

  function speakEnglish(): void {
    element.lang = "en";
    element.dir = "ltr";
    tell(null);
  }

  async function follow(wish: string, isWhole: boolean): Promise<void> {
    const turn = (latest += 1);
    const isOver = () => turn !== latest || stop.aborted;
    const wanted = languageFor(wish, page.navigator.languages);
    const files = wanted && languageFiles[wanted.name];
    if (!files) return speakEnglish();
    const { name, locale } = wanted;
    const [own, rest] = await Promise.all([
      files.words().catch(() => null),
      isWhole ? files.more().catch(() => null) : null,
    ]);
    if (isOver()) return undefined;
    if (!own) return speakEnglish();
    return speak(name, locale, { chat: { ...own.words }, ...rest?.more });
  }

  const unfollow = effect(() => {
    void follow(settings.locale.value, chat.value !== null);
  });
  stop.addEventListener("abort", () => {
    unfollow();
    tell(null);
  });
}
