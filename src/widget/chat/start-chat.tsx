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
import css from "../ui/chat.css?inline";
import type { ChatFiles } from "./files.tsx";
import { createDates } from "../ui/dates.ts";
import type { EmojiPicker } from "../ui/emoji/EmojiPicker.tsx";
import { Panel } from "../ui/Panel.tsx";
import { speech } from "../ui/spoken.ts";
import type { RichParts } from "../ui/view.ts";
import richTextCss from "../ui/rich-text.css?inline";
import type { BeforeChat } from "../ui/view.ts";
import { createLine, keepLine } from "./line.ts";

/** Puts the chat into the first stage's shadow root; `stop` takes it away with everything that it started, and `reset` starts it anew. */
export function startChat(core: Core, reset: () => void): Chat {
  const { page, root, chatWindow, isPhone } = core;
  const { document } = page;
  const stopping = new AbortController();
  followOtherTabs(core, reset, stopping.signal);
  const socket = createLine(core);
  const rest = createVisitorRest(core.request, core.inboxId);
  const stores = createChatStores({ ...core, rest, socket, now: Date.now, newId });
  const { isPageVisible, isOnline } = keepLine(page, stores, stopping.signal);

  core.addStyle(css + richTextCss);
  const place = core.addStyle("");
  const container = document.createElement("div");
  root.prepend(container);
  const { settings } = core;
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
  let loading: Promise<ChatFiles | null> | undefined;
  const loadFiles = () =>
    (loading ??= (async () => {
      const { createFiles } = await import("./files.tsx");
      return stopping.signal.aborted ? null : (files.value = createFiles(core, locale));
    })().catch(() => {
      loading = undefined;
      return null;
    }));
  const beforeChat = signal<BeforeChat | undefined>(undefined);
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
    beforeChat,
  };
  /** Hours, forms and queues have words and views of their own; without them, the chat goes on. */
  let isNeeded = false;
  const stopAsking = effect(() => {
    const { opening_hours, usual_reply_seconds, pre_chat_form } = core.inbox.value.value ?? {};
    const shown = stores.conversations.get(stores.thread.value?.id ?? 0);
    const isWaiting = shown?.status === "open" && !shown.assignee;
    if (isNeeded || !(opening_hours || usual_reply_seconds || pre_chat_form || isWaiting)) return;
    isNeeded = true;
    void loadBeforeChat().catch(() => undefined);
  });
  async function loadBeforeChat(): Promise<void> {
    const { startBeforeChat } = await import("./before-chat.tsx");
    if (stopping.signal.aborted) return;
    beforeChat.value = startBeforeChat({ core, view, socket, stop: stopping.signal });
  }
  const draw = () => render(<Panel view={view} />, container);
  const stopDrawing = effect(() => {
    // From the top, so that every word changes.
    void speech.language?.value;
    untracked(draw);
  });
  const stopRich = effect(() => {
    if (
      rich.peek() ||
      !stores.thread.value?.messages.value.some(({ content_type }) => content_type !== "text")
    )
      return;
    void import("../ui/rich/rich-content.tsx")
      .then(({ createRichParts }) => (rich.value ??= createRichParts(core, stores)))
      .catch(() => undefined);
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
      stopPhone();
      stopRich();
      stopDrawing();
      stopAlerts();
      alerts?.stop();
      files.peek()?.stop();
      stopAsking();
      stores.stop();
      render(null, container);
      container.remove();
    },
  };
}
