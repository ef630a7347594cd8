// Links of the page to itself, for browsers without the Navigation API: loaded by those alone.

/** Calls `follow` with the address of each such link that is plainly clicked, and with the click, until `signal` aborts. */
export function watchLinkClicks(
  page: Window,
  signal: AbortSignal,
  follow: (url: string, click: Event) => void,
): void {
  const onClick = (event: MouseEvent) => {
    const { button, ctrlKey, metaKey, shiftKey, altKey, defaultPrevented } = event;
    const link = (event.composedPath()[0] as Element).closest?.<HTMLAnchorElement>("a[href]");
    const isPlain = !(button || ctrlKey || metaKey || shiftKey || altKey || defaultPrevented);
    if (!isPlain || !link || link.target) return;
    const [here] = page.location.href.split("#");
    if (link.href.split("#")[0] === here) follow(link.href, event);
  };
  page.document.addEventListener("click", onClick, { signal });
}
