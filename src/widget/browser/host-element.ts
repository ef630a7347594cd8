// The widget's one element on the page: a shadow root that the page's style does not reach, with sheets of its own.

export interface HostElement {
  element: HTMLElement;
  root: ShadowRoot;
  /** Where it stands: on `page`, unless told otherwise; null: nowhere. */
  place: () => Element | null;
  /** The body; beside it, once it is known that the body is no place for what is fixed in the window. */
  page: () => Element | null;
  /** Looks whether it stands in the corner of the window, and leaves a transformed body, which has corners of its own. */
  settle: () => void;
  /** Puts it where it should stand now. */
  attach: () => void;
  /** Adds a constructed sheet (no CSP of the page forbids one); answers the function that changes its text. */
  addStyle: (css: string) => (css: string) => void;
  remove(): void;
}

/** Appends the element as soon as there is a body, and again whenever the page replaces its body. */
export function createHostElement(page: Document, place?: HostElement["place"]): HostElement {
  const element = page.createElement("parlor-widget");
  // Until another language has come.
  element.lang = "en";
  const root = element.attachShadow({ mode: "open" });
  const observer = new MutationObserver(() => {
    host.attach();
    watch();
  });
  let watched: HTMLElement | null = null;
  let isBodyMoved = false;
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
    place: place ?? (() => host.page()),
    page: () => (isBodyMoved ? page.documentElement : page.body),
    settle() {
      const { bottom } = element.getBoundingClientRect();
      // A scroll bar's height is not the body's doing.
      isBodyMoved = element.parentNode === page.body && Math.abs(innerHeight - bottom) > 20;
      host.attach();
    },
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
