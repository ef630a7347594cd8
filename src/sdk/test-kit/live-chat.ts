// The chat's own API on the test's page, as its script installs it; the widget behind it shows nothing.
import { signal } from "../../widget/signals.ts";
import { createVisitorFake } from "../../client/visitor-fake.ts";
import { success } from "../../protocol/result.ts";
import { callMethod } from "../../widget/host/customer-info.ts";
import { createHostEvents } from "../../widget/host/events.ts";
import type { HostEvents } from "../../widget/host/events.ts";
import { installParlor } from "../../widget/host/install.ts";
import { createChatWindow } from "../../widget/store/chat-window.ts";
import { createCustomerStore } from "../../widget/store/customer.ts";
import { createSettings } from "../../widget/store/settings.ts";
import type { Settings } from "../../widget/store/settings.ts";
import { createMemoryStorage } from "../../widget/store/storage.ts";

export interface LiveChat {
  /** What happens behind the API reaches the page from here. */
  emit: HostEvents["emit"];
  settings: Settings;
  /** Inboxes in the order in which they were started. */
  started: string[];
  /** How many widgets stand on the page. */
  runningCount: () => number;
}

/** Does what `widget.js` does when it runs. */
export function installLiveChat(): LiveChat {
  let running = 0;
  let ids = 0;
  const started: string[] = [];
  const events = createHostEvents({
    target: window,
    now: Date.now,
    newId: () => String((ids += 1)),
    report: (error) => window.reportError(error),
  });
  const { emit } = events;
  const settings = createSettings({ inbox: signal(null), language: "en" });
  const chatWindow = createChatWindow({ emit, now: () => performance.now() });
  installParlor(window, null, {
    events,
    settings,
    chatWindow,
    report: (error) => window.reportError(error),
    start(inbox, onReady) {
      running += 1;
      started.push(inbox);
      queueMicrotask(() => onReady(success(null)));
      const { rest } = createVisitorFake();
      const customer = createCustomerStore({ rest, storage: createMemoryStorage(), emit });
      return {
        running: Promise.resolve({
          unreadCount: signal(0),
          shown: () => Promise.resolve(undefined),
          call: (name: string, args: unknown[]) =>
            name === "setCustomerInfo"
              ? callMethod({ core: { customer } }, name, args)
              : Promise.resolve(name),
        }),
        begin() {},
        stop() {
          running -= 1;
        },
      };
    },
  });
  return { emit, settings, started, runningCount: () => running };
}
