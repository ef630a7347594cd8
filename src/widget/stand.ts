// What a visitor sees first: the widget's element on the page, its colours, and the launcher in it.
import { computed, effect, signal } from "./signals.ts";
import type { ReadonlySignal, Signal } from "./signals.ts";
import type { PublicInbox } from "../protocol/records.ts";
import { afterPaint, inOwnTask } from "./browser/after-paint.ts";
import { createHostElement } from "./browser/host-element.ts";
import type { HostElement } from "./browser/host-element.ts";
import { fetchChat } from "./second-stage.ts";
import type { ChatWindow } from "./store/chat-window.ts";
import type { Settings } from "./store/settings.ts";
import css from "./ui/launcher.css?inline";
import { mountLauncher } from "./ui/launcher.ts";
import { brandCss, themeCss } from "./ui/theme.ts";

/** The launcher, standing, and what the rest tells it. */
export interface Stand {
  host: HostElement;
  unreadCount: Signal<number>;
  /** Something stands in its place, or nobody can chat here. */
  isCovered: Signal<boolean>;
  /** The visitor has seemed to want the chat. */
  isMeant: ReadonlySignal<boolean>;
}

export function standOn(deps: {
  page: Window;
  settings: Settings;
  chatWindow: ChatWindow;
  inbox: ReadonlySignal<PublicInbox | null>;
  stop: AbortSignal;
}): Stand {
  const { page, settings, chatWindow, stop } = deps;
  const { document } = page;
  const { container, targeting } = settings.host.peek();
  // Until it is known where: a flash in the wrong place is worse than a moment's wait.
  const host = createHostElement(document, container || targeting ? () => null : undefined);
  const unreadCount = signal(0);
  const isCovered = signal(false);
  const isMeant = signal(false);
  // In one sheet, which costs less than two, and after what resets everything: of what is important, the later one wins.
  const setStyle = host.addStyle("", css);
  const brand = computed(() => brandCss(settings.color.value));
  const isRtl = page.getComputedStyle(document.documentElement).direction === "rtl";
  const stops = [
    effect(() => {
      const appearance = settings.host.value.widgetAppearance ?? {};
      const { position = isRtl ? "left" : "right" } = appearance;
      setStyle(themeCss(brand.value, appearance, position));
    }),
    mountLauncher(host.root, {
      page: document,
      chatWindow,
      settings,
      unreadCount,
      onIntent() {
        // What he does is answered first: it may be the press already. Whoever needs the chat says so if it does not come.
        inOwnTask(page, () => void fetchChat().catch(() => undefined));
        afterPaint(page, stop, () => (isMeant.value = true));
      },
      // The button is seen to have been pressed before the chat takes its time.
      onOpen: () => afterPaint(page, stop, () => chatWindow.open("launcher"), true),
      isShown: computed(
        () =>
          chatWindow.visibility.value === "shown" &&
          !settings.host.value.launcher?.hidden &&
          (deps.inbox.value || !settings.host.value.launcher?.wait) &&
          !isCovered.value,
      ),
    }),
    () => host.remove(),
  ];
  // Whole, and once: each part that is added on the page makes that look at all of it again.
  host.follow();
  stop.addEventListener("abort", () => stops.forEach((undo) => undo()));
  return { host, unreadCount, isCovered, isMeant };
}
