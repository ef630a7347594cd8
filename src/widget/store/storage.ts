// What a store may keep on the device. The browser's storage, or memory where that is refused.

/** Until when (milliseconds since 1970) a visitor's conversations are worth a connection on every page. */
export const LIVE_UNTIL_KEY = "liveUntil";
/** What the visitor has just decided, for other tabs: never stays. */
export const CONSENT_KEY = "consent";
/** Of the keys of messages that wait to be sent. */
export const OUTBOX_PREFIX = "outbox:"; /**
 * Of the keys of what a new conversation asks for beside its first message: a team, an agent. A type, for the doors
 * of the widget that share no code.
 */
export type WishPrefix = "wish:";

export interface KeyValueStorage {
  get(key: string): string | null;
  set(key: string, value: string): void;
  remove(key: string): void;
  keys(): string[];
}

export function createMemoryStorage(): KeyValueStorage {
  const values = new Map<string, string>();
  return {
    get: (key) => values.get(key) ?? null,
    set: (key, value) => void values.set(key, value),
    remove: (key) => void values.delete(key),
    keys: () => [...values.keys()],
  };
}

/** Reads JSON that this widget wrote; anything unreadable or of another shape is nothing. */
export function readJson<Value>(
  storage: KeyValueStorage,
  key: string,
  isValue: (value: Value) => boolean,
): Value | null {
  try {
    const value = JSON.parse(storage.get(key) ?? "null") as Value | null;
    return typeof value === "object" && value !== null && isValue(value) ? value : null;
  } catch {
    return null;
  }
}
