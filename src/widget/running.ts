// What a page needs once its visitor has been here before, looks around or wants to chat: stores, greeting, and the way to
// the second stage.
import { computed, effect, signal, untracked } from "./signals.ts";
import type { ReadonlySignal } from "./signals.ts";
import { afterPaint } from "./browser/after-paint.ts";
import type { KeepingDeps } from "./browser/consent.ts";
import { mediaSignal } from "./browser/media.ts";
import { watchPolicy } from "./browser/watch-policy.ts";
import { createBrowserStorage } from "./browser/storage.ts";
import { whenIdle } from "./browser/when-idle.ts";
import type { Core } from "./core.ts";
import type { DescribedInbox } from "./describe-inbox.ts";
import { blockedBy } from "./host/api.ts";
import type { Running } from "./host/api.ts";
import { createSecondStage } from "./second-stage.ts";
import type { Stand } from "./stand.ts";
import type { StartDeps } from "./start.ts";
import { createCustomerStore } from "./store/customer.ts";
import { LIVE_UNTIL_KEY, OUTBOX_PREFIX } from "./store/storage.ts";
import { rememberWindow } from "./store/window-memory.ts";
import { element } from "./ui/dom.ts";
import cardsCss from "./ui/cards.css?inline";
import { createGreeting } from "./ui/greeting.ts";
import { createLoadFailed } from "./ui/load-failed.ts";

const GREETED_KEY = "greeted";
/** Small in either direction: phones, held upright or not, and pages at a high zoom. */
const PHONE_QUERY = "(max-width:480px),(max-height:480px)";

const proactive = { kind: "greeting" } as const;
const byVisitor = { source: "visitor" } as const;

export interface RunningDeps extends Omit<StartDeps, "inbox">, DescribedInbox {
  inboxId: string;
  stand: Stand;
  /** What other tabs say of what is kept. */
  heard: Pick<KeepingDeps["kept"], "prefix" | "heard">;
  /** True while the widget stands where and as it does by itself. */
  isPlain: ReadonlySignal<boolean>;
  /** The page has settled, and its visitor has looked around. */
  isGreetingTime: ReadonlySignal<boolean>;
  stop: AbortSignal;
}

export function startRunning(deps: RunningDeps): Running {
  const { page, settings, chatWindow, emit, on, stand, stop, rest, inbox, isRefused } = deps;
  const { host } = stand;
  const { document } = page;
  const { prefix } = deps.heard;
  let isSmall: ReadonlySignal<boolean> | undefined;
  // In an element of the page, the page says how large the chat is. Few pages ever need to know.
  const isPhone = computed(
    () =>
      !settings.host.value.container && (isSmall ??= mediaSignal(page, PHONE_QUERY, stop)).value,
  );
  // Where a browser cannot tell, opening the chat counts as an act. Asking is dear: the browser makes its navigator.
  const hasActed = () => page.navigator.userActivation?.hasBeenActive ?? true;
  let isStarting = true;
  /** Writing keeps the page waiting: not while its visitor waits for the chat. */
  const later = (write: () => void) => afterPaint(page, stop, write);
  const hasOpened = signal(false);
  /** Where something may be kept now. */
  function area(isOfTab: boolean): Storage | undefined {
    const { consent, storage: wanted } = settings.host.peek();
    const isFree = consent === "pending" ? hasOpened.peek() : consent !== "denied";
    // A browser fetches an area from its disk while the page waits: a tab holds nothing where the device does not.
    const mayBeEmpty = isOfTab && wanted !== "session" && !storage.keys()[0];
    const isEmpty = mayBeEmpty && (isStarting || !hasActed());
    if (!isFree || isEmpty || wanted === "memory") return undefined;
    return isOfTab || wanted === "session" ? page.sessionStorage : page.localStorage;
  }
  const storage = createBrowserStorage(() => area(false), prefix);
  const tabStorage = createBrowserStorage(() => area(true), prefix);
  const customer = createCustomerStore({ rest, storage, emit });
  const kept: Core["kept"] = Object.assign(deps.heard, {
    storage,
    tabStorage,
    hasOpened,
    consentAtStart: settings.host.peek().consent,
  });
  let hasCards = false;
  function styleCards(): void {
    if (!hasCards) host.addStyle(cardsCss);
    hasCards = true;
  }
  const core: Core = {
    ...deps,
    root: host.root,
    storage,
    customer,
    identityRefusal: signal(null),
    kept,
    isPhone,
    addStyle: host.addStyle,
    styleCards,
  };

  const refusal = watchPolicy(document, deps.baseUrl, stop);
  const { chat, hasFailed, load, retry, reset, stop: stopChat } = createSecondStage(core, refusal);
  const isGreetingDue = signal(false);
  const unreadCount = computed(() => chat.value?.unreadCount.value ?? 0);

  const onIntent = () => void load();

  function dismissGreeting(): void {
    isGreetingDue.value = false;
    emit("proactiveDismiss", proactive, byVisitor);
    storage.set(GREETED_KEY, "1");
    host.root.querySelector<HTMLElement>(".launcher")?.focus();
  }

  /** The card above the launcher, while there is one to show. */
  function card(): HTMLElement | undefined {
    const isOpen = chatWindow.state.value === "maximized";
    if (hasFailed.value && isOpen) return createLoadFailed(document, retry);
    if (isOpen && !chat.value) {
      const shown = chatWindow.view.value.name;
      return element(document, "div", { class: `greeting wait ${shown}`, "aria-hidden": "true" });
    }
    const { value } = inbox.value;
    if (!isGreetingDue.value || isOpen || chatWindow.visibility.value === "hidden")
      return undefined;
    if (!value?.greeting_enabled) return undefined;
    const onOpen = () => {
      emit("proactiveClick", proactive, byVisitor);
      chatWindow.open("proactive");
    };
    if (!isGreetingTold) {
      isGreetingTold = true;
      queueMicrotask(() => emit("proactiveShown", proactive));
    }
    return createGreeting({
      page: document,
      inbox: value,
      settings,
      onIntent,
      onOpen,
      onDismiss: dismissGreeting,
    });
  }

  let isGreetingTold = false;
  let isPlaced = false;

  async function place(): Promise<void> {
    const { standOnPage } = await import("./browser/on-page.ts");
    if (!stop.aborted) standOnPage({ ...core, host, chat, onIntent, stop });
  }

  const stops = [
    effect(() => {
      if (stand.isMeant.value) void load();
    }),
    effect(() => {
      const isOpen = chatWindow.state.value === "maximized";
      if ((isOpen || chatWindow.closedBy()) && hasActed()) {
        hasOpened.value ||= /launcher|deepLink|proactive/.test(chatWindow.openedBy.peek() ?? "");
        later(() => storage.set(GREETED_KEY, "1"));
      }
      if (!isOpen) return;
      isGreetingDue.value = false;
      untracked(retry);
    }),
    effect(() => {
      stand.unreadCount.value = unreadCount.value;
    }),
    effect(() => {
      if (!deps.isGreetingTime.value || customer.contact.peek() || storage.get(GREETED_KEY)) return;
      isGreetingDue.value = chatWindow.state.peek() === "minimized";
    }),
    effect(() => {
      const shown = card();
      if (!shown) return undefined;
      styleCards();
      host.root.prepend(shown);
      return () => shown.remove();
    }),
    effect(() => {
      const isChatOnPhone = chatWindow.state.value === "maximized" && isPhone.value && chat.value;
      stand.isCovered.value = isRefused.value || Boolean(isChatOnPhone);
    }),
    effect(() => {
      // Whatever is said next tries again what did not load.
      const { container, targeting } = settings.host.value;
      if (isPlaced || deps.isPlain.value) return;
      isPlaced = true;
      if (container || targeting) host.place = () => null;
      host.attach();
      void place().catch(() => (isPlaced = false));
    }),
    rememberWindow({
      chatWindow,
      settings,
      isPhone,
      hasActed,
      later,
      tab: tabStorage,
      device: storage,
    }),
  ];

  isStarting = false;
  const isLive = Number(storage.get(LIVE_UNTIL_KEY)) > Date.now();
  const isWaiting = storage.keys().some((key) => key.startsWith(OUTBOX_PREFIX));
  if (isLive || isWaiting) whenIdle(page, 0, stop, onIntent);
  stop.addEventListener("abort", () => {
    for (const undo of stops) undo();
    stopChat();
  });

  async function call(name: string, args: unknown[]): Promise<unknown> {
    const fetching =
      name === "setCustomerInfo" ? import("./host/customer-info.ts") : import("./host/methods.ts");
    const methods = await fetching.catch(refusal);
    if ("callMethod" in methods) {
      const { attach } = host;
      const deps = { core, on, load, reset, attach, chat: () => chat.peek() };
      return methods.callMethod(deps, name, args);
    }
    if (name !== "diagnose") throw methods;
    return blockedBy(page.navigator.onLine ? methods.code : "offline", methods.message);
  }
  return { unreadCount, shown: load, call };
}
