// What a chat over the whole screen of a phone needs: a page that holds still, and the room above the keyboard.

/** Stops the page from scrolling behind the chat; answers the function that gives it back as it was. */
export function lockScroll(page: Document): () => void {
  const { style } = page.documentElement;
  const hadStyle = page.documentElement.hasAttribute("style");
  const value = style.getPropertyValue("overflow");
  const priority = style.getPropertyPriority("overflow");
  style.setProperty("overflow", "hidden", "important");
  return () => {
    if (value) style.setProperty("overflow", value, priority);
    else style.removeProperty("overflow");
    if (!hadStyle && style.length === 0) page.documentElement.removeAttribute("style");
  };
}

/** Says where the visible part of the screen is, as custom properties; answers the function that stops. */
export function followKeyboard(page: Window, write: (css: string) => void): () => void {
  const viewport = page.visualViewport;
  if (!viewport) return () => undefined;
  const follow = () => {
    const { height, offsetTop } = viewport;
    write(`:host{--height:${Math.round(height)}px;--top:${Math.round(offsetTop)}px}`);
  };
  follow();
  viewport.addEventListener("resize", follow);
  viewport.addEventListener("scroll", follow);
  return () => {
    viewport.removeEventListener("resize", follow);
    viewport.removeEventListener("scroll", follow);
    write("");
  };
}

interface CloseWatcher extends EventTarget {
  destroy(): void;
}

/**
 * Calls `onBack` once when the visitor asks to go back or presses Escape anywhere, without an entry in the page's
 * history; answers the function that stops. Browsers that cannot say so leave Back to the page.
 */
export function watchBack(page: Window, onBack: () => void): () => void {
  const { CloseWatcher } = page as { CloseWatcher?: new () => CloseWatcher };
  if (!CloseWatcher) return () => undefined;
  const watcher = new CloseWatcher();
  watcher.addEventListener("close", onBack);
  return () => watcher.destroy();
}
