// Telling a visitor who looks elsewhere: a sound and a notification where he wants them, and the page's title.
import { effect } from "../signals.ts";
import type { ReadonlySignal } from "../signals.ts";
import type { Message } from "../../protocol/records.ts";
import type { Core } from "../core.ts";
import { texts } from "../ui/texts.ts";
import { wordsOf } from "../ui/words.ts";
import { alertTexts } from "./texts-alerts.ts";

/** What the visitor has asked for, kept on the device: `1`. */
export type AlertKey = "sound" | "notify";
const SOUND_KEY: AlertKey = "sound";
const NOTIFY_KEY: AlertKey = "notify";
const FLASH_MS = 1_200;

export interface Alerts {
  /** Somebody has written. */
  tell: (message: Message) => void;
  stop: () => void;
}

type Page = Window & typeof globalThis;

/** The title changes to and fro while the page is hidden, and is the page's own again when it is seen. */
function createFlash(page: Page, isPageVisible: ReadonlySignal<boolean>) {
  const { document } = page;
  let timer: number | undefined;
  let own = "";
  let shown = "";

  function restore(): void {
    if (timer === undefined) return;
    page.clearInterval(timer);
    timer = undefined;
    // The page may have a new title meanwhile: that one stays.
    if (document.title === shown) document.title = own;
  }
  const stop = effect(() => {
    if (isPageVisible.value) restore();
  });
  return {
    start(text: string): void {
      if (isPageVisible.peek()) return;
      restore();
      own = document.title;
      const turn = () => {
        if (document.title !== shown) own = document.title;
        shown = document.title === text ? own : text;
        document.title = shown;
      };
      shown = own;
      turn();
      timer = page.setInterval(turn, FLASH_MS);
    },
    stop(): void {
      stop();
      restore();
    },
  };
}

export function createAlerts(core: Core, isPageVisible: ReadonlySignal<boolean>): Alerts {
  const page = core.page as Page;
  const flash = createFlash(page, isPageVisible);
  const notifications = new Set<Notification>();

  function notify(message: Message, title: string): void {
    const { Notification } = page;
    if (core.storage.get(NOTIFY_KEY) !== "1" || Notification?.permission !== "granted") return;
    const id = message.conversation_id;
    try {
      // Tabs of one browser say it once: the same tag replaces.
      const shown = new Notification(title, {
        body: wordsOf(message),
        tag: `parlor-${message.id}`,
      });
      notifications.add(shown);
      shown.addEventListener("click", () => {
        page.focus();
        core.chatWindow.open("proactive");
        core.chatWindow.show({ name: "thread", key: id });
        shown.close();
      });
    } catch {
      // Phones have the name, and throw.
    }
  }

  async function sound(message: Message): Promise<void> {
    if (core.storage.get(SOUND_KEY) !== "1" || !core.settings.isOn("sound")) return;
    const { playSound } = await import("./sound.ts");
    const { locks } = page.navigator;
    if (!locks) return playSound(page);
    // One tab for all.
    const options = { ifAvailable: true };
    await locks.request(`parlor-sound-${message.id}`, options, (lock) => lock && playSound(page));
  }

  return {
    tell(message) {
      const { visibility, state } = core.chatWindow;
      if (visibility.peek() === "hidden") return;
      const isSeen =
        isPageVisible.peek() && page.document.hasFocus() && state.peek() === "maximized";
      if (isSeen) return;
      const title = alertTexts.newMessage(message.sender?.name ?? texts.team);
      flash.start(title);
      void sound(message).catch(() => undefined);
      if (!isPageVisible.peek()) notify(message, title);
    },
    stop() {
      flash.stop();
      for (const one of notifications) one.close();
    },
  };
}
