// The host page's API in types: every method, what it answers and rejects with, and when every event fires.
import type { FailureCode } from "../../protocol/result.ts";
import type { CustomerInfo, CustomerPatch } from "../store/customer-info.ts";
import type { EventName } from "../store/events.ts";
import type { Appearance, HostSettings, SettingsPatch } from "../store/host-settings.ts";
import type {
  Availability,
  ChatStart,
  ConversationInfo,
  Diagnosis,
  FoundMessage,
  Identity,
  RequestedTranscript,
  SentMessage,
  ShareLinkOptions,
} from "./answers.ts";
import type { HandlerOptions, ParlorEvent } from "./events.ts";

/** Whether the chat is closed (`minimized`) or open. */
export type WindowState = "minimized" | "maximized";

/** How the chat opens. */
export interface WindowOptions {
  /** The conversations, or a conversation as `prefill` chooses it. */
  view?: "home" | "thread";
}

/** Whether anything of the chat stands on the page. */
export type Visibility = "shown" | "hidden";
/** `auto`: as the visitor's system. */
export type ColorScheme = NonNullable<Appearance["colorScheme"]>;

/**
 * Why a promise was rejected (`code` of a `ParlorError`), or what an `error` event tells.
 * - `destroyed`: `destroy()` was called; nothing answers any more
 * - `inbox_missing`: the page has named no inbox, or has taken its chat off with `shutdown()`
 * - `csp`: the page's Content Security Policy forbids what this would load
 * - the others: see FailureCode
 */
export type ParlorErrorCode = FailureCode | "destroyed" | "inbox_missing" | "csp";

/** Is called with each event; what it answers does not matter. One that throws stops nothing. */
export type EventHandler<Name extends EventName> = (event: ParlorEvent<Name>) => unknown;

/** Handlers by event name, as the setting `on` takes them. */
export type EventHandlers = { [Name in EventName]?: EventHandler<Name> };

/** Subscribes; answers the function that unsubscribes. */
export type Subscribe<Name extends EventName> = (
  handler: EventHandler<Name>,
  options?: HandlerOptions,
) => () => void;

/** Settings as a page pushes them, with handlers beside them. */
export interface ParlorSettings extends HostSettings {
  /** Handlers by event name, `{ chatMaximize(event) {} }`: as `on` subscribes them. None by default. */
  on?: EventHandlers;
}

/** Methods that load when one of them is called first. */
export interface LaterMethods {
  /**
   * Says who the visitor is. Merges with what is known; `null` clears a key. Kept in the page until the
   * visitor writes. Resolves with everything known now. A claim: it never opens a verified contact's history.
   */
  setCustomerInfo: (info: CustomerPatch) => Promise<CustomerInfo>;
  /**
   * Opens a new conversation with `text` in the field; `send: true` sends it, and resolves when the server has it.
   * `fields` are kept as the customer's.
   */
  startChat: (options?: {
    text?: string;
    send?: boolean;
    fields?: Record<string, unknown>;
  }) => Promise<ChatStart>;
  /** Opens the chat at a conversation. Rejects with `not_found` when this visitor has no such one. */
  openConversation: (id: number) => Promise<void>;
  /** Opens the chat with `text` in the field: of the conversation on screen, else the newest, else a new one. */
  prefill: (text: string) => Promise<void>;
  /**
   * Sends a message, to the conversation given, else as `prefill` chooses. Resolves when the server has it, which
   * may be long after, when the visitor is offline.
   */
  sendMessage: (message: string | { text: string; conversation?: number }) => Promise<SentMessage>;
  /** Ends a conversation, else the one that `prefill` would choose. Rejects with `not_found` when none is open. */
  endChat: (id?: number) => Promise<ConversationInfo>;
  /**
   * Sends the conversation (else the one on screen, else the newest) by e-mail to the visitor, or has his browser
   * save it: `as` says which; without it, by e-mail where the server sends any and his address is known.
   * Rejects with `invalid` for another address than his, and `conflict` while nobody has answered.
   */
  requestTranscript: (options?: {
    conversation?: number;
    email?: string;
    as?: "email" | "text" | "html";
  }) => Promise<RequestedTranscript>;
  /** The visitor's conversations, newest activity first. */
  listConversations: () => Promise<ConversationInfo[]>;
  /** Messages of the visitor's conversations that hold these words, or such as begin so, newest first: at most 50. */
  search: (text: string) => Promise<FoundMessage[]>;
  /** What is known of the visitor: what the page has said of him, and what he has. */
  getCustomerInfo: () => Promise<CustomerInfo>;
  /** Who is there now, asked of the server. */
  getAvailability: () => Promise<Availability>;
  /** As `widgetAppearance.colorScheme`. */
  setColorScheme: (colorScheme: ColorScheme) => Promise<void>;
  /** As the setting `locale`: BCP 47, or `auto`. */
  setLocale: (locale: string) => Promise<void>;
  /**
   * Says where the visitor is, as the customer's fields `page_url` and `page_title`: by default, this page. Looks
   * again whether the chat belongs here (`targeting`, `container`): a browser without the Navigation API tells
   * nobody of `history.pushState`, so a single-page app calls this after each route.
   */
  page: (view?: { url?: string; title?: string }) => Promise<void>;
  /** Notes what the visitor did, with its time, as the customer's field `event_<name>`; the latest of a name stays. */
  track: (name: string, data?: unknown) => Promise<void>;
  /** As the setting `consent`. Resolves when what must go is gone from the device. */
  setConsent: (consent: "granted" | "pending" | "denied") => Promise<void>;
  /**
   * Makes this browser the verified contact of the website's user, with his conversations from everywhere.
   * Another verified one is forgotten first, at once and whole. Rejects with `unauthenticated` when the proof
   * is forged, expired, of another inbox or was used by another browser.
   */
  identify: (identity: Identity) => Promise<CustomerInfo>;
  /** Forgets the visitor: conversations, drafts and what waits leave the page and the device. */
  logout: () => Promise<void>;
  /**
   * An address that is the same chat: the inbox's own page, with a text in the field or for a team or an agent.
   * For a `conversation`, this page's own address: it leads back for 30 days, and only whoever may read the
   * conversation anyway. Nothing is ever sent by following one. Rejects with `not_found` when the
   * conversation is not this visitor's or the inbox has no page.
   */
  getShareLink: (options?: ShareLinkOptions) => Promise<string>;
  /**
   * Names what stops the chat. It asks the server, over HTTP and by a socket. Never rejects: where even that cannot
   * load, it says as much as it knows.
   */
  diagnose: () => Promise<Diagnosis>;
  /** Draws the chat anew. The connection, drafts, scroll position, handlers and settings stay. */
  reloadUI: () => Promise<void>;
}

/** Methods. Each resolves when done, and rejects with a `ParlorError`. */
export interface ParlorMethods extends LaterMethods {
  /**
   * Changes settings; `null` goes back to the default, what is missing stays. Rejects with `invalid`, naming
   * the settings that are not valid; the others are applied all the same.
   */
  updateSettings: (patch: SettingsPatch & Pick<ParlorSettings, "on">) => Promise<void>;

  /** `hidden` takes launcher, greeting and chat off the page, and keeps the state. */
  setVisibility: (visibility: Visibility) => Promise<Visibility>;
  /** Whether the chat stands on the page, open or not. */
  getVisibility: () => Promise<Visibility>;
  /** `setVisibility("shown")`. */
  show: () => Promise<Visibility>;
  /** `setVisibility("hidden")`. */
  hide: () => Promise<Visibility>;

  /**
   * Opens or closes the chat; resolves when it can be seen. `view` is what it shows then. Rejects with `unreachable`
   * or `csp` when it cannot load.
   */
  setWindowState: (state: WindowState, options?: WindowOptions) => Promise<WindowState>;
  /** Whether the chat is open. */
  getWindowState: () => Promise<WindowState>;
  /** `setWindowState("maximized")`. */
  maximize: () => Promise<WindowState>;
  /** `setWindowState("minimized")`. */
  minimize: () => Promise<WindowState>;
  /** Opens the chat, or closes an open one. */
  toggle: () => Promise<WindowState>;

  /** Messages that the visitor has not read, over all conversations. */
  getUnreadCount: () => Promise<number>;

  /** Takes the chat off the page. Pushing an `inbox` starts it again. */
  shutdown: () => Promise<void>;
  /** Takes the chat and this API off the page for good: no element, timer, listener or global is left. */
  destroy: () => Promise<void>;
}

/** Each is `on` with the event's name written in. */
export interface ParlorEvents {
  /** The inbox is known and the chat can be used. */
  onReady: Subscribe<"ready">;
  /** Something expected went wrong: a setting that is not valid, a server that does not answer. */
  onError: Subscribe<"error">;
  /** The chat was shown or hidden, by `visibility` or a method. */
  onVisibilityChange: Subscribe<"visibilityChange">;
  /** The chat was opened. */
  onChatMaximize: Subscribe<"chatMaximize">;
  /** The chat was closed; `openMs` is how long it was open. */
  onChatMinimize: Subscribe<"chatMinimize">;
  /** The visitor wants a conversation: accepted here, not yet confirmed by the server. */
  onChatInitiated: Subscribe<"chatInitiated">;
  /** The server has confirmed a new conversation. */
  onChatStarted: Subscribe<"chatStarted">;
  /** A conversation was resolved. */
  onChatClosed: Subscribe<"chatClosed">;
  /**
   * An agent was given the conversation, first (`assigned`) or after another (`transferred`); `agent` is null when
   * it was only taken from one. `team` is the one it belongs to.
   */
  onAgentAssign: Subscribe<"agentAssign">;
  /**
   * An agent has come or gone (`agent`), or with that or with the hours the team's state has changed (`team`). The
   * team's is told once when the chat is ready, and to late subscribers.
   */
  onAgentStateChange: Subscribe<"agentStateChange">;
  /** What is known of the visitor has changed. The event on `window` says only which names (`changed`). */
  onCustomerInfoChange: Subscribe<"customerInfoChange">;
  /** After `identify()` or `logout()`: whom this browser stands for now. */
  onIdentityChange: Subscribe<"identityChange">;
  /** The visitor has more or fewer messages to read. */
  onUnreadCountChange: Subscribe<"unreadCountChange">;
  /** What became of the visitor's message: waiting, with the server, or failed. */
  onMessageSent: Subscribe<"messageSent">;
  /** Somebody answered. The event on `window` comes without the text. */
  onMessageReceived: Subscribe<"messageReceived">;
  /** The server has the visitor's rating of a conversation, or its change. */
  onCsatSubmit: Subscribe<"csatSubmit">;
  /** An agent began to type, or stopped. */
  onTyping: Subscribe<"typing">;
  /** An agent has read what the visitor wrote, or the visitor what was answered. */
  onReadReceipt: Subscribe<"readReceipt">;
  /** The visitor has filled in the form before the chat. */
  onPrechatSubmit: Subscribe<"prechatSubmit">;
  /** The connection to the server has come or gone; `refused`: the server has turned it down. */
  onConnectionChange: Subscribe<"connectionChange">;
  /** What becomes of a file that the visitor adds. Without its name. */
  onAttachmentUpload: Subscribe<"attachmentUpload">;
  /** The visitor's decision about the device has changed. */
  onConsentChange: Subscribe<"consentChange">;
  /** A message of its own accord stands above the launcher: the greeting. */
  onProactiveShown: Subscribe<"proactiveShown">;
  /** The visitor has opened the chat by it. */
  onProactiveClick: Subscribe<"proactiveClick">;
  /** The visitor has sent it away; it does not come back. */
  onProactiveDismiss: Subscribe<"proactiveDismiss">;
  /** After `reloadUI()`. */
  onReloadUI: Subscribe<"reloadUI">;
  /** `destroy()` is done. */
  onDestroyed: Subscribe<"destroyed">;
}

/** The name of a method that answers a promise. */
export type MethodName = keyof ParlorMethods;

/** What `push` takes: settings, a function that is given the API, or a method's name and its arguments. */
export type PushItem =
  | (SettingsPatch & Pick<ParlorSettings, "on">)
  | ((parlor: Parlor) => unknown)
  | { [Name in MethodName]: [name: Name, ...args: Parameters<ParlorMethods[Name]>] }[MethodName];

/** `window.Parlor`, live. */
export interface Parlor extends ParlorMethods, ParlorEvents {
  /** Version of this interface. */
  readonly v: 1;
  /**
   * Resolves once the server has described the inbox and the chat can be used. Rejects with a `ParlorError` when it
   * does not answer, or has no such inbox for this website.
   */
  readonly ready: Promise<unknown>;

  /**
   * Takes settings, functions that are given the API, and methods by name with their arguments. Before the script
   * is there, they wait; then each is done at once. Answers how many items it was given.
   */
  push: (...items: PushItem[]) => number;

  /**
   * Calls `handler` for each event of that name. Events that tell a state (`ready`, `visibilityChange`,
   * `unreadCountChange`, `customerInfoChange`, `identityChange`, `connectionChange`, and `agentStateChange` of the team)
   * tell a late subscriber the latest one;
   * `replay: false` opts out. A handler that throws stops nothing. Answers the function that unsubscribes.
   */
  on: <Name extends EventName>(
    name: Name,
    handler: EventHandler<Name>,
    options?: HandlerOptions,
  ) => () => void;
  /** Like `on`, for one event only. */
  once: <Name extends EventName>(
    name: Name,
    handler: EventHandler<Name>,
    options?: HandlerOptions,
  ) => () => void;
  /** Unsubscribes every subscription of this handler to this event. */
  off: <Name extends EventName>(name: Name, handler: EventHandler<Name>) => void;
}
