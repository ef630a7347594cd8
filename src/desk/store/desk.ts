// The whole desk as state: the session, and for as long as someone is signed in their workspace.
import { effect, signal, untracked } from "@preact/signals";
import type { ReadonlySignal } from "@preact/signals";
import type { AgentRest, AgentSocket } from "../../client/agent-transport.ts";
import type { Availability } from "../../protocol/lists.ts";
import type { Clock } from "./clock.ts";
import { createTicker } from "./clock.ts";
import { createDiscards } from "./discards.ts";
import { createDrafts } from "./drafts.ts";
import { createLayout } from "./layout.ts";
import { createLeaveGuard } from "./leave-guard.ts";
import type { Router } from "./route.ts";
import { createSession } from "./session.ts";
import type { TextStorage } from "./storage.ts";
import { createToasts } from "./toasts.ts";
import { createWorkspace } from "./workspace.ts";
import type { Workspace } from "./workspace.ts";

export interface DeskDeps {
  rest: AgentRest;
  createSocket: (pubsubToken: string) => AgentSocket;
  router: Router;
  clock: Clock;
  /** A random text that nobody else makes. */
  createId: () => string;
  /** The page is visible and has the focus. */
  isAttentive: ReadonlySignal<boolean>;
  /** Lives as long as the tab. */
  tabStorage: TextStorage;
  /** Lives as long as the browser's profile. */
  browserStorage: TextStorage;
  /** Whether a fourth pane has room. */
  isWide: ReadonlySignal<boolean>;
}

export type Desk = ReturnType<typeof createDesk>;

/** Creates the desk and asks the server who is signed in. */
export function createDesk(deps: DeskDeps) {
  const { rest, clock } = deps;
  const router = createLeaveGuard(deps.router);
  const session = createSession({ rest });
  const toasts = createToasts({ clock });
  const discards = createDiscards({ toasts });
  const layout = createLayout({ storage: deps.browserStorage, isWide: deps.isWide });
  const drafts = createDrafts({ storage: deps.tabStorage });
  const ticker = createTicker(clock);
  const workspace = signal<Workspace | null>(null);

  const stopWorkspaces = effect(() => {
    if (session.status.value.kind !== "signed_in") return;
    const profile = untracked(() => session.profile.value);
    if (!profile || workspace.peek()) return;
    const socket = deps.createSocket(profile.pubsub_token);
    const { createId, isAttentive } = deps;
    workspace.value = untracked(() =>
      createWorkspace({
        rest,
        socket,
        profile,
        session,
        drafts,
        toasts,
        discards,
        router,
        clock,
        createId,
        isAttentive,
      }),
    );
  });
  const stopEnds = effect(() => {
    if (session.status.value.kind === "signed_in") return;
    untracked(() => {
      workspace.peek()?.stop();
      workspace.value = null;
    });
  });
  void session.restore();

  /** Shows a chosen availability at once, and says so if the server refuses it. */
  async function setAvailability(wanted: Availability): Promise<void> {
    const result = await session.setAvailability(wanted);
    if (result.ok) return;
    toasts.show({ kind: "failed", doing: "availability", wanted, error: result.error });
  }

  async function signOut(): Promise<void> {
    await discards.flush();
    const result = await session.signOut();
    if (!result.ok) toasts.show({ kind: "failed", doing: "sign_out", error: result.error });
  }

  return {
    setAvailability,
    signOut,
    acceptInvitation: rest.settings.acceptInvitation,
    session,
    toasts,
    discards,
    layout,
    router,
    now: ticker.now,
    workspace: workspace as ReadonlySignal<Workspace | null>,
    stop() {
      void discards.flush();
      stopWorkspaces();
      stopEnds();
      workspace.peek()?.stop();
      router.stop();
      ticker.stop();
      toasts.stop();
    },
  };
}
