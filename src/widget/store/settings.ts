// What the host page asked for, laid over what the inbox says.
import { computed, signal } from "../signals.ts";
import type { ReadonlySignal } from "../signals.ts";
import type { PublicInbox } from "../../protocol/records.ts";
import { isRecord } from "../is-record.ts";
import type { Feature, HostSettings, LocalText, SettingsPatch } from "./host-settings.ts";

export interface Settings {
  /** What the page has said. */
  said: ReadonlySignal<HostSettings>;
  /** The same over what an administrator has stored with the inbox. */
  host: ReadonlySignal<HostSettings>;
  update(patch: SettingsPatch): void;
  /** BCP 47. */
  locale: ReadonlySignal<string>;
  /** Undefined while the inbox is not known and the page says nothing. */
  title: ReadonlySignal<string | undefined>;
  introduction: ReadonlySignal<string | undefined>;
  color: ReadonlySignal<string>;
  /** Whether a part of the chat is there. */
  isOn: (feature: Feature) => boolean;
  /** The host's own wording of a label, in the visitor's language. */
  label(name: "conversationButton" | "conversationListTitle" | "launcherText"): string | undefined;
}

const DEFAULT_COLOR = "#1f5eff";

/** `patch` over `base`, group by group; `null` takes a key away. */
function merge(base: object, patch: object): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(patch)) {
    const before = merged[key];
    if (value === null) delete merged[key];
    else merged[key] = isRecord(value) ? merge(isRecord(before) ? before : {}, value) : value;
  }
  return merged;
}

export function createSettings(deps: {
  inbox: ReadonlySignal<PublicInbox | null>;
  /** The page's language, else the browser's. */
  language: string;
}): Settings {
  const said = signal<HostSettings>({});
  const host = computed<HostSettings>(() => merge(deps.inbox.value?.settings ?? {}, said.value));
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
    said,
    host,
    locale,
    update(patch) {
      said.value = merge(said.peek(), patch);
    },
    title: computed(() => inLanguage(host.value.greeting) ?? deps.inbox.value?.welcome_title),
    introduction: computed(
      () => inLanguage(host.value.greetingIntroduction) ?? deps.inbox.value?.welcome_tagline,
    ),
    color: computed(
      () => host.value.widgetAppearance?.color ?? deps.inbox.value?.widget_color ?? DEFAULT_COLOR,
    ),
    isOn: (feature) => host.value.features?.[feature] ?? true,
    label: (name) => inLanguage(host.value[name]),
  };
}
