// Where on the page the chat stands, what opens it and what it may keep, and its language, for pages that have settings of it or are not in English. Loaded by those alone.
import { effect, untracked } from "../signals.ts";
import type { ChatWindow } from "../store/chat-window.ts";
import type { CustomerStore } from "../store/customer.ts";
import type { HostSettings } from "../store/host-settings.ts";
import { followConsent } from "./consent.ts";
import type { KeepingDeps } from "./consent.ts";
import type { HostElement } from "./host-element.ts";
import { followRoutes } from "./routes.ts";

const inlineCss = `:host([data-inline]){position:static!important;height:100%!important}
:host([data-inline])>div{display:contents}
:host([data-inline]) :is(.panel,.panel.open){position:relative;inset:auto;width:100%;height:100%;min-height:320px;
border-radius:0;box-shadow:none;transform:none}
:host([data-inline]) :is(.launcher,.greeting){display:none}`;

/** Room between the launcher and what it avoids, in CSS pixels. */
const GAP = 12;

export interface OnPageDeps extends KeepingDeps {
  host: HostElement;
  chatWindow: ChatWindow;
  customer: Pick<CustomerStore, "contact" | "setInfo" | "adopt">;
  /** The visitor is about to open the chat. */
  onIntent: () => void;
}

const toPattern = (text: string) =>
  new RegExp(`^${text.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*")}$`);

/** Whether the chat belongs on the page of this path; a pattern with a `?` is held against the query too. */
export function isTargeted(targeting: HostSettings["targeting"], at: URL | Location): boolean {
  const { include, exclude = [] } = targeting ?? {};
  const matches = (text: string) =>
    toPattern(text).test(text.includes("?") ? at.pathname + at.search : at.pathname);
  return !exclude.some(matches) && (!include || include.some(matches));
}

/** A selector that is none selects nothing. */
function all(document: Document, selector: string): Element[] {
  try {
    return [...document.querySelectorAll(selector)];
  } catch {
    return [];
  }
}

/** How high the launcher must stand to cover none of these, in CSS pixels from the bottom; 0 when it may stay. */
export function clearance(launcher: DOMRect, others: DOMRect[], viewHeight: number): number {
  const inWay = others.filter(
    ({ left, right, top, bottom, width, height }) =>
      width * height > 0 &&
      left < launcher.right + GAP &&
      right > launcher.left - GAP &&
      bottom > viewHeight - launcher.height - 2 * GAP &&
      top > viewHeight / 3,
  );
  return Math.max(0, ...inWay.map(({ top }) => viewHeight - top + GAP));
}

export function standOnPage(deps: OnPageDeps): void {
  const { page, host, settings, chatWindow, stop } = deps;
  const { document } = page;
  const onStop = (undo: () => void) => stop.addEventListener("abort", undo);

  let isTranslated = false;
  onStop(
    effect(() => {
      if (isTranslated || /^en/i.test(settings.locale.value)) return;
      isTranslated = true;
      void import("../ui/languages/follow.ts")
        .then(({ followLanguage }) => followLanguage(deps))
        // English it stays, until another language is asked for.
        .catch(() => (isTranslated = false));
    }),
  );
  onStop(followConsent(deps));

  const findContainer = (): Element | null => {
    const { container } = settings.host.peek();
    return typeof container === "string"
      ? (all(document, container)[0] ?? null)
      : (container ?? null);
  };
  host.place = () => {
    const { container, targeting } = settings.host.peek();
    if (!isTargeted(targeting, page.location)) return null;
    return container ? findContainer() : host.page();
  };
  followRoutes(page, stop, host.attach);

  let told = { page_url: "", page_title: "" };
  const tellPage = () => {
    const fields = { page_url: page.location.href, page_title: document.title };
    const isKnown = told.page_url === fields.page_url && told.page_title === fields.page_title;
    if (isKnown || settings.host.peek().routeTracking !== "auto") return;
    told = fields;
    void deps.customer.setInfo({ fields });
  };
  // A page gives itself its title just after its address, or once it has fetched what it shows there.
  const lateTitle = new MutationObserver(() => {
    if (document.title === told.page_title) return;
    lateTitle.disconnect();
    tellPage();
  });
  onStop(() => lateTitle.disconnect());
  followRoutes(page, stop, () => {
    lateTitle.observe(document.head, { childList: true, subtree: true, characterData: true });
    setTimeout(() => stop.aborted || tellPage());
  });
  onStop(
    effect(() => {
      if (settings.host.value.routeTracking) untracked(tellPage);
    }),
  );

  // A container may come later than the script, and again with each route.
  const waiting = new MutationObserver(host.attach);
  onStop(() => waiting.disconnect());
  host.addStyle(inlineCss);
  onStop(
    effect(() => {
      const { container } = settings.host.value;
      host.element.toggleAttribute("data-inline", Boolean(container));
      waiting.disconnect();
      if (container) {
        waiting.observe(document.documentElement, { childList: true, subtree: true });
        deps.onIntent();
        chatWindow.open("restore");
      }
      host.attach();
    }),
  );

  const opensChat = (event: Event) => {
    const { selector } = settings.host.peek().launcher ?? {};
    const target = event.target as Element | null;
    if (!selector || !all(document, selector).some((one) => one.contains(target))) return;
    if (event.type !== "click") deps.onIntent();
    else if (chatWindow.openedBy.peek()) chatWindow.close("button");
    else chatWindow.open("launcher");
  };
  // What slides in is in the way where it comes to rest.
  for (const name of ["transitionend", "animationend"]) {
    document.addEventListener(name, () => settings.host.peek().launcher?.avoid && lookAgain(), {
      signal: stop,
    });
  }
  document.addEventListener("click", opensChat, { signal: stop });
  document.addEventListener("pointerdown", opensChat, { signal: stop });

  const lift = host.addStyle("");
  let lifted = 0;
  const avoid = () => {
    const launcher = host.root.querySelector(".launcher")?.getBoundingClientRect();
    const others = (settings.host.peek().launcher?.avoid ?? []).flatMap((one) =>
      all(document, one),
    );
    const height = launcher
      ? clearance(
          launcher,
          others.map((one) => one.getBoundingClientRect()),
          page.innerHeight,
        )
      : 0;
    if (height !== lifted) lift(height > 0 ? `:host{--y:${Math.round(height)}px!important}` : "");
    lifted = height;
  };
  const sizes = new ResizeObserver(avoid);
  onStop(() => sizes.disconnect());
  const watchAvoided = () => {
    sizes.disconnect();
    const { avoid: selectors = [] } = settings.host.peek().launcher ?? {};
    if (selectors.length === 0) return;
    sizes.observe(document.documentElement);
    for (const one of selectors.flatMap((selector) => all(document, selector))) sizes.observe(one);
  };
  let isDue = false;
  /** What has come, gone, moved or hidden: once for all of a frame, since it is measured. */
  const lookAgain = () => {
    if (isDue) return;
    isDue = true;
    page.requestAnimationFrame(() => {
      isDue = false;
      if (stop.aborted) return;
      watchAvoided();
      avoid();
    });
  };
  const elements = new MutationObserver(lookAgain);
  onStop(() => elements.disconnect());
  onStop(
    effect(() => {
      elements.disconnect();
      if (settings.host.value.launcher?.avoid) {
        elements.observe(document.documentElement, {
          childList: true,
          subtree: true,
          attributeFilter: ["class", "style", "hidden", "open"],
        });
      }
      watchAvoided();
      avoid();
    }),
  );
}
