// The browser's part of notifications: no test can press its buttons.
import type { Page } from "@playwright/test";

export interface Notifications {
  /** What the browser answers from now on when the page asks. */
  answer: (next: NotificationPermission) => Promise<void>;
  /** All that were shown, closed ones too. */
  shown: () => Promise<{ title: string; body: string }[]>;
  /** The visitor presses the last one. */
  press: () => Promise<void>;
}

interface StandIn {
  answer: NotificationPermission;
  shown: { title: string; body: string }[];
  last?: EventTarget;
}

declare global {
  interface Window {
    notificationsStandIn: StandIn;
  }
}

function standIn(): void {
  const asked: StandIn = { answer: "default", shown: [] };
  class Notification extends EventTarget {
    static permission: NotificationPermission = "default";
    static requestPermission() {
      Notification.permission = asked.answer;
      return Promise.resolve(asked.answer);
    }
    constructor(title: string, { body = "" }: NotificationOptions) {
      super();
      asked.shown.push({ title, body });
      asked.last = this;
    }
    close() {}
  }
  Object.assign(globalThis, { Notification, notificationsStandIn: asked });
}

/** Must be called before the page is opened. */
export async function standInForNotifications(page: Page): Promise<Notifications> {
  await page.addInitScript(standIn);
  return {
    answer: (next) => page.evaluate((one) => void (window.notificationsStandIn.answer = one), next),
    shown: () => page.evaluate(() => window.notificationsStandIn.shown),
    press: () =>
      page.evaluate(() => void window.notificationsStandIn.last?.dispatchEvent(new Event("click"))),
  };
}
