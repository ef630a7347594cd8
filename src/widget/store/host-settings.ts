// Settings that the host page may give: names, types and what each does. Types only; parsed in host/settings.ts.

/** One text, or one for each language: `{ en: "Hello", "pt-BR": "Olá" }`. */
export type LocalText = string | Record<string, string>;

export interface Appearance {
  /** `#rgb` or `#rrggbb`; the text on it is black or white, whichever can be read. */
  color?: string;
  position?: "left" | "right";
  colorScheme?: "light" | "dark" | "auto";
  /** Distance from the corner, in CSS pixels. */
  offset?: { x?: number; y?: number };
  mobileOffset?: { x?: number; y?: number };
  zIndex?: number;
  /** Of the corners, in CSS pixels. */
  radius?: number;
  showAgentAvatars?: boolean;
}

/** Settings of the host page. A missing one is the inbox's, else the default. */
export interface HostSettings {
  /** The inbox's website token, as the desk shows it. Starts the chat. */
  inbox?: string;
  /** Title of the greeting and the chat. "Support team" by default. */
  greeting?: LocalText;
  /** The line below it. */
  greetingIntroduction?: LocalText;
  /** The button that starts a conversation. "New conversation" by default. */
  conversationButton?: LocalText;
  /** Above the visitor's conversations. "Your conversations" by default. */
  conversationListTitle?: LocalText;
  /** A text on the launcher, which is round without one. */
  launcherText?: LocalText;
  widgetAppearance?: Appearance;
  /** `hidden`: nothing of the chat stands on the page. */
  visibility?: "shown" | "hidden";
  /** `maximized`: the chat is open. */
  windowState?: "minimized" | "maximized";
  /** Whether an open chat is open again on the next page: in this tab, ever after, or not. */
  persistWindowState?: "session" | "always" | "never";
  /** BCP 47, or `auto`: the page's `lang`, then the browser's. */
  locale?: string;
  /** What opens the chat, and what the launcher keeps clear of. */
  launcher?: {
    /** True: no launcher stands on the page. */
    hidden?: boolean;
    /**
     * True: the launcher waits until the inbox is known, for pages whose inbox may hide it or leave them out. Only a
     * page may say so: what an inbox says is known too late for that.
     */
    wait?: boolean;
    /** A click on such an element of the page opens or closes the chat. */
    selector?: string;
    /** The launcher moves up while it would cover one of these. */
    avoid?: string[];
  };
  /** An element, or a selector of it: the chat stands in it, open, instead of floating over the page. */
  container?: string | Element;
  /** Parts of the chat; `false` leaves one out. */
  features?: { [Name in Feature]?: boolean };
  /**
   * What the visitor allows to be kept on the device. `granted` by default; `pending`: nothing before the
   * visitor opens the chat; `denied`: nothing, and what was kept is removed.
   */
  consent?: "granted" | "pending" | "denied";
  /** Where it is kept: for good, as long as the tab, or as long as the page. */
  storage?: "local" | "session" | "memory";
  /** Of the page's Content Security Policy. The script's own tag needs it; nothing that it adds does. */
  nonce?: string;
  /** Pages with the chat, by path: `*` is anything. `exclude` wins. Without `include`, every page. */
  targeting?: { include?: string[]; exclude?: string[] };
  /** `auto`: each change of route is told as `page()` tells it; `manual`, the default: only by `page()`. */
  routeTracking?: "auto" | "manual";
}

export type Feature =
  "attachments" | "emoji" | "endChat" | "transcript" | "csat" | "search" | "sound";

/** A change of settings; `null` goes back to the inbox's, else the default. */
export type SettingsPatch = { [Key in keyof HostSettings]: HostSettings[Key] | null };
