// A visitor decides for his browser, not for one of its tabs: hears what he has decided in another.
import { consents } from "../../protocol/widget-setting-rules.ts";
import type { Settings } from "../store/settings.ts";
import { CONSENT_KEY } from "../store/storage.ts";
import type { KeepingDeps } from "./consent.ts";

/** Of a tab that has denied what lies on the device, this one hears before anything is taken from there. */
export function hearConsent(
  page: Window,
  kept: Pick<KeepingDeps["kept"], "prefix" | "heard">,
  settings: Pick<Settings, "host" | "update">,
  signal: AbortSignal,
): void {
  const hear = ({ key, newValue }: StorageEvent) => {
    const said = consents.find((one) => one === newValue);
    if (key !== kept.prefix + CONSENT_KEY || !said) return;
    if ((settings.host.peek().consent ?? "granted") === said) return;
    kept.heard = said;
    settings.update({ consent: said });
  };
  page.addEventListener("storage", hear, { signal });
}
