// Links that the desk follows itself, unless the browser was asked for a new tab or window.

/** Runs `go` instead of loading the page, for a plain click. */
export function followLink(event: MouseEvent, go: () => void): void {
  const asksForMore = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
  if (event.defaultPrevented || event.button !== 0 || asksForMore) return;
  event.preventDefault();
  go();
}
