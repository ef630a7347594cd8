// What the host page asked for, laid over what the inbox says.
import { computed, signal } from "@preact/signals-core";
import type { ReadonlySignal } from "@preact/signals-core";
import type { PublicInbox } from "../../protocol/records.ts";
import type { HostSettings, LocalText, SettingsPatch } from "./host-settings.ts";

export interface Settings {
  host: ReadonlySignal<HostSettings>;
  update(patch: SettingsPatch): void;
  /** BCP 47. */
  locale: ReadonlySignal<string>;
  /** Undefined while the inbox is not known and the page says nothing. */
  title: ReadonlySignal<string | undefined>;
  introduction: ReadonlySignal<string | undefined>;
  color: ReadonlySignal<string>;
  /** The host's own wording of a label, in the visitor's language. */
  label(name: "conversationButton" | "conversationListTitle" | "launcherText"): string | undefined;
}

const DEFAULT_COLOR = "#1f5eff";

export function createSettings(deps: {
  inbox: ReadonlySignal<PublicInbox | null>;
  /** The page's language, else the browser's. */
  language: string;
}): Settings {
  const host = signal<HostSettings>({});
  const locale = computed(() => {
    const wanted = host.value.locale ?? "auto";
    return wanted === "auto" ? deps.language : wanted;
  });

  function inLanguage(text: LocalText | undefined): string | undefined {
    if (text === undefined || typeof text === "string") return text;
    const language = locale.value;
    return text[language] ?? text[language.split("-")[0] ?? ""] ?? Object.values(text)[0];
  }

  return {
    host,
    locale,
    update(patch) {
      const before = host.peek();
      const { widgetAppearance } = patch;
      const next = {
        ...before,
        ...patch,
        ...(widgetAppearance && {
          widgetAppearance: { ...before.widgetAppearance, ...widgetAppearance },
        }),
      };
      const said = Object.entries(next).filter(([, value]) => value !== null);
      host.value = Object.fromEntries(said);
    },
    title: computed(() => inLanguage(host.value.greeting) ?? deps.inbox.value?.welcome_title),
    introduction: computed(
      () => inLanguage(host.value.greetingIntroduction) ?? deps.inbox.value?.welcome_tagline,
    ),
    color: computed(
      () => host.value.widgetAppearance?.color ?? deps.inbox.value?.widget_color ?? DEFAULT_COLOR,
    ),
    label: (name) => inLanguage(host.value[name]),
  };
}
