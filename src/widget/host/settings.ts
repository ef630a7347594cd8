// Settings as the page gives them, parsed: what is not known or not valid never gets further.
import { isRecord } from "../is-record.ts";
import type { SettingsPatch } from "../store/host-settings.ts";

type Read = (value: unknown) => unknown;
/** How to read each setting; a group has readers of its own. */
interface Readers {
  [key: string]: Read | Readers | undefined;
}

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
const texts: Read = (value) =>
  Array.isArray(value) && value.every((one) => typeof one === "string") ? value : undefined;

/** One text, or a map of language to text. */
const localText: Read = (value) =>
  isRecord(value) && texts(Object.values(value)) ? value : text(value);

/** `#rgb` or `#rrggbb`, as `#rrggbb`: the text colour on it is computed. */
const color: Read = (value) => {
  const digits = /^#([\da-f]{3}|[\da-f]{6})$/i.exec(String(value))?.[1];
  if (digits === undefined) return undefined;
  return `#${digits.length === 3 ? digits.replace(/./g, "$&$&") : digits}`.toLowerCase();
};

const offset: Readers = { x: number, y: number };

const readers: Readers = {
  inbox: text,
  greeting: localText,
  greetingIntroduction: localText,
  conversationButton: localText,
  conversationListTitle: localText,
  launcherText: localText,
  widgetAppearance: {
    color,
    position: oneOf("left", "right"),
    colorScheme: oneOf("light", "dark", "auto"),
    offset,
    mobileOffset: offset,
    zIndex: number,
    radius: number,
    showAgentAvatars: flag,
  },
  visibility: oneOf("shown", "hidden"),
  windowState: oneOf("minimized", "maximized"),
  persistWindowState: oneOf("session", "always", "never"),
  locale: text,
  launcher: { hidden: flag, wait: flag, selector: text, avoid: texts },
  container: (value) => (value instanceof Element ? value : text(value)),
  features: Object.fromEntries(
    "attachments emoji endChat transcript csat search sound".split(" ").map((name) => [name, flag]),
  ),
  consent: oneOf("granted", "pending", "denied"),
  storage: oneOf("local", "session", "memory"),
  nonce: text,
  targeting: { include: texts, exclude: texts },
  routeTracking: oneOf("auto", "manual"),
};

function read(given: object, by: Readers, path: string, refused: string[]) {
  const patch: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(given)) {
    if (value === undefined) continue;
    const reader = Object.hasOwn(by, key) ? by[key] : undefined;
    if (typeof reader === "object" && isRecord(value)) {
      patch[key] = read(value, reader, `${path}${key}.`, refused);
      continue;
    }
    const one = reader && value === null ? null : typeof reader === "function" && reader(value);
    if (one === undefined || (one === false && reader !== flag)) refused.push(path + key);
    else patch[key] = one;
  }
  return patch;
}

/** What is valid, and the names of what is not, as `widgetAppearance.color`. `on` is the caller's to subscribe. */
export function parseSettings(value: unknown): { patch: SettingsPatch; refused: string[] } {
  const refused: string[] = [];
  const { on: _, ...given } = isRecord(value) ? value : {};
  return { patch: read(given, readers, "", refused), refused };
}

function parsed(value: string | undefined): unknown {
  try {
    return /^[{[]/.test(value ?? "") ? JSON.parse(value ?? "") : value;
  } catch {
    return value;
  }
}

/**
 * Settings as `data-*` attributes of the script tag: texts and words as they are, maps and lists as JSON;
 * `data-color` and its like belong to the appearance.
 */
export function settingsOfTag(data: Record<string, string | undefined>): Record<string, unknown> {
  const settings: Record<string, unknown> = {};
  const { widgetAppearance } = readers;
  for (const [key, value] of Object.entries(data)) {
    if (Object.hasOwn(readers, key)) settings[key] = parsed(value);
    else if (Object.hasOwn(widgetAppearance as Readers, key)) {
      settings["widgetAppearance"] = {
        ...(settings["widgetAppearance"] as object),
        [key]: parsed(value),
      };
    }
  }
  return settings;
}
