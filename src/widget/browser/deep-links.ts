// Addresses that open the chat: `#chat`, `#chat/new?…`, `#chat/open?…`, in the address bar or in a link of the page.

/** The part of the Navigation API that is needed; not in every browser. */
interface Navigating extends Event {
  hashChange: boolean;
  destination: { url: string };
}

/** Calls `follow` with each such fragment, now and until `signal` aborts. Following a link of the page makes no history entry. */
export function watchDeepLinks(
  page: Window & { navigation?: EventTarget },
  signal: AbortSignal,
  follow: (fragment: string) => void,
): void {
  const { document } = page;
  const look = (url: string | false, event?: Event) => {
    const fragment = /#chat(\/.*)?$/.exec(url || "")?.[0];
    if (!fragment) return;
    event?.preventDefault();
    follow(fragment);
  };
  const listening = { signal };
  page.addEventListener("hashchange", () => look(document.URL), listening);
  if ("navigation" in page) {
    const onNavigate = (event: Event) => {
      const { hashChange, destination } = event as Navigating;
      // One that goes elsewhere is none of ours, whatever the address still says.
      look(hashChange && destination.url, event);
    };
    // Its navigation is an object that the browser makes for whoever asks: no link is followed without a click.
    const listen = () => page.navigation?.addEventListener("navigate", onNavigate, listening);
    page.addEventListener("click", listen, { signal, capture: true, once: true });
  } else {
    void import("./link-clicks.ts").then(
      ({ watchLinkClicks }) => signal.aborted || watchLinkClicks(page, signal, look),
      // A link then makes an entry, and opens the chat all the same.
      () => undefined,
    );
  }
  look(document.URL);
}
