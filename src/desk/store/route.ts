// Where the desk is: addresses to routes and back.
import type { ReadonlySignal } from "@preact/signals";
import { viewNames } from "./views.ts";
import type { ViewName } from "./views.ts";

export interface Route {
  view: ViewName;
  /** The open conversation's number. */
  conversationId: number | null;
}

export interface Router {
  readonly route: ReadonlySignal<Route>;
  /** Changes the address; `replace` leaves no entry to go back to. */
  go(route: Route, how?: "push" | "replace"): void;
}

const BASE = "/desk/";
const firstView: ViewName = "open";

/** Reads an address. One that the desk does not know means the first view. */
export function parseRoute(address: { pathname: string; search: string }): Route {
  const named = new URLSearchParams(address.search).get("view");
  const view = viewNames.find((name) => name === named) ?? firstView;
  const number = /^\/desk\/conversations\/([1-9]\d{0,14})\/?$/.exec(address.pathname)?.[1];
  return { view, conversationId: number === undefined ? null : Number(number) };
}

/** The address of a route, from the origin on. */
export function formatRoute({ view, conversationId }: Route): string {
  const path = conversationId === null ? BASE : `${BASE}conversations/${conversationId}`;
  return view === firstView ? path : `${path}?view=${view}`;
}
