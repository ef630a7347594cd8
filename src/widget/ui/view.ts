// What every part of the chat's view is given.
import type { ReadonlySignal, Signal } from "../signals.ts";
import type { FunctionComponent } from "preact";
import type { Message } from "../../protocol/records.ts";
import type { Core } from "../core.ts";
import type { ThreadKey } from "../store/chat-window.ts";
import type { ChatStores } from "../store/chat.ts";
import type { Settings } from "../store/settings.ts";
import type { ChatFiles } from "../chat/files.tsx";
import type { Dates } from "./dates.ts";
import type { EmojiPicker } from "./emoji/EmojiPicker.tsx";

/** Draws what a message is beside its text. */
export type RichParts = FunctionComponent<{ message: Message }>;

/** The form before a chat. */
export interface PreChat {
  /** Whether the visitor is to fill it in before he writes here. */
  asks(key: ThreadKey): boolean;
  Form: FunctionComponent<{ threadKey: ThreadKey }>;
}

/** How long an answer takes. */
export interface Waiting {
  /** Who is there, or when, in words; undefined: as always. */
  presence(isShort: boolean): string | undefined;
  /** Where the conversation on screen stands in the queue, in words; empty: nowhere. */
  place(): string;
}

export interface ChatView extends ChatStores {
  /** For what loads on use. */
  core: Core;
  /** Undefined until a message needs it. */
  rich: ReadonlySignal<RichParts | undefined>;
  settings: Settings;
  isPhone: ReadonlySignal<boolean>;
  /** False while the page is in the background. */
  isPageVisible: ReadonlySignal<boolean>;
  isOnline: ReadonlySignal<boolean>;
  dates: Dates;
  /** Null until somebody needs it. */
  files: ReadonlySignal<ChatFiles | null>;
  loadFiles: () => Promise<ChatFiles | null>;
  /** Undefined until somebody wants one. */
  emoji: Signal<EmojiPicker | undefined>;
  /** Undefined until they are needed and loaded. */
  preChat: ReadonlySignal<PreChat | undefined>;
  waiting: ReadonlySignal<Waiting | undefined>;
}
