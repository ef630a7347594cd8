// Puts the desk on a page: its state, its view, and what of the page follows it.
import { effect } from "@preact/signals";
import { render } from "preact";
import { startTitle } from "./browser.ts";
import { createDesk } from "./store/desk.ts";
import type { Desk, DeskDeps } from "./store/desk.ts";
import { App } from "./ui/app.tsx";
import { texts } from "./ui/texts.ts";
import "./styles/base.css";
import "./styles/controls.css";
import "./styles/avatars.css";
import "./styles/menus.css";
import "./styles/chips.css";
import "./styles/rail.css";
import "./styles/shell.css";
import "./styles/sign-in.css";
import "./styles/list.css";
import "./styles/rich-content.css";
import "./styles/thread.css";
import "./styles/messages.css";
import "./styles/composer.css";
import "./styles/files.css";
import "./styles/contact.css";
import "./styles/dialogs.css";
import "./styles/snooze.css";
import "./styles/finding.css";
import "./styles/message-actions.css";

/** Starts the desk in `holder`; answers its state and the function that ends and removes it. */
export function mountDesk(holder: Element, deps: DeskDeps): { desk: Desk; stop: () => void } {
  const desk = createDesk(deps);
  const { workspace, layout } = desk;
  const stopTitle = startTitle(() => workspace.value?.unreadCount.value ?? 0, texts.product);
  const stopScheme = effect(() => {
    document.documentElement.dataset["scheme"] = layout.colorScheme.value;
  });
  render(<App desk={desk} />, holder);
  return {
    desk,
    stop() {
      render(null, holder);
      stopTitle();
      stopScheme();
      desk.stop();
    },
  };
}
