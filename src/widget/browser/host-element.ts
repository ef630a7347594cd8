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
  /** Puts it there as soon as there is a body, and again whenever the page replaces its body. */
  follow: () => void;
  /** Adds a constructed sheet (no CSP of the page forbids one); answers the function that changes its text after `base`. */
  addStyle: (css: string, base?: string) => (css: string) => void;
  remove(): void;
}

/** Makes the element; it is on the page once it is to follow that. */
export function createHostElement(page: Document, place?: HostElement["place"]): HostElement {
  const element = page.createElement("parlor-widget");
  // Until another language has come.
  element.lang = "en";
  const root = element.attachShadow({ mode: "open" });
  /** Its own list: reading back the browser's makes that an object which wraps each access. */
  const sheets: CSSStyleSheet[] = [];
  const observer = new MutationObserver(() => host.follow());
  let watched: HTMLElement | null | undefined;
  let isBodyMoved = false;
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
    follow() {
      host.attach();
      if (watched === page.body) return;
      watched = page.body;
      observer.disconnect();
      observer.observe(page.documentElement, { childList: true });
      if (watched) observer.observe(watched, { childList: true });
    },
    addStyle(css, base = "") {
      const sheet = new CSSStyleSheet();
      let last = "";
      const write = (next: string) => {
        if (next !== last) sheet.replaceSync(base + (last = next));
      };
      write(css);
      sheets.push(sheet);
      root.adoptedStyleSheets = sheets;
      return write;
    },
    remove() {
      observer.disconnect();
      element.remove();
    },
  };
  return host;
}
