// The second stage, composed: the socket, the stores behind a conversation, and their view.
import { computed, effect, signal, untracked } from "../signals.ts";
import { render } from "preact";
import type { Alerts } from "../browser/alerts.ts";
import { createVisitorRest } from "../../client/visitor-rest.ts";
import { newId } from "../browser/new-id.ts";
import { followKeyboard, lockScroll, watchBack } from "../browser/phone.ts";
import type { Chat, Core } from "../core.ts";
import { followOtherTabs } from "./other-tabs.ts";
import { createChatStores } from "../store/chat.ts";
import type { ChatFiles } from "./files.tsx";
import composerCss from "../ui/composer.css?inline";
import { createDates } from "../ui/dates.ts";
import type { EmojiPicker } from "../ui/emoji/EmojiPicker.tsx";
import fieldsCss from "../ui/fields.css?inline";
import homeCss from "../ui/home.css?inline";
import panelCss from "../ui/panel.css?inline";
import { linkCss } from "../ui/link-color.ts";
import { Panel } from "../ui/Panel.tsx";
import { speech } from "../ui/spoken.ts";
import richTextCss from "../ui/rich-text.css?inline";
import threadCss from "../ui/thread.css?inline";
import type { PreChat, RichParts, Waiting } from "../ui/view.ts";
import { createLine, keepLine } from "./line.ts";

const FILES_TRIES = 9;
const FILES_RETRY_MS = 2_000;

/** Puts the chat into the first stage's shadow root; `stop` takes it away with everything that it started, and `reset` starts it anew. */
export function startChat(core: Core, reset: () => void): Chat {
  const { page, root, chatWindow, isPhone } = core;
  const { document } = page;
  const stopping = new AbortController();
  followOtherTabs(core, reset, stopping.signal);
  const socket = createLine(core);
  const rest = createVisitorRest(core.request, core.inboxId);
  const stores = createChatStores({ ...core, rest, socket, now: Date.now, newId });
  const { isPageVisible, isOnline } = keepLine(core, stores, stopping.signal);

  core.styleCards();
  // Fields before the views, which may want them otherwise.
  const css = panelCss + fieldsCss + homeCss + threadCss + composerCss + richTextCss;
  const { settings } = core;
  const link = computed(() => linkCss(settings.color.value));
  const setLink = core.addStyle(link.peek(), css);
  const place = core.addStyle("");
  const container = document.createElement("div");
  root.prepend(container);
  const stopLinks = effect(() => setLink(link.value));
  /** A language's file says which; kinds of English differ in their dates only. */
  const locale = computed(
    () =>
      speech.language?.value?.dates?.locale ??
      [settings.locale.value, ...page.navigator.languages].find((one) =>
        /^en-[a-z]{2}$/i.test(one),
      ) ??
      "en",
  );
  const dates = computed(() => createDates(locale.value, Date.now));
  const rich = signal<RichParts | undefined>(undefined);
  const files = signal<ChatFiles | null>(null);
  const isUp = computed(() => isOnline.value && stores.connection.state.value !== "connecting");
  let loading: Promise<ChatFiles | null> | undefined;
  /** What the visitor has chosen waits for it: it is asked for again, and not while there is nobody to ask. */
  async function fetchFiles(): Promise<ChatFiles | null> {
    for (let tries = 0; tries < FILES_TRIES && !stopping.signal.aborted;) {
      if (isOnline.peek()) {
        const loaded = await import("./files.tsx").catch(() => undefined);
        if (stopping.signal.aborted) break;
        if (loaded) return (files.value = loaded.createFiles(core, locale, isUp));
        tries += 1;
      }
      await new Promise((resolve) => setTimeout(resolve, FILES_RETRY_MS));
    }
    loading = undefined;
    return null;
  }
  const loadFiles = () => (loading ??= fetchFiles());
  const preChat = signal<PreChat | undefined>(undefined);
  const waiting = signal<Waiting | undefined>(undefined);
  const view = {
    ...stores,
    core,
    settings,
    isPhone,
    isPageVisible,
    isOnline,
    get dates() {
      return dates.value;
    },
    rich,
    files,
    loadFiles,
    emoji: signal<EmojiPicker | undefined>(undefined),
    preChat,
    waiting,
  };
  /** Loads what is not always needed, once it is; without it, the chat goes on, and asks again at the next change. */
  const whenNeeded = (isNeeded: () => unknown, load: () => Promise<unknown>) => {
    let isAsked = false;
    const stop = effect(() => {
      if (!isNeeded() || isAsked) return;
      isAsked = true;
      void load().catch(() => (isAsked = false));
    });
    stopping.signal.addEventListener("abort", stop);
  };
  whenNeeded(
    () => core.inbox.value.value?.pre_chat_form,
    async () => {
      const { startPreChat } = await import("./pre-chat.tsx");
      if (!stopping.signal.aborted) preChat.value = startPreChat(core, view, stopping.signal);
    },
  );
  whenNeeded(
    () => {
      const { opening_hours, usual_reply_seconds } = core.inbox.value.value ?? {};
      const shown = stores.conversations.get(stores.thread.value?.id ?? 0);
      const isQueued = shown?.status === "open" && !shown.assignee;
      return opening_hours || usual_reply_seconds || isQueued;
    },
    async () => {
      const { startWaiting } = await import("./waiting.ts");
      if (stopping.signal.aborted) return;
      waiting.value = startWaiting(core, view, socket, stopping.signal);
    },
  );
  whenNeeded(
    () => stores.thread.value?.messages.value.some(({ content_type }) => content_type !== "text"),
    async () => {
      const { createRichParts } = await import("../ui/rich/rich-content.tsx");
      rich.value = createRichParts(core, stores);
    },
  );
  const draw = () => render(<Panel view={view} />, container);
  const stopDrawing = effect(() => {
    // From the top, so that every word changes.
    void speech.language?.value;
    untracked(draw);
  });
  let alerts: Alerts | undefined;
  const stopAlerts = effect(() => {
    const message = stores.lastReceived.value;
    if (!message) return;
    void import("../browser/alerts.ts")
      .then(({ createAlerts }) => (alerts ??= createAlerts(core, isPageVisible)).tell(message))
      .catch(() => undefined);
  });
  const stopPhone = effect(() => {
    if (!isPhone.value || chatWindow.state.value === "minimized") return undefined;
    const unlock = lockScroll(document);
    const unfollow = followKeyboard(page, place);
    const unwatch = watchBack(page, () => chatWindow.close("escape"));
    return () => {
      unlock();
      unwatch();
      unfollow();
    };
  });

  return {
    unreadCount: stores.conversations.unreadCount,
    stores,
    reload() {
      const scrolled = container.querySelector("[role=log]")?.scrollTop ?? 0;
      render(null, container);
      draw();
      container.querySelector("[role=log]")?.scrollTo(0, scrolled);
    },
    stop() {
      stopping.abort();
      stopLinks();
      stopPhone();
      stopDrawing();
      stopAlerts();
      alerts?.stop();
      files.peek()?.stop();
      stores.stop();
      render(null, container);
      container.remove();
    },
  };
}
