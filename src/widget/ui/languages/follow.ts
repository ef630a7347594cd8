// Speaks the language that is asked for, as soon as it has come; English until then and if it never comes.
import { effect } from "../../signals.ts";
import type { HostElement } from "../../browser/host-element.ts";
import type { Settings } from "../../store/settings.ts";
import { speech } from "../spoken.ts";
import type { Language } from "../spoken.ts";
import type { Words } from "./words.ts";
import { isRightToLeft, languageFiles, languageFor } from "./files.ts";
import css from "./right-to-left.css?inline";
import { say } from "./say.ts";

export interface FollowLanguageDeps {
  page: Window;
  settings: Pick<Settings, "locale">;
  host: Pick<HostElement, "element" | "addStyle">;
  stop: AbortSignal;
}

/** Follows the setting until `stop`. Only words change: drafts, focus and the place in a thread stay. */
export function followLanguage({ page, settings, host, stop }: FollowLanguageDeps): void {
  const { element } = host;
  let latest = 0;
  const tell = (next: Language | null) => {
    if (speech.language) speech.language.value = next;
  };
  host.addStyle(css);

  function speak(name: string, locale: string, words: Words) {
    const isRtl = isRightToLeft(name);
    element.lang = name;
    element.dir = isRtl ? "rtl" : "ltr";
    const groups = Object.entries(words).map(([group, own]) => [
      group,
      say({ ...own }, locale, isRtl),
    ]);
    tell({ ...Object.fromEntries(groups), dates: { locale } });
  }

  function speakEnglish(): void {
    element.lang = "en";
    element.dir = "ltr";
    tell(null);
  }

  async function follow(wish: string): Promise<void> {
    const turn = (latest += 1);
    const isOver = () => turn !== latest || stop.aborted;
    const wanted = languageFor(wish, page.navigator.languages);
    const load = wanted && languageFiles[wanted.name];
    if (!load) return speakEnglish();
    const { name, locale } = wanted;
    const own = await load().catch(() => null);
    if (isOver()) return undefined;
    if (!own) return speakEnglish();
    return speak(name, locale, own.words);
  }

  const unfollow = effect(() => {
    void follow(settings.locale.value);
  });
  stop.addEventListener("abort", () => {
    unfollow();
    tell(null);
  });
}
