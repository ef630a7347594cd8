// Settings as the page gives them, parsed: what is not known or not valid never gets further.
import {
  COLOR_PATTERN,
  colorSchemes,
  consents,
  positions,
  routeTrackings,
  storages,
  visibilities,
  windowMemories,
  windowStates,
} from "../../protocol/widget-setting-rules.ts";
import { isRecord } from "../is-record.ts";
import type { SettingsPatch } from "../store/host-settings.ts";

type Read = (value: unknown) => unknown;
/** How to read a setting: the words that it may be, or what a function makes of it. */
type Reader = Read | readonly unknown[];
/** A group has readers of its own. */
interface Readers {
  [key: string]: Reader | Readers | undefined;
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);
const text: Read = (value) => (typeof value === "string" ? value : undefined);
/** A number in these bounds. Attributes of a tag are texts. */
const from =
  (min: number, max: number): Read =>
  (value) => {
    const number = Number(value);
    return /^-?\d{1,10}(\.\d+)?$/.test(String(value)) && number >= min && number <= max
      ? number
      : undefined;
  };
const flag: Read = (value) => ({ true: true, false: false })[String(value)];
const texts: Read = (value) =>
  isList(value) && value.every((one) => typeof one === "string") ? value : undefined;
/** One text, or a map of language to text. */
const localText: Read = (value) =>
  isRecord(value) && texts(Object.values(value)) ? value : text(value);

/** `#rgb` or `#rrggbb`, as `#rrggbb`: the text colour on it is computed. */
const color: Read = (value) => {
  const digits = COLOR_PATTERN.exec(String(value))?.[1];
  if (digits === undefined) return undefined;
  return `#${digits.length === 3 ? digits.replace(/./g, "$&$&") : digits}`.toLowerCase();
};

/** Throws where it is none. */
const selector: Read = (value) => (
  document.createDocumentFragment().querySelector(value as string),
  text(value)
);
const pixels = from(-10_000, 10_000);
const offset: Readers = { x: pixels, y: pixels };

const readers: Readers = {
  inbox: text,
  greeting: localText,
  greetingIntroduction: localText,
  conversationButton: localText,
  conversationListTitle: localText,
  launcherText: localText,
  widgetAppearance: {
    color,
    position: positions,
    colorScheme: colorSchemes,
    offset,
    mobileOffset: offset,
    zIndex: from(-2_147_483_648, 2_147_483_647),
    radius: from(0, 100),
    showAgentAvatars: flag,
  },
  visibility: visibilities,
  windowState: windowStates,
  persistWindowState: windowMemories,
  // Throws where it is not well-formed.
  locale: (value) =>
    value === "auto" || Intl.getCanonicalLocales(text(value) as string)[0] ? value : undefined,
  launcher: {
    hidden: flag,
    wait: flag,
    selector,
    avoid: (value) => (texts(value) && (value as string[]).every(selector) ? value : undefined),
  },
  container: (value) => (value instanceof Element ? value : selector(value)),
  features: {
    attachments: flag,
    emoji: flag,
    endChat: flag,
    transcript: flag,
    csat: flag,
    search: flag,
    sound: flag,
  },
  consent: consents,
  storage: storages,
  nonce: text,
  targeting: { include: texts, exclude: texts },
  routeTracking: routeTrackings,
};

/** Undefined: not valid. */
function readBy(reader: Reader | Readers | undefined, value: unknown): unknown {
  if (reader && value === null) return null;
  try {
    if (typeof reader === "function") return reader(value);
  } catch {
    // A browser that does not understand it has said so.
  }
  return isList(reader) && reader.includes(value) ? value : undefined;
}

function read(given: object, by: Readers, path: string, refused: string[]) {
  const patch: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(given)) {
    if (value === undefined) continue;
    const reader = Object.hasOwn(by, key) ? by[key] : undefined;
    const one =
      isRecord(reader) && isRecord(value)
        ? read(value, reader, `${path}${key}.`, refused)
        : readBy(reader, value);
    if (one === undefined) refused.push(path + key);
    else patch[key] = one;
  }
  return patch;
}

/** What is valid, and the names of what is not, as `widgetAppearance.color`. `on` is the caller's to subscribe. */
export function parseSettings(value: unknown): { patch: SettingsPatch; refused: string[] } {
  const refused = isRecord(value) ? [] : ["settings"];
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
