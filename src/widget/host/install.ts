// Finds the script tag and the page's queue, and puts window.Parlor in its place.
import { createApi } from "./api.ts";
import type { ApiDeps } from "./api.ts";
import { settingsOfTag } from "./settings.ts";

/** Does nothing where Parlor already lives: a page may load the script twice. */
export function installParlor(
  page: Window,
  script: HTMLScriptElement | null,
  deps: Omit<ApiDeps, "release">,
): void {
  const holder = page as unknown as { Parlor?: unknown };
  const present = holder.Parlor;
  if ((present as { v?: number } | undefined)?.v === 1) return;
  const target = (Array.isArray(present) ? present : []) as unknown[] & Record<string, unknown>;
  const tag = settingsOfTag(script?.dataset ?? {});
  // The tag's settings come first: what the page pushes is said later and wins.
  if (Object.keys(tag).length > 0) target.unshift(tag);
  // Before what waits is done: that may be to destroy it.
  holder.Parlor = target;
  createApi(target, {
    ...deps,
    release() {
      if (holder.Parlor === target) delete holder.Parlor;
    },
  });
}
