// The widget's settings as forms hold them, as the server keeps them, and as the preview shows them.
import type { InboxDetails } from "../../../../protocol/records-administration.ts";
import type { WidgetSettings } from "../../../../protocol/records-widget-settings.ts";
import { fullColor } from "../contrast.ts";

export type Appearance = NonNullable<WidgetSettings["widgetAppearance"]>;
export type LocalTextName =
  | "greeting"
  | "greetingIntroduction"
  | "conversationButton"
  | "conversationListTitle"
  | "launcherText";
export const localTextNames = [
  "greeting",
  "greetingIntroduction",
  "conversationButton",
  "conversationListTitle",
  "launcherText",
] as const satisfies readonly LocalTextName[];

/** A text of every language, under this name; or one for each, under theirs. */
export const EVERY = "*";
export type LocalTexts = Record<string, string>;

/** What an inbox says where its settings say nothing. */
export function textsOf(inbox: InboxDetails, name: LocalTextName): LocalTexts {
  const said = inbox.settings[name];
  if (said !== undefined) return typeof said === "string" ? { [EVERY]: said } : { ...said };
  if (name === "greeting") return { [EVERY]: inbox.welcome_title };
  if (name === "greetingIntroduction") return { [EVERY]: inbox.welcome_tagline };
  return {};
}

/** The same for the server: one text, a map, or null where nothing is said. */
export function keptText(texts: LocalTexts): WidgetSettings[LocalTextName] | null {
  const said = Object.entries(texts).filter(([, text]) => text.trim() !== "");
  const [first] = said;
  if (!first) return null;
  return first[0] === EVERY ? first[1] : Object.fromEntries(said);
}

/** Without what is not said. */
export function onlySaid<Value extends object>(value: Value): Value {
  return Object.fromEntries(
    Object.entries(value).filter(([, one]) => one !== undefined && one !== ""),
  ) as Value;
}

/** `null` for a group that says nothing: it is forgotten. */
export function orNull<Value extends object>(value: Value): Value | null {
  return Object.keys(value).length === 0 ? null : value;
}

/** What the widget does where nothing is said: the preview must unsay what is kept. */
const defaults = {
  conversationButton: "New conversation",
  conversationListTitle: "Your conversations",
  launcherText: "",
  widgetAppearance: {
    position: "right",
    colorScheme: "auto",
    radius: 16,
    showAgentAvatars: true,
    offset: { x: 20, y: 20 },
  },
} as const satisfies WidgetSettings;

/** What the preview is told to show: `changed` over what is kept, each key said. */
export function previewOf(inbox: InboxDetails, changed: WidgetSettings): WidgetSettings {
  const kept = { ...inbox.settings, ...changed };
  const { widgetAppearance: look } = kept;
  const color = fullColor(look?.color ?? "") ?? inbox.widget_color;
  const { mobileOffset: _ofPhones, zIndex: _ofPages, ...appearance } = look ?? {};
  return {
    greeting: inbox.welcome_title,
    greetingIntroduction: inbox.welcome_tagline,
    ...defaults,
    ...Object.fromEntries(
      localTextNames.flatMap((name) => (kept[name] === undefined ? [] : [[name, kept[name]]])),
    ),
    ...(kept.features ? { features: kept.features } : {}),
    locale: kept.locale ?? "auto",
    widgetAppearance: {
      ...defaults.widgetAppearance,
      ...onlySaid(appearance),
      offset: { ...defaults.widgetAppearance.offset, ...appearance.offset },
      color,
    },
  };
}
