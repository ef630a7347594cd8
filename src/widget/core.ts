// What the first stage hands to the second.
import type { ReadonlySignal, Signal } from "./signals.ts";
import type { Rest } from "../client/rest.ts";
import type { InboxRest } from "../client/visitor-transport.ts";
import type { KeepingDeps } from "./browser/consent.ts";
import type { HostEvents } from "./host/events.ts";
import type { Failure } from "../protocol/result.ts";
import type { ChatStores } from "./store/chat.ts";
import type { ChatWindow } from "./store/chat-window.ts";
import type { CustomerStore } from "./store/customer.ts";
import type { Emit } from "./store/events.ts";
import type { InboxStore } from "./store/inbox.ts";
import type { Settings } from "./store/settings.ts";
import type { KeyValueStorage } from "./store/storage.ts";

export interface Core {
  page: Window;
  /** Where the chat is put. */
  root: ShadowRoot;
  /** Origin of the server. */
  baseUrl: string;
  /** The public identifier that the script tag names. */
  inboxId: string;
  request: Rest;
  rest: InboxRest;
  storage: KeyValueStorage;
  inbox: InboxStore;
  customer: CustomerStore;
  settings: Settings;
  chatWindow: ChatWindow;
  /** Why the server did not believe the page, the last time. */
  identityRefusal: Signal<Failure | null>;
  /** What is under way to prove who the visitor is: one after the other, and void once he is somebody else. */
  identifying?: { stop: AbortController; last: Promise<unknown> };
  emit: Emit;
  on: HostEvents["on"];
  /** What is kept, and what another tab has said of that. */
  kept: KeepingDeps["kept"];
  /** True where the chat covers the whole screen. */
  isPhone: ReadonlySignal<boolean>;
  /** Adds a sheet to the shadow root; answers the function that changes its text after `base`. */
  addStyle: (css: string, base?: string) => (css: string) => void;
  /** Adds the sheet of what stands above the launcher, and of the faces there and in the chat, once. */
  styleCards: () => void;
}

/** The second stage, running. */
export interface Chat {
  unreadCount: ReadonlySignal<number>;
  stores: ChatStores;
  /** Draws everything anew; what is written, read and heard stays. */
  reload(): void;
  stop(): void;
}
