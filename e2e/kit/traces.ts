// All that a widget could leave in a page: what stands there, and what still runs, listens or is held for it.
import type { Page } from "@playwright/test";

type Call = (...given: unknown[]) => unknown;

interface Listening {
  target: EventTarget;
  type: string;
  listener: unknown;
  isCapturing: boolean;
}

/** What has begun in a page and has not ended. */
interface Book {
  begin(kind: string, what: unknown): void;
  end(kind: string, what: unknown): void;
  /** Calls `also` after a function, with what it was called on, with and what it has answered. */
  watch(
    owner: object,
    name: string,
    also: (self: unknown, given: unknown[], answer: unknown) => void,
  ): void;
  count(): Record<string, number>;
}

declare global {
  interface Window {
    book: Book;
  }
}

/** This and what follows is run in the page before any script. */
function openBook(): void {
  const living = new Map<string, Set<unknown>>();
  // Whoever drives the browser has timers and listeners, too: from no address.
  const isOfPage = () => /\bhttps?:/.test(new Error().stack ?? "");
  const book: Book = {
    begin(kind, what) {
      const all = living.get(kind) ?? new Set();
      if (isOfPage()) living.set(kind, all.add(what));
    },
    end: (kind, what) => void living.get(kind)?.delete(what),
    watch(owner, name, also) {
      const methods = owner as Record<string, Call>;
      const own = methods[name];
      if (!own) return;
      methods[name] = function (this: unknown, ...given) {
        const answer = own.apply(this, given);
        also(this, given, answer);
        return answer;
      };
    },
    count() {
      const counts: Record<string, number> = {};
      for (const one of [...living].flatMap(([kind, all]) => Array.from(all, () => kind))) {
        counts[one] = (counts[one] ?? 0) + 1;
      }
      return counts;
    },
  };
  Object.defineProperty(window, "book", { value: book });
}

function noteTimers(): void {
  const { book } = window;
  const methods = window as unknown as Record<string, Call>;
  for (const [name, kind] of [
    ["setTimeout", "timeout"],
    ["setInterval", "interval"],
  ] as const) {
    const own = methods[name];
    methods[name] = (run, ...more) => {
      const id = own?.(
        () => {
          if (kind === "timeout") book.end(kind, id);
          (run as () => void)();
        },
        ...more,
      );
      book.begin(kind, id);
      return id;
    };
  }
  for (const name of ["clearTimeout", "clearInterval"]) {
    book.watch(window, name, (_, [id]) => {
      book.end("timeout", id);
      book.end("interval", id);
    });
  }
}

function noteObjects(): void {
  const { book } = window;
  const classes = window as unknown as Record<string, (new () => object) | undefined>;
  for (const name of ["MutationObserver", "ResizeObserver", "IntersectionObserver"]) {
    const prototype = classes[name]?.prototype as object;
    book.watch(prototype, "observe", (self) => book.begin(name, self));
    book.watch(prototype, "disconnect", (self) => book.end(name, self));
  }
  for (const [name, end] of [
    ["AudioContext", "close"],
    ["BroadcastChannel", "close"],
    ["CloseWatcher", "destroy"],
    ["Notification", "close"],
    ["WebSocket", "close"],
  ] as const) {
    const own = classes[name];
    if (!own) continue;
    classes[name] = new Proxy(own, {
      construct(target, given, asked) {
        const made = Reflect.construct(target, given, asked) as object;
        book.begin(name, made);
        return made;
      },
    });
    book.watch(own.prototype as object, end, (self) => book.end(name, self));
  }
  book.watch(URL, "createObjectURL", (_, __, url) => book.begin("object URL", url));
  book.watch(URL, "revokeObjectURL", (_, [url]) => book.end("object URL", url));
}

function noteListeners(): void {
  const { book } = window;
  const all = new Set<Listening>();
  const { prototype } = EventTarget;
  const listen = Reflect.get(prototype, "addEventListener") as Call;
  const optionsOf = (given: unknown): AddEventListenerOptions =>
    typeof given === "object" ? (given ?? {}) : { capture: Boolean(given) };
  const find = (target: unknown, [type, listener, options]: unknown[]) =>
    [...all].find(
      (one) =>
        one.target === target &&
        one.type === type &&
        one.listener === listener &&
        one.isCapturing === Boolean(optionsOf(options).capture),
    );
  const forget = (one?: Listening) => {
    if (!one) return;
    all.delete(one);
    book.end(`${one.type} at ${one.target.constructor.name}`, one);
  };
  // Elements go with what they hear; these are over when their work is done, or are counted by themselves.
  const isKept = (target: EventTarget) =>
    [Window, Document, MediaQueryList].some((one) => target instanceof one) ||
    [document.documentElement, document.head, document.body].includes(target as HTMLElement) ||
    /^(Navigation|VisualViewport|ServiceWorkerContainer|ScreenOrientation|FontFaceSet)$/.test(
      target.constructor.name,
    );
  book.watch(prototype, "addEventListener", (self, given) => {
    const [type, listener, options] = given as [string, unknown, unknown];
    // The window's own may be called by its name alone.
    const target = (self ?? window) as EventTarget;
    const { signal, once, capture = false } = optionsOf(options);
    if (!listener || signal?.aborted || !isKept(target) || find(target, given)) return;
    const one = { target, type, listener, isCapturing: capture };
    all.add(one);
    book.begin(`${type} at ${target.constructor.name}`, one);
    if (signal) listen.call(signal, "abort", () => forget(one));
    if (once) listen.call(target, type, () => forget(one), { once, capture });
  });
  book.watch(prototype, "removeEventListener", (self, given) =>
    forget(find(self ?? window, given)),
  );
}

/** Run in the page: all that there is now. */
async function look() {
  const { held = [], pending = [] } = await navigator.locks.query();
  const { activeElement, adoptedStyleSheets, styleSheets, documentElement, title, body } = document;
  const handlers = [window, document, documentElement, body].flatMap((owner) => {
    const values = owner as unknown as Record<string, unknown>;
    const names = new Set<string>();
    for (let one: object | null = owner; one; one = Object.getPrototypeOf(one) as object | null) {
      for (const name of Object.getOwnPropertyNames(one)) names.add(name);
    }
    return [...names].filter((name) => name.startsWith("on") && values[name]);
  });
  return {
    living: window.book.count(),
    locks: [...held, ...pending].map(({ name }) => name),
    handlers,
    globals: Object.getOwnPropertyNames(window).toSorted(),
    html: documentElement.outerHTML,
    title,
    sheets: [styleSheets.length, adoptedStyleSheets.length],
    focus: activeElement?.tagName,
    address: location.href,
  };
}

/** Answers the function that looks. Must be called before the page is opened. */
export async function keepTraces(page: Page): Promise<() => ReturnType<typeof look>> {
  for (const note of [openBook, noteTimers, noteObjects, noteListeners]) {
    await page.addInitScript(note);
  }
  return () => page.evaluate(look);
}
