// The way from an object of this package to the live API on the page, there or still to come.
import type { ParlorEvent } from "../widget/host/events.ts";
import type { Parlor } from "../widget/host/parlor.ts";
import { ParlorError, toParlorError } from "./error.ts";
import { loadScript } from "./load-script.ts";
import { scriptUrl, settingsOf } from "./options.ts";
import type { ParlorOptions } from "./options.ts";
import { enterQueue, leaveQueue } from "./page-queue.ts";
import type { Entry } from "./page-queue.ts";
import { quiet } from "./quiet.ts";
import { createWaitingCalls } from "./waiting-calls.ts";
import type { WaitingCalls } from "./waiting-calls.ts";

export interface PageLink {
  waiting: WaitingCalls;
  /** The live API, while it can be reached. */
  live: () => Parlor | undefined;
  isDestroyed: () => boolean;
  /** Resolves when the inbox is known; rejects when the script does not come. A new one after each end. */
  ready: () => Promise<unknown>;
  /** Tells the chat these settings, and fetches it if it is not there. */
  start: (options: ParlorOptions) => void;
  /** Tries once more, if this was started and has failed. */
  reach: () => void;
  /** Drops what waits, and the script's effect when it comes after all. */
  destroyEarly: () => void;
}

function createReady() {
  let settle!: { resolve: () => void; reject: (error: ParlorError) => void };
  const promise = new Promise<void>((resolve, reject) => (settle = { resolve, reject }));
  return { promise: quiet(promise), ...settle };
}

function errorEvent({ code, message }: ParlorError): ParlorEvent<"error"> {
  const at = Date.now();
  const envelope = { id: `load-${at}`, at, v: 1, source: "system", local: true } as const;
  return { ...envelope, type: "error", detail: { code, message } };
}

/** Loads the script; rejects also when what came is not Parlor. */
async function load(page: Window, options: ParlorOptions, isLive: () => boolean): Promise<void> {
  const url = scriptUrl(options);
  await loadScript(page, url, options.nonce);
  if (!isLive()) throw new ParlorError("unreachable", `${url} is not Parlor's script`);
}

export function createPageLink(page: Window): PageLink {
  const waiting = createWaitingCalls();
  let live: Parlor | undefined;
  let started: ParlorOptions | undefined;
  /** What waits in the page's queue while a try is under way. */
  let entry: Entry | undefined;
  let isDestroyed = false;
  let ready = createReady();

  function fail(error: ParlorError): void {
    if (entry) leaveQueue(page, entry);
    entry = undefined;
    const { reject } = ready;
    ready = createReady();
    reject(error);
    for (const handler of waiting.fail(error)) {
      try {
        handler(errorEvent(error));
      } catch (thrown) {
        page.reportError(thrown);
      }
    }
  }

  function arrive(api: Parlor): void {
    live = api;
    entry = undefined;
    const { resolve, reject } = ready;
    api.ready.then(
      () => resolve(),
      (error: unknown) => reject(toParlorError(error)),
    );
    api.on("destroyed", () => {
      live = undefined;
      isDestroyed = true;
      ready = createReady();
    });
    waiting.release(api);
  }

  function reach(): void {
    if (!started || live || entry) return;
    const own: Entry = (api) => entry === own && arrive(api);
    entry = own;
    if (enterQueue(page, own)) return;
    load(page, started, () => entry !== own).catch((error: unknown) => {
      if (entry === own) fail(toParlorError(error));
    });
  }

  return {
    waiting,
    live: () => live,
    isDestroyed: () => isDestroyed,
    ready: () => ready.promise,
    start(options) {
      started = options;
      isDestroyed = false;
      const settings = settingsOf(options);
      if (live) void live.updateSettings(settings);
      else waiting.keep((api) => void api.updateSettings(settings));
      reach();
    },
    reach,
    destroyEarly() {
      isDestroyed = true;
      started = undefined;
      waiting.clear(new ParlorError("destroyed", "this Parlor was destroyed"));
      if (!entry) return;
      leaveQueue(page, entry);
      entry = undefined;
      const farewell: Entry = (api) => queueMicrotask(() => void api.destroy());
      farewell.isFarewell = true;
      enterQueue(page, farewell);
    },
  };
}
