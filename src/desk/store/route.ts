// Where the desk is: addresses to routes and back.
import type { ReadonlySignal } from "@preact/signals";
import { conditionsOf, draftOf } from "./filter.ts";
import type { FilterDraft } from "./filter.ts";
import { viewNames } from "./views.ts";
import type { ViewName } from "./views.ts";

export interface Route {
  view: ViewName;
  /** The open conversation's number. */
  conversationId: number | null;
  /** In place of the view: the filter that is saved under this number … */
  savedId?: number;
  /** … or one that is written in the address. */
  filter?: FilterDraft;
  /** A page of the settings, such as `inboxes/3/appearance`; empty: their beginning. Absent: not there. */
  settings?: string;
  /** Where an invited agent sets the password: the token of the invitation. */
  invitation?: string;
}

export interface Router {
  readonly route: ReadonlySignal<Route>;
  /** Changes the address; `replace` leaves no entry to go back to. */
  go(route: Route, how?: "push" | "replace"): void;
}

const BASE = "/desk/";
const firstView: ViewName = "open";

interface Address {
  pathname: string;
  search: string;
  hash: string;
}

/** Reads an address. One that the desk does not know means the first view. */
export function parseRoute(address: Address): Route {
  const settings = /^\/desk\/settings(?:\/((?:[\w-]+\/)*[\w-]*))?$/.exec(address.pathname);
  if (settings) {
    const page = (settings[1] ?? "").replace(/\/$/, "");
    return { view: firstView, conversationId: null, settings: page };
  }
  if (/^\/desk\/invitation\/?$/.test(address.pathname)) {
    return { view: firstView, conversationId: null, invitation: address.hash.slice(1) };
  }
  const named = new URLSearchParams(address.search).get("view");
  const view = viewNames.find((name) => name === named) ?? firstView;
  const number = /^\/desk\/conversations\/([1-9]\d{0,14})\/?$/.exec(address.pathname)?.[1];
  return {
    view,
    conversationId: number === undefined ? null : Number(number),
    ...parseFilter(new URLSearchParams(address.search)),
  };
}

/** The address of a route, from the origin on. */
export function formatRoute(route: Route): string {
  const { view, conversationId, savedId, filter, settings, invitation } = route;
  if (settings !== undefined) return `${BASE}settings${settings === "" ? "" : `/${settings}`}`;
  if (invitation !== undefined) return `${BASE}invitation#${invitation}`;
  const path = conversationId === null ? BASE : `${BASE}conversations/${conversationId}`;
  const query = new URLSearchParams({
    ...(savedId === undefined ? {} : { saved: String(savedId) }),
    ...(filter ? { filter: JSON.stringify(conditionsOf(filter)) } : {}),
    ...(view === firstView || isFiltered(route) ? {} : { view }),
  });
  return query.size === 0 ? path : `${path}?${query.toString()}`;
}

/** The part of a route that stands in place of its view. */
export const filterOf = ({ savedId, filter }: Route): Pick<Route, "savedId" | "filter"> => ({
  ...(savedId === undefined ? {} : { savedId }),
  ...(filter ? { filter } : {}),
});

export const isFiltered = ({ savedId, filter }: Route): boolean =>
  savedId !== undefined || filter !== undefined;

function parseFilter(query: URLSearchParams): Pick<Route, "savedId" | "filter"> {
  const saved = /^[1-9]\d{0,14}$/.exec(query.get("saved") ?? "");
  if (saved) return { savedId: Number(saved[0]) };
  const draft = draftOf(parseJson(query.get("filter") ?? ""));
  return draft ? { filter: draft } : {};
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
