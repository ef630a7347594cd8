// The widget's one element on the page: a shadow root that the page's style does not reach, with sheets of its own.

export interface HostElement {
  element: HTMLElement;
  root: ShadowRoot;
  /** Where it stands: the body, unless told otherwise; null: nowhere. */
  place: () => Element | null;
  /** Puts it where it should stand now. */
  attach: () => void;
  /** Adds a constructed sheet (no CSP of the page forbids one); answers the function that changes its text. */
  addStyle: (css: string) => (css: string) => void;
  remove(): void;
}

/** Appends the element as soon as there is a body, and again whenever the page replaces its body. */
export function createHostElement(
  page: Document,
  place: HostElement["place"] = () => page.body,
): HostElement {
  const element = page.createElement("parlor-widget");
  // The words are English, whatever the page speaks.
  element.lang = "en";
  const root = element.attachShadow({ mode: "open" });
  const observer = new MutationObserver(() => {
    host.attach();
    watch();
  });
  let watched: HTMLElement | null = null;
  function watch(): void {
    if (watched === page.body) return;
    watched = page.body;
    observer.disconnect();
    observer.observe(page.documentElement, { childList: true });
    if (watched) observer.observe(watched, { childList: true });
  }
  const host: HostElement = {
    element,
    root,
    place,
    attach() {
      const place = host.place();
      if (!place) element.remove();
      else if (element.parentNode !== place) place.append(element);
    },
    addStyle(css) {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
      return (next) => sheet.replaceSync(next);
    },
    remove() {
      observer.disconnect();
      element.remove();
    },
  };
  host.attach();
  observer.observe(page.documentElement, { childList: true });
  watch();
  return host;
}
