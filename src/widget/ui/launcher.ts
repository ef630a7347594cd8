// The button that opens and closes the chat, and says how much is unread.
import { effect } from "../signals.ts";
import type { ReadonlySignal } from "../signals.ts";
import type { ChatWindow } from "../store/chat-window.ts";
import type { Settings } from "../store/settings.ts";
import { element } from "./dom.ts";
import { launcherTexts as texts } from "./texts-launcher.ts";

export interface LauncherDeps {
  page: Document;
  chatWindow: ChatWindow;
  settings: Settings;
  unreadCount: ReadonlySignal<number>;
  isShown: ReadonlySignal<boolean>;
  /** The visitor is about to open the chat; said once. */
  onIntent: () => void;
  /** He opens it. */
  onOpen: () => void;
}

/** Shows the launcher in `root` while it is to be shown; answers the function that removes it. */
export function mountLauncher(root: ParentNode, deps: LauncherDeps): () => void {
  const { page, chatWindow, settings, unreadCount, isShown, onIntent, onOpen } = deps;
  const icon = element(page, "i", { "aria-hidden": "true" });
  const button = element(
    page,
    "button",
    {
      type: "button",
      "aria-haspopup": "dialog",
      click: () => (chatWindow.openedBy.peek() ? chatWindow.close("button") : onOpen()),
    },
    icon,
  );
  // Once: what nobody listens to, the browser does not describe, and a press brings both. Of a finger, too, a pointer enters
  // before it presses.
  /* oxlint-disable prefer-add-event-listener -- the button is ours, and calls are longer */
  button.onpointerenter = button.onfocus = () => {
    button.onpointerenter = button.onfocus = null;
    onIntent();
  };
  /* oxlint-enable prefer-add-event-listener */
  let shown = " ";
  const stop = effect(() => {
    const isOpen = chatWindow.state.value === "maximized";
    const unread = unreadCount.value;
    const text = isOpen ? "" : (settings.label("launcherText") ?? "");
    const name = isOpen ? texts.closeChat : text || texts.openChat;
    button.className = text ? "launcher pill" : "launcher";
    button.ariaExpanded = String(isOpen);
    button.ariaLabel = unread > 0 ? `${name}, ${texts.unread(unread)}` : name;
    const badge = unread > 0 && !isOpen ? (unread > 99 ? "99+" : `${unread}`) : "";
    // What stands there already would be drawn anew all the same.
    if (shown !== (shown = `${text} ${badge}`)) {
      // A string: a node of text in our hands is an interface more for the browser to make.
      button.replaceChildren(icon, text);
      if (badge) button.append(element(page, "span", { class: "badge" }, badge));
    }
    if (!isShown.value) button.remove();
    else if (!button.isConnected) root.append(button);
  });
  return () => {
    stop();
    button.remove();
  };
}
