// Addresses that open the chat: `#chat`, `#chat/new?…`, `#chat/open?…`, in the address bar or in a link of the page.

/** The part of the Navigation API that is needed; not in every browser. */
interface Navigating extends Event {
  hashChange?: boolean;
  destination?: { url: string };
}

/**
 * Calls `follow` with each such fragment, now and until `signal` aborts. Where the browser knows the Navigation
 * API, following a link of the page makes no history entry.
 */
export function watchDeepLinks(
  page: Window & { navigation?: EventTarget },
  signal: AbortSignal,
  follow: (fragment: string) => void,
): void {
  const look = (event?: Navigating) => {
    // One that goes elsewhere is none of ours, whatever the address still says.
    const url = event?.destination ? event.hashChange && event.destination.url : page.location.href;
    const fragment = /#chat(\/.*)?$/.exec(url || "")?.[0];
    if (!fragment) return;
    event?.preventDefault();
    follow(fragment);
  };
  page.addEventListener("hashchange", look, { signal });
  page.navigation?.addEventListener("navigate", look, { signal });
  look();
}
