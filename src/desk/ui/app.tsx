// What the desk shows: the door, or the panes behind it.
import { useLayoutEffect } from "preact/hooks";
import { ConnectionBar } from "./connection-bar.tsx";
import { ContactPanel } from "./contact-panel.tsx";
import { LeaveDialog } from "./leave-dialog.tsx";
import { ConversationPane } from "./conversation-pane.tsx";
import { DeskContext, useDesk, useWorkspace } from "./desk-context.ts";
import { startKeyboard } from "./keyboard.ts";
import { Invitation } from "./invitation.tsx";
import { NavigationRail } from "./navigation-rail.tsx";
import { OpenDialog } from "./open-dialog.tsx";
import { SettingsLoader } from "./settings-loader.tsx";
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
  const { session, workspace, router } = useDesk();
  const status = session.status.value;
  const { invitation } = router.route.value;
  if (invitation !== undefined) return <Invitation token={invitation} />;
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
  const { layout, router } = desk;
  const { conversationId, isFirstRun } = useWorkspace();
  const isThreadOpen = conversationId.value !== null;
  const isContactOpen = isThreadOpen && layout.isContactPanelOpen.value;

  useLayoutEffect(() => startKeyboard(desk, document), [desk]);

  // Where there is room for one pane, this is the one.
  const isFirst = isFirstRun.value && !isThreadOpen;
  const shown = isThreadOpen ? "thread" : isFirst ? "first-run" : "list";
  const isSettings = router.route.value.settings !== undefined;
  const pane = layout.isViewsPaneOpen.value ? "views" : isSettings ? "settings" : shown;
  return (
    <div class="shell" data-pane={pane} data-contact={isContactOpen ? "open" : "closed"}>
      <a class="skip-link" href={isSettings ? "#settings" : "#thread"}>
        {isSettings ? texts.skipToSettings : texts.skipToThread}
      </a>
      <ConnectionBar />
      <NavigationRail />
      {isSettings && <SettingsLoader />}
      {!isSettings && <ConversationPane />}
      {!isSettings && <ThreadPane />}
      {isContactOpen && <ContactPanel />}
      {router.asked.value && <LeaveDialog />}
      <OpenDialog />
    </div>
  );
}
