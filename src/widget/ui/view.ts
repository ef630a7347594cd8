// What every part of the chat's view is given.
import type { ReadonlySignal } from "@preact/signals-core";
import type { ChatStores } from "../store/chat.ts";
import type { Settings } from "../store/settings.ts";
import type { Dates } from "./dates.ts";

export interface ChatView extends ChatStores {
  settings: Settings;
  isPhone: ReadonlySignal<boolean>;
  /** False while the page is in the background. */
  isPageVisible: ReadonlySignal<boolean>;
  isOnline: ReadonlySignal<boolean>;
  dates: Dates;
}
