// Why a setting is not valid, in words for developers. Loaded when one is not.
import * as rules from "../../protocol/widget-setting-rules.ts";

const word = (words: readonly string[]) => `must be ${words.map((one) => `"${one}"`).join(" or ")}`;
const number = "must be a number";
const text = "must be a text";
const localText = "must be a text, or a map of language to text";
const flag = "must be true or false";
const list = "must be a list of texts";
const group = "must be an object";

/** What is right, by path of the setting. */
export const settingRules: Record<string, string> = {
  inbox: "must be the inbox's website token",
  greeting: localText,
  greetingIntroduction: localText,
  conversationButton: localText,
  conversationListTitle: localText,
  launcherText: localText,
  widgetAppearance: group,
  "widgetAppearance.color": "must be a colour such as #1f5eff",
  "widgetAppearance.position": word(rules.positions),
  "widgetAppearance.colorScheme": word(rules.colorSchemes),
  "widgetAppearance.offset": "must be an object such as { x: 20, y: 20 }",
  "widgetAppearance.offset.x": number,
  "widgetAppearance.offset.y": number,
  "widgetAppearance.mobileOffset": "must be an object such as { x: 20, y: 20 }",
  "widgetAppearance.mobileOffset.x": number,
  "widgetAppearance.mobileOffset.y": number,
  "widgetAppearance.zIndex": number,
  "widgetAppearance.radius": number,
  "widgetAppearance.showAgentAvatars": flag,
  visibility: word(rules.visibilities),
  windowState: word(rules.windowStates),
  persistWindowState: word(rules.windowMemories),
  locale: 'must be a language such as "pt-BR", or "auto"',
  launcher: group,
  "launcher.hidden": flag,
  "launcher.wait": flag,
  "launcher.selector": text,
  "launcher.avoid": list,
  container: "must be an element or a selector",
  features: group,
  "features.attachments": flag,
  "features.emoji": flag,
  "features.endChat": flag,
  "features.transcript": flag,
  "features.csat": flag,
  "features.search": flag,
  "features.sound": flag,
  consent: word(rules.consents),
  storage: word(rules.storages),
  nonce: text,
  targeting: group,
  "targeting.include": list,
  "targeting.exclude": list,
  routeTracking: word(rules.routeTrackings),
};

/** Of what is no setting, by the first word of its path. */
const otherRules: Record<string, string> = {
  settings: group,
  on: "is no event",
  push: "is no method",
};

/** One sentence about the setting of this path. */
export const explainSetting = (path: string): string =>
  `${path} ${settingRules[path] ?? otherRules[path.split(".")[0] ?? ""] ?? "is no setting"}`;
