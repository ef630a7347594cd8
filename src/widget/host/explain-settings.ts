// Why a setting is not valid, in words for developers. Loaded when one is not.
import { eventNames } from "./events.ts";
import * as rules from "../../protocol/widget-setting-rules.ts";

const word = (words: readonly string[]) => `must be ${words.map((one) => `"${one}"`).join(" or ")}`;
const pixels = "must be a number from -10000 to 10000";
const selector = "must be a selector that the browser understands";
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
  "widgetAppearance.offset.x": pixels,
  "widgetAppearance.offset.y": pixels,
  "widgetAppearance.mobileOffset": "must be an object such as { x: 20, y: 20 }",
  "widgetAppearance.mobileOffset.x": pixels,
  "widgetAppearance.mobileOffset.y": pixels,
  "widgetAppearance.zIndex": "must be a number from -2147483648 to 2147483647",
  "widgetAppearance.radius": "must be a number from 0 to 100",
  "widgetAppearance.showAgentAvatars": flag,
  visibility: word(rules.visibilities),
  windowState: word(rules.windowStates),
  persistWindowState: word(rules.windowMemories),
  locale: 'must be a language (BCP 47) such as "pt-BR", or "auto"',
  launcher: group,
  "launcher.hidden": flag,
  "launcher.wait": flag,
  "launcher.selector": selector,
  "launcher.avoid": "must be a list of selectors that the browser understands",
  container: "must be an element, or a selector that the browser understands",
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
  push: "is no method",
};

/** One sentence about the setting of this path. */
export function explainSetting(path: string): string {
  const [first = "", name = ""] = path.split(".");
  const ofHandler = eventNames.includes(name) ? "must be a function" : "is no event";
  const rule = first === "on" ? ofHandler : (settingRules[path] ?? otherRules[first]);
  return `${path} ${rule ?? "is no setting"}`;
}
