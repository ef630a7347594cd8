// What of the desk is open: dialogs, menus, panes, the composer's kind, the colour scheme.
import { computed, signal } from "@preact/signals";
import type { ReadonlySignal, Signal } from "@preact/signals";
import type { DraftKind } from "./drafts.ts";
import type { TextStorage } from "./storage.ts";

export const colorSchemes = ["auto", "light", "dark"] as const;
export type ColorScheme = (typeof colorSchemes)[number];

/** One at a time. */
export type DialogName =
  | "palette"
  | "shortcuts"
  | "snooze"
  | "snooze_contact"
  | "labels"
  | "priority"
  | "followers"
  | "filter";

export interface Layout {
  readonly dialog: Signal<DialogName | null>;
  readonly isAssignMenuOpen: Signal<boolean>;
  /** Whether a fourth pane has room; else the contact covers the thread. */
  readonly isWide: ReadonlySignal<boolean>;
  readonly isContactPanelOpen: ReadonlySignal<boolean>;
  /** On a phone: the views stand before the list. */
  readonly isViewsPaneOpen: Signal<boolean>;
  readonly composerKind: Signal<DraftKind>;
  /** Counts the wishes to write: the composer takes the focus at each. */
  readonly composerFocusRequests: Signal<number>;
  /** Counts the wishes to search, in the same way. */
  readonly searchRequests: ReadonlySignal<number>;
  readonly isSearchOpen: Signal<boolean>;
  readonly colorScheme: Signal<ColorScheme>;
  setColorScheme(scheme: ColorScheme): void;
  setContactPanelOpen(isOpen: boolean): void;
  write(kind: DraftKind): void;
  search(): void;
}

const SCHEME_KEY = "parlor:desk:scheme";
const PANEL_KEY = "parlor:desk:contact-panel";

/** Creates the layout; `storage` outlives the tab. `isWide` says whether a fourth pane has room. */
export function createLayout(deps: {
  storage: TextStorage;
  isWide: ReadonlySignal<boolean>;
}): Layout {
  const { storage, isWide } = deps;
  const stored = storage.read(SCHEME_KEY);
  const colorScheme = signal<ColorScheme>(colorSchemes.find((one) => one === stored) ?? "auto");
  // Beside the thread it is a habit, which is kept; over the thread it is for the moment.
  const isOpenBeside = signal(storage.read(PANEL_KEY) !== "closed");
  const isOpenOver = signal(false);
  const composerKind = signal<DraftKind>("reply");
  const composerFocusRequests = signal(0);
  const searchRequests = signal(0);
  const isSearchOpen = signal(false);

  return {
    dialog: signal<DialogName | null>(null),
    isAssignMenuOpen: signal(false),
    isWide,
    isContactPanelOpen: computed(() => (isWide.value ? isOpenBeside : isOpenOver).value),
    isViewsPaneOpen: signal(false),
    composerKind,
    composerFocusRequests,
    searchRequests,
    isSearchOpen,
    colorScheme,
    setColorScheme(scheme) {
      colorScheme.value = scheme;
      storage.write(SCHEME_KEY, scheme === "auto" ? null : scheme);
    },
    setContactPanelOpen(isOpen) {
      if (isWide.peek()) {
        isOpenBeside.value = isOpen;
        storage.write(PANEL_KEY, isOpen ? null : "closed");
      } else isOpenOver.value = isOpen;
    },
    search() {
      isSearchOpen.value = true;
      searchRequests.value += 1;
    },
    write(kind) {
      composerKind.value = kind;
      composerFocusRequests.value += 1;
    },
  };
}
