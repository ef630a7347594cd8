// Settings as the page gives them, parsed: what is not known or not valid never gets further.
import type { SettingsPatch } from "../store/host-settings.ts";

type Read = (value: unknown) => unknown;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const text: Read = (value) => (typeof value === "string" ? value : undefined);
const number: Read = (value) => {
  const parsed = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof parsed === "number" && Number.isFinite(parsed) ? parsed : undefined;
};
const oneOf =
  (...words: string[]): Read =>
  (value) =>
    words.includes(value as string) ? value : undefined;
const flag: Read = (value) =>
  value === true || value === "true"
    ? true
    : value === false || value === "false"
      ? false
      : undefined;

/** One text, or a map of language to text. */
const localText: Read = (value) =>
  isRecord(value) && Object.values(value).every((one) => typeof one === "string")
    ? value
    : text(value);

/** `#rgb` or `#rrggbb`, as `#rrggbb`: the text colour on it is computed. */
const color: Read = (value) => {
  const digits = /^#([\da-f]{3}|[\da-f]{6})$/i.exec(String(value))?.[1];
  if (digits === undefined) return undefined;
  return `#${digits.length === 3 ? digits.replace(/./g, "$&$&") : digits}`.toLowerCase();
};

const group =
  (readers: Record<string, Read>): Read =>
  (value) => {
    if (!isRecord(value)) return undefined;
    const result: Record<string, unknown> = {};
    for (const [key, one] of Object.entries(value)) {
      const read = readers[key]?.(one);
      if (read === undefined) return undefined;
      result[key] = read;
    }
    return result;
  };

const offset = group({ x: number, y: number });

const readers: Record<string, Read> = {
  inbox: text,
  greeting: localText,
  greetingIntroduction: localText,
  conversationButton: localText,
  conversationListTitle: localText,
  launcherText: localText,
  widgetAppearance: group({
    color,
    position: oneOf("left", "right"),
    colorScheme: oneOf("light", "dark", "auto"),
    offset,
    mobileOffset: offset,
    zIndex: number,
    radius: number,
    showAgentAvatars: flag,
  }),
  visibility: oneOf("shown", "hidden"),
  windowState: oneOf("minimized", "maximized"),
  persistWindowState: oneOf("session", "always", "never"),
  locale: text,
};

/** What is valid, and the names of what is not. `on` is the caller's to subscribe. */
export function parseSettings(value: unknown): { patch: SettingsPatch; refused: string[] } {
  const patch: Record<string, unknown> = {};
  const refused: string[] = [];
  for (const [key, given] of Object.entries(isRecord(value) ? value : {})) {
    if (key === "on" || given === undefined) continue;
    const read = given === null && key in readers ? null : readers[key]?.(given);
    if (read === undefined) refused.push(key);
    else patch[key] = read;
  }
  return { patch, refused };
}

/** Settings as `data-*` attributes of the script tag; `data-color` and its like belong to the appearance. */
export function settingsOfTag(data: Record<string, string | undefined>): Record<string, unknown> {
  const settings: Record<string, unknown> = {};
  const appearance: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(data)) {
    if (/^(color|position|colorScheme|zIndex|radius|showAgentAvatars)$/.test(key)) {
      appearance[key] = value;
    } else if (key in readers) settings[key] = value;
  }
  return Object.keys(appearance).length > 0
    ? { ...settings, widgetAppearance: appearance }
    : settings;
}
