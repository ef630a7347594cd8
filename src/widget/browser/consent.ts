// What a decision of the visitor means for what lies on the device.
import type { KeyValueStorage } from "../store/storage.ts";

/**
 * Brings the device in line: after `denied` nothing under the prefix is left there, and memory holds it as
 * long as the page; after `granted`, what memory holds goes to the device.
 */
export function applyConsent(deps: {
  page: Window;
  prefix: string;
  /** Already refuse the device, or allow it. */
  storage: KeyValueStorage;
  tabStorage: KeyValueStorage;
  isDenied: boolean;
}): void {
  const { page, prefix, storage, tabStorage, isDenied } = deps;
  const areas = [
    [storage, () => page.localStorage],
    [storage, () => page.sessionStorage],
    [tabStorage, () => page.sessionStorage],
  ] as const;
  for (const [kept, area] of areas) {
    if (isDenied) empty(kept, area, prefix);
    else for (const key of kept.keys()) kept.set(key, kept.get(key) ?? "");
  }
}

function empty(kept: KeyValueStorage, area: () => Storage, prefix: string): void {
  try {
    const device = area();
    for (const key of Object.keys(device).filter((one) => one.startsWith(prefix))) {
      const value = device.getItem(key) ?? "";
      device.removeItem(key);
      kept.set(key.slice(prefix.length), value);
    }
  } catch {
    // A browser that refuses the device has kept nothing there.
  }
}
