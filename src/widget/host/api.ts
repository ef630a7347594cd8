// window.Parlor: methods for the page's developers. Every one answers a promise; none throws for being early.
import type { ReadonlySignal } from "../signals.ts";
import type { Result } from "../../protocol/result.ts";
import type { ChatWindow } from "../store/chat-window.ts";
import type { SettingsPatch } from "../store/host-settings.ts";
import type { Settings } from "../store/settings.ts";
import { ParlorError } from "./error.ts";
import { eventNames } from "./events.ts";
import type { HandlerOptions, HostEvents } from "./events.ts";
import type { LaterMethods, Parlor, ParlorEvents, Visibility, WindowState } from "./parlor.ts";
import { parseSettings } from "./settings.ts";

/** A widget that has an inbox and stands on the page. */
export interface Running {
  unreadCount: ReadonlySignal<number>;
  /** Settles when the chat can be seen, or with why it cannot be. */
  shown(): Promise<ParlorError | undefined>;
  /** Does one of the methods that load on use. */
  call(name: string, args: unknown[]): Promise<unknown>;
}

/** A widget on the page; it is `running` once there is a need. */
export interface Standing {
  running: Promise<Running>;
  /** There is one. */
  begin(): void;
  /** Removes every element, timer and listener. */
  stop(): void;
}

export interface ApiDeps {
  events: HostEvents;
  settings: Settings;
  chatWindow: ChatWindow;
  /** Puts the widget on the page; calls `onReady` once it is known what the inbox is, or that it is none. */
  start(inbox: string, onReady: (result: Result<unknown>) => void): Standing;
  /** Takes window.Parlor away. */
  release(): void;
  report: (error: unknown) => void;
}

/** Those of methods.ts, and that of customer-info.ts. */
const laterMethods =
  "setCustomerInfo startChat openConversation prefill sendMessage endChat listConversations search getAvailability setLocale setColorScheme page track setConsent reloadUI identify logout getCustomerInfo diagnose getShareLink requestTranscript";

/** What `diagnose` answers where nothing more can be found out. */
export const blockedBy = (code: string, message = code) => ({
  ok: false,
  blockers: [{ code, message }],
});

/** A promise that nobody has to handle: the page's console is not ours. */
function quiet<Value>(promise: Promise<Value>): Promise<Value> {
  promise.catch(() => undefined);
  return promise;
}

function deferred<Value>() {
  let resolve!: (value: Value) => void;
  let reject!: (error: ParlorError) => void;
  const promise = new Promise<Value>((done, failed) => {
    resolve = done;
    reject = failed;
  });
  return { promise: quiet(promise), resolve, reject };
}

/** Turns `target` (the page's own queue, if it made one) into the live API, and drains what waited in it. */
export function createApi(target: Record<string, unknown> & unknown[], deps: ApiDeps): void {
  const { events, settings, chatWindow } = deps;
  let standing: Standing | undefined;
  let running: Running | undefined;
  /** The inbox that is about to be started. */
  let wanted: string | undefined;
  let isDestroyed = false;
  let nextStart = deferred<Running>();
  const ready = deferred<unknown>();
  const missing = () => new ParlorError("inbox_missing", "the page has named no inbox");
  async function started(): Promise<Running> {
    // What stands further back in the queue may name one.
    await Promise.resolve();
    if (!wanted) throw missing();
    if (!standing) start(wanted);
    standing?.begin();
    return running ?? nextStart.promise;
  }

  const method =
    <Args extends unknown[], Value>(run: (...args: Args) => Value | Promise<Value>) =>
    (...args: Args): Promise<Value> =>
      quiet(
        (async () => {
          if (isDestroyed) throw new ParlorError("destroyed", "this Parlor was destroyed");
          return run(...args);
        })(),
      );

  async function setWindowState(windowState: WindowState, options?: object): Promise<WindowState> {
    if (options) await (await started()).call("showView", [options]);
    const checked = updateSettings({ windowState: windowState ?? "" });
    applyWindow({ windowState });
    await checked;
    if (windowState === "maximized") {
      const failed = await (await started()).shown();
      if (failed) throw failed;
    }
    return chatWindow.state.peek();
  }

  async function setVisibility(visibility: Visibility): Promise<Visibility> {
    await updateSettings({ visibility: visibility ?? "" });
    return visibility;
  }

  /** Says what is wrong with settings, each by itself; the words for it are fetched when they are needed. */
  async function refuse(paths: string[]): Promise<void> {
    if (paths.length === 0) return;
    const explainSetting = await import("./explain-settings.ts").then(
      (it) => it.explainSetting,
      () => String,
    );
    for (const setting of paths) {
      const message = explainSetting(setting);
      events.emit("error", { code: "invalid", message, setting }, { source: "api" });
    }
    throw new ParlorError("invalid", paths.map(explainSetting).join("; "));
  }

  function updateSettings(given: unknown): Promise<void> {
    const { patch, refused } = parseSettings(given);
    const { on } = (given ?? {}) as { on?: Record<string, unknown> };
    for (const [name, handler] of Object.entries(on ?? {})) {
      if (isHandler(name, handler)) events.on(name, handler);
      else refused.push(`on.${name}`);
    }
    settings.update(patch);
    const { inbox } = patch;
    // After everything that waits in the queue: it may say how to start, or with which inbox.
    if (inbox && !standing) {
      wanted = inbox;
      queueMicrotask(() => wanted && !standing && start(wanted));
    }
    // Before the start it is what to start with, unless the visitor has closed the chat on the page before.
    applyWindow(running ? patch : { ...patch, windowState: null });
    return refuse(refused);
  }

  function applyWindow({
    visibility,
    windowState,
  }: Pick<SettingsPatch, "visibility" | "windowState">): void {
    if (visibility) chatWindow.setVisibility(visibility);
    if (windowState === "minimized") chatWindow.close("api");
    if (windowState === "maximized") chatWindow.open("api");
  }

  function start(inbox: string): void {
    const stand = deps.start(inbox, (result) => {
      if (!result.ok) {
        return ready.reject(new ParlorError(result.error.code, result.error.message));
      }
      // What the inbox wants, where neither the page nor the visitor has said anything.
      applyWindow({ ...settings.host.peek(), ...settings.said.peek() });
      ready.resolve(target);
      events.emit("ready", { inbox });
    });
    standing = stand;
    void followStart(stand);
  }

  async function followStart(stand: Standing): Promise<void> {
    const next = await stand.running;
    if (standing !== stand) return;
    running = next;
    applyWindow(settings.said.peek());
    nextStart.resolve(next);
  }

  function stop(): void {
    wanted = undefined;
    chatWindow.close("api");
    standing?.stop();
    standing = running = undefined;
    nextStart.reject(missing());
    nextStart = deferred();
  }

  function push(item: unknown): void {
    if (typeof item === "function") {
      try {
        item(target);
      } catch (error) {
        deps.report(error);
      }
    } else if (Array.isArray(item)) {
      const [name, ...args] = item as [string, ...unknown[]];
      const named = Object.hasOwn(target, name) && target[name];
      if (typeof named === "function") named(...args);
      else void quiet(refuse([`push.${name}`]));
    } else void api.updateSettings(item);
  }

  const isHandler = (name: string, handler: unknown) =>
    eventNames.includes(name) && typeof handler === "function";
  function on(name: string, handler: unknown, options?: HandlerOptions): () => void {
    if (isHandler(name, handler)) return events.on(name, handler, options);
    void quiet(refuse([`on.${name}`]));
    return () => undefined;
  }
  const api = {
    push: (...items: unknown[]) => (items.forEach(push), items.length),
    on,
    once: (name: string, handler: unknown, options?: HandlerOptions) =>
      on(name, handler, { ...options, once: true }),
    off: (name: string, handler: unknown) => events.off(name, handler),
    updateSettings: method(updateSettings),
    setVisibility: method(setVisibility),
    getVisibility: method(() => chatWindow.visibility.peek()),
    show: method(() => setVisibility("shown")),
    hide: method(() => setVisibility("hidden")),
    setWindowState: method(setWindowState),
    getWindowState: method(() => chatWindow.state.peek()),
    maximize: method(() => setWindowState("maximized")),
    minimize: method(() => setWindowState("minimized")),
    toggle: method(() =>
      setWindowState(chatWindow.state.peek() === "minimized" ? "maximized" : "minimized"),
    ),
    getUnreadCount: method(() => running?.unreadCount.peek() ?? 0),
    shutdown: method(stop),
    destroy: method(() => {
      stop();
      events.emit("destroyed", {});
      isDestroyed = true;
      deps.release();
    }),
  } satisfies Omit<Parlor, keyof ParlorEvents | keyof LaterMethods | "ready" | "v">;
  const all: Record<string, unknown> = { ...api, ready: ready.promise, v: 1 };
  for (const name of laterMethods.split(" ")) {
    all[name] = method(async (...args: unknown[]) => {
      try {
        return (await started()).call(name, args);
      } catch (error) {
        if (name === "diagnose") return blockedBy("inbox_missing");
        throw error;
      }
    });
  }
  for (const name of eventNames) {
    all[`on${name[0]?.toUpperCase()}${name.slice(1)}`] = (
      handler: unknown,
      options?: HandlerOptions,
    ) => on(name, handler, options);
  }

  const waiting = target.splice(0);
  // Defined, not assigned: a frozen Array.prototype has a `push` that nobody may write over.
  Object.defineProperties(target, Object.getOwnPropertyDescriptors(all));
  for (const item of waiting) push(item);
}
