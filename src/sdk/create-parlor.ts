// The API of the page's chat as an object that can be used before the script is there, and without a page.
import type { HandlerOptions } from "../widget/host/events.ts";
import type {
  EventHandler,
  MethodName,
  Parlor,
  ParlorEvents,
  ParlorMethods,
  PushItem,
} from "../widget/host/parlor.ts";
import type { EventName } from "../widget/store/events.ts";
import { ParlorError, toParlorError } from "./error.ts";
import { eventNames, methodNames, subscriberName } from "./method-names.ts";
import type { ParlorOptions } from "./options.ts";
import { createPageLink } from "./page-link.ts";
import type { PageLink } from "./page-link.ts";
import { quiet } from "./quiet.ts";

/** Made, and not yet on the page: rendering may happen more than once, or in a server. */
export interface PreparedParlor {
  parlor: Parlor;
  /** Puts the chat on the page with these options; again after `shutdown()` or `destroy()`. */
  start: (options: ParlorOptions) => void;
}

type AnyMethod = (...args: unknown[]) => Promise<unknown>;
type Members = Record<string, AnyMethod | undefined>;

const destroyed = () => new ParlorError("destroyed", "this Parlor was destroyed");

async function callLive(api: Parlor, name: MethodName, args: unknown[]): Promise<unknown> {
  const method = (api as unknown as Members)[name];
  if (method) return method(...args);
  throw new ParlorError("unsupported", `the server's Parlor has no method ${name}`);
}

async function call(link: PageLink, name: MethodName, args: unknown[]): Promise<unknown> {
  const live = link.live();
  if (live) return callLive(live, name, args);
  if (link.isDestroyed()) throw destroyed();
  if (name === "destroy") return link.destroyEarly();
  const answer = link.waiting.ask((api) => callLive(api, name, args));
  link.reach();
  return answer;
}

function createMethods(link: PageLink | undefined): ParlorMethods {
  const method = (name: MethodName, args: unknown[]): Promise<unknown> => {
    // Without a page nothing is kept: it would be one visitor's, in a process that serves many.
    if (!link) return new Promise(() => undefined);
    return quiet(
      call(link, name, args).catch((error: unknown) => {
        throw toParlorError(error);
      }),
    );
  };
  return Object.fromEntries(
    methodNames.map((name) => [name, (...args: unknown[]) => method(name, args)]),
  ) as unknown as ParlorMethods;
}

function createSubscribers(on: Parlor["on"]): ParlorEvents {
  return Object.fromEntries(
    eventNames.map((name) => [
      subscriberName(name),
      (handler: EventHandler<EventName>, options?: HandlerOptions) => on(name, handler, options),
    ]),
  ) as unknown as ParlorEvents;
}

/** Has `push` do what the live one does with each kind of item. */
function pushTo(link: PageLink, parlor: Parlor, item: PushItem): void {
  if (typeof item === "function") {
    const live = link.live();
    if (live) live.push(() => item(parlor));
    else link.waiting.keep((api) => api.push(() => item(parlor)));
  } else if (Array.isArray(item)) {
    const [name, ...args] = item as [string, ...unknown[]];
    void (parlor as unknown as Members)[name]?.(...args);
  } else void parlor.updateSettings(item);
}

/** Makes the object and touches nothing; `start` does. */
export function prepareParlor(): PreparedParlor {
  const link = typeof document === "undefined" ? undefined : createPageLink(window);
  const never = new Promise<never>(() => undefined);
  const on: Parlor["on"] = (name, handler, options) => {
    const live = link?.live();
    if (live) return live.on(name, handler, options);
    return link?.waiting.subscribe(name, handler, options) ?? (() => undefined);
  };
  const parlor: Parlor = {
    ...createMethods(link),
    ...createSubscribers(on),
    v: 1,
    get ready() {
      return link?.ready() ?? never;
    },
    push(...items) {
      if (link) for (const item of items) pushTo(link, parlor, item);
      return items.length;
    },
    on,
    once: (name, handler, options) => on(name, handler, { ...options, once: true }),
    off(name, handler) {
      link?.live()?.off(name, handler);
      link?.waiting.unsubscribe(name, handler);
    },
  };
  return { parlor, start: (options) => link?.start(options) };
}

/**
 * Puts the chat on the page and answers its API at once: calls wait for the script. There is one chat to a
 * page; a second call speaks to the same one. In a server nothing happens and no promise settles.
 */
export function createParlor(options: ParlorOptions): Parlor {
  const { parlor, start } = prepareParlor();
  for (const [name, handler] of Object.entries(options.on ?? {})) {
    parlor.on(name as EventName, handler as EventHandler<EventName>);
  }
  start(options);
  return parlor;
}
