// The first stage, composed: the launcher at once, the question what its inbox is behind it, and the rest when there is a
// need. Most pages are left without one.
import { computed, effect, signal, untracked } from "./signals.ts";
import type { Signal } from "./signals.ts";
import type { PublicInbox } from "../protocol/records.ts";
import type { Result } from "../protocol/result.ts";
import { afterPaint } from "./browser/after-paint.ts";
import type { KeepingDeps } from "./browser/consent.ts";
import { watchDeepLinks } from "./browser/deep-links.ts";
import { hearConsent } from "./browser/hear-consent.ts";
import { createBrowserStorage } from "./browser/storage.ts";
import { whenIdle } from "./browser/when-idle.ts";
import { describeInbox } from "./describe-inbox.ts";
import type { Running, Standing } from "./host/api.ts";
import type { HostEvents } from "./host/events.ts";
import { startRunning } from "./running.ts";
import { standOn } from "./stand.ts";
import type { ChatWindow } from "./store/chat-window.ts";
import type { Emit } from "./store/events.ts";
import type { Settings } from "./store/settings.ts";

/** The page has settled, and its visitor has looked around. */
const GREETING_DELAY_MS = 3_000;

/** A setting of which only few pages ever need to know more. */
const isSpecial = (name: string) =>
  /^(launcher|container|targeting|consent|storage|routeTracking)$/.test(name);

/** What is only nice to have did not load. */
const ignore = () => undefined;

export interface StartDeps {
  page: Window;
  baseUrl: string;
  settings: Settings;
  chatWindow: ChatWindow;
  emit: Emit;
  on: HostEvents["on"];
  /** Filled when the inbox is known. */
  inbox: Signal<PublicInbox | null>;
}

/**
 * Puts the launcher of one inbox on the page at once, and asks for the inbox when the page has painted that; calls
 * `onReady` once the server has described it or refused.
 */
export function startWidget(
  inboxId: string,
  onReady: (result: Result<unknown>) => void,
  deps: StartDeps,
): Standing {
  const { page, settings, chatWindow } = deps;
  const stopping = new AbortController();
  const stop = stopping.signal;
  const stand = standOn({ ...deps, stop });
  const isWanted = signal(false);
  const isGreetingTime = signal(false);
  /** Stands where and as it does by itself, in the language that it brings along. */
  const isPlain = computed(
    () => !Object.keys(settings.host.value).some(isSpecial) && /^en/i.test(settings.locale.value),
  );
  const heard: Pick<KeepingDeps["kept"], "prefix" | "heard"> = { prefix: `parlor:${inboxId}:` };
  const begin = () => {
    isWanted.value = true;
  };

  const running = new Promise<Running>((resolve) => {
    afterPaint(page, stop, () => {
      const asked = describeInbox({ ...deps, inboxId, stop, onReady });
      stand.host.settle();
      // Where the page says what may be kept, that is asked first.
      const hasKept =
        isPlain.peek() && createBrowserStorage(() => page.localStorage, heard.prefix).keys()[0];
      let isBegun = false;
      const stopWaiting = effect(() => {
        const isNeeded =
          hasKept ||
          isWanted.value ||
          !isPlain.value ||
          settings.host.value.windowState === "maximized" ||
          chatWindow.state.value === "maximized" ||
          stand.isMeant.value ||
          asked.isRefused.value ||
          (isGreetingTime.value && deps.inbox.value?.greeting_enabled);
        if (isBegun || !isNeeded) return;
        isBegun = true;
        const runningDeps = {
          ...deps,
          ...asked,
          inboxId,
          stand,
          heard,
          isPlain,
          isGreetingTime,
          stop,
        };
        untracked(() => resolve(startRunning(runningDeps)));
      });
      stop.addEventListener("abort", stopWaiting);
      hearConsent(page, heard, settings, stop);
      whenIdle(page, GREETING_DELAY_MS, stop, () => {
        isGreetingTime.value = true;
      });
      watchDeepLinks(page, stop, (fragment) => {
        begin();
        void running.then((it) => it.call("openDeepLink", [fragment])).catch(ignore);
      });
    });
  });
  return { running, begin, stop: () => stopping.abort() };
}
