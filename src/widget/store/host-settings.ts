// Settings that the host page may give: names, types and what each does. Types only; parsed in host/settings.ts.

/** One text, or one for each language: `{ en: "Hello", "pt-BR": "Olá" }`. */
export type LocalText = string | Record<string, string>;

/** Distance from the corner of the window, in CSS pixels. */
interface Offset {
  /** From the left or right edge. 20 by default. */
  x?: number;
  /** From the bottom. 20 by default. */
  y?: number;
}

/** How launcher and chat look, and where they stand. */
export interface Appearance {
  /** `#rgb` or `#rrggbb`; the text on it is black or white, whichever can be read. The inbox's by default. */
  color?: string;
  /** The corner at the bottom where it stands. `right` by default, `left` where one writes from right to left. */
  position?: "left" | "right";
  /** `auto`, the default: as the visitor's system. */
  colorScheme?: "light" | "dark" | "auto";
  /** Distance from the corner. */
  offset?: Offset;
  /** What differs from it in windows of at most 480 CSS pixels. Nothing by default. */
  mobileOffset?: Offset;
  /** Among the page's own layers. 2147483000 by default: above them. */
  zIndex?: number;
  /** Of the corners, in CSS pixels. 16 by default. */
  radius?: number;
  /** Pictures of the agents in greeting and chat. `true` by default. */
  showAgentAvatars?: boolean;
}

/** What opens the chat, and what the launcher keeps clear of. */
interface LauncherSettings {
  /** True: no launcher stands on the page. `false` by default. */
  hidden?: boolean;
  /**
   * True: the launcher waits until the inbox is known, for pages whose inbox may hide it or leave them out. Only a
   * page may say so: what an inbox says is known too late for that. `false` by default.
   */
  wait?: boolean;
  /** A click on such an element of the page opens or closes the chat. None by default. */
  selector?: string;
  /** Selectors: the launcher moves up while it would cover one of these. None by default. */
  avoid?: string[];
}

/** Parts of the chat; `false` leaves one out. Each is there by default. */
interface Features {
  /** Files beside the visitor's messages, of the kinds that the server takes. */
  attachments?: boolean;
  /** The emoji picker. */
  emoji?: boolean;
  /** The visitor may end a conversation. */
  endChat?: boolean;
  /** The visitor may save a conversation, or have it sent by e-mail. */
  transcript?: boolean;
  /** The question how satisfied the visitor is. */
  csat?: boolean;
  /** The search through the visitor's conversations. */
  search?: boolean;
  /** A sound at an answer, for visitors who switch it on. */
  sound?: boolean;
}

/** Pages with the chat, by path: `*` is anything. */
interface Targeting {
  /** Only these pages. Every page by default. */
  include?: string[];
  /** Not these pages, whatever `include` says. None by default. */
  exclude?: string[];
}

/** Settings of the host page. A missing one is the inbox's, else the default. */
export interface HostSettings {
  /** The inbox's website token, as the desk shows it. Starts the chat. */
  inbox?: string;
  /** Title of the greeting and the chat. "Support team" by default, in the visitor's language. */
  greeting?: LocalText;
  /** The line below it. "Ask us anything…" by default, in the visitor's language. */
  greetingIntroduction?: LocalText;
  /** The button that starts a conversation. "New conversation" by default. */
  conversationButton?: LocalText;
  /** Above the visitor's conversations. "Your conversations" by default. */
  conversationListTitle?: LocalText;
  /** A text on the launcher, which is round without one. None by default. */
  launcherText?: LocalText;
  /** How launcher and chat look, and where they stand. */
  widgetAppearance?: Appearance;
  /** `hidden`: nothing of the chat stands on the page. `shown` by default. */
  visibility?: "shown" | "hidden";
  /** `maximized`: the chat is open. `minimized` by default. */
  windowState?: "minimized" | "maximized";
  /**
   * Whether an open chat is open again on the next page: in this tab (`session`, the default), ever after, or not.
   */
  persistWindowState?: "session" | "always" | "never";
  /** BCP 47, or `auto`, the default: the page's `lang`, then the browser's. */
  locale?: string;
  /** What opens the chat, and what the launcher keeps clear of. */
  launcher?: LauncherSettings;
  /**
   * An element, or a selector of it: the chat stands in it, open, instead of floating over the page. None by
   * default.
   */
  container?: string | Element;
  /** Parts of the chat; `false` leaves one out. Each is there by default. */
  features?: Features;
  /**
   * What the visitor allows to be kept on the device. `granted` by default; `pending`: nothing before the
   * visitor opens the chat; `denied`: nothing, and what was kept is removed.
   */
  consent?: "granted" | "pending" | "denied";
  /** Where it is kept: for good (`local`, the default), as long as the tab, or as long as the page. */
  storage?: "local" | "session" | "memory";
  /**
   * Of the page's Content Security Policy. The script's own tag needs it; nothing that it adds does. None by
   * default.
   */
  nonce?: string;
  /** Pages with the chat, by path: `*` is anything. `exclude` wins. Without `include`, every page. */
  targeting?: Targeting;
  /**
   * `auto`: each change of route is told as `page()` tells it; `manual`, the default: only by `page()`. A browser
   * without the Navigation API tells of back, forward and fragments alone: there, the page calls `page()` itself.
   */
  routeTracking?: "auto" | "manual";
}

export type Feature = keyof Features;

/** A change of settings; `null` goes back to the inbox's, else the default. */
export type SettingsPatch = { [Key in keyof HostSettings]: HostSettings[Key] | null };
