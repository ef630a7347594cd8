// The page's address as it changes, without polling and without touching the page's own functions.

/** The part of the Navigation API that is needed; not in every browser. */
interface Navigation extends EventTarget {
  readonly currentEntry: unknown;
}

/**
 * Calls `tell` after each change of route, until `stop` aborts. A browser without the Navigation API tells of
 * back, forward and fragments alone: there, the page says `Parlor.page()`.
 */
export function followRoutes(page: Window, stop: AbortSignal, tell: () => void): void {
  const { navigation } = page as Window & { navigation?: Navigation };
  const heard = { signal: stop };
  if (navigation) navigation.addEventListener("currententrychange", tell, heard);
  else for (const name of ["popstate", "hashchange"]) page.addEventListener(name, tell, heard);
}
