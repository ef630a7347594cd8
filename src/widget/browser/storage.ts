// The device's storage under one prefix. Where a browser refuses (private mode, full, blocked), memory takes over.
import type { KeyValueStorage } from "../store/storage.ts";

/**
 * `area` is asked for late: merely reading `window.localStorage` may throw. Without one, memory takes over too: an
 * exception of ours would cost a page more than all that is read there.
 */
export function createBrowserStorage(
  area: () => Storage | undefined,
  prefix: string,
): KeyValueStorage {
  const memory = new Map<string, string>();
  function attempt<Value>(act: (storage: Storage) => Value, otherwise: Value): Value {
    try {
      const storage = area();
      return storage ? act(storage) : otherwise;
    } catch {
      return otherwise;
    }
  }
  return {
    get: (key) => memory.get(key) ?? attempt((storage) => storage.getItem(prefix + key), null),
    set(key, value) {
      const stored = attempt((storage) => {
        storage.setItem(prefix + key, value);
        return true;
      }, false);
      if (stored) memory.delete(key);
      else memory.set(key, value);
    },
    remove(key) {
      memory.delete(key);
      attempt((storage) => storage.removeItem(prefix + key), undefined);
    },
    keys() {
      const stored = attempt(
        (storage) =>
          Object.keys(storage)
            .filter((key) => key.startsWith(prefix))
            .map((key) => key.slice(prefix.length)),
        [],
      );
      return [...new Set([...stored, ...memory.keys()])];
    },
  };
}
