// What the desk shows: the door, or the panes behind it.
import { useLayoutEffect } from "preact/hooks";
import { ConnectionBar } from "./connection-bar.tsx";
import { ContactPanel } from "./contact-panel.tsx";
import { ConversationPane } from "./conversation-pane.tsx";
import { DeskContext, useDesk, useWorkspace } from "./desk-context.ts";
import { startKeyboard } from "./keyboard.ts";
import { NavigationRail } from "./navigation-rail.tsx";
import { OpenDialog } from "./open-dialog.tsx";
import { SignIn } from "./sign-in.tsx";
import { failureText, texts } from "./texts.ts";
import { ThreadPane } from "./thread-pane.tsx";
import { ToastList } from "./toast-list.tsx";
import type { Desk } from "../store/desk.ts";

export function App({ desk }: { desk: Desk }) {
  return (
    <DeskContext.Provider value={desk}>
      <Content />
      <ToastList />
    </DeskContext.Provider>
  );
}

function Content() {
  const { session, workspace } = useDesk();
  const status = session.status.value;
  if (status.kind === "signed_out") return <SignIn isExpired={status.reason === "expired"} />;
  if (status.kind === "unreachable") {
    return (
      <main class="sign-in">
        <div class="empty" role="alert">
          <h1 class="empty-title">{texts.product}</h1>
          <p>{failureText(status.error)}</p>
          <button type="button" class="button" onClick={() => void session.restore()}>
            {texts.retry}
          </button>
        </div>
      </main>
    );
  }
  return workspace.value ? <Panes /> : <main class="shell" aria-busy="true" />;
}

function Panes() {
  const desk = useDesk();
  const { layout } = desk;
  const { conversationId, isFirstRun } = useWorkspace();
  const isThreadOpen = conversationId.value !== null;
  const isContactOpen = isThreadOpen && layout.isContactPanelOpen.value;

  useLayoutEffect(() => startKeyboard(desk, document), [desk]);

  // Where there is room for one pane, this is the one.
  const isFirst = isFirstRun.value && !isThreadOpen;
  const shown = isThreadOpen ? "thread" : isFirst ? "first-run" : "list";
  const pane = layout.isViewsPaneOpen.value ? "views" : shown;
  return (
    <div class="shell" data-pane={pane} data-contact={isContactOpen ? "open" : "closed"}>
      <a class="skip-link" href="#thread">
        {texts.skipToThread}
      </a>
      <ConnectionBar />
      <NavigationRail />
      <ConversationPane />
      <ThreadPane />
      {isContactOpen && <ContactPanel />}
      <OpenDialog />
    </div>
  );
}
