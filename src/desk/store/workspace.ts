// Everything that a signed-in agent works with, put together and kept in step with the address.
import { computed, effect, signal, untracked } from "@preact/signals";
import type { ReadonlySignal } from "@preact/signals";
import type { AgentRest, AgentSocket } from "../../client/agent-transport.ts";
import type { Message, Profile } from "../../protocol/records.ts";
import { createAccountLists } from "./account-lists.ts";
import { createAgents } from "./agents.ts";
import { createAllActions } from "./all-actions.ts";
import type { Clock } from "./clock.ts";
import { createOpenContact } from "./contact.ts";
import { createConnection } from "./connection.ts";
import { createCounts } from "./counts.ts";
import type { Discards } from "./discards.ts";
import type { Drafts } from "./drafts.ts";
import { createFiles } from "./files.ts";
import { createFollowers } from "./followers.ts";
import { createInboxes } from "./inboxes.ts";
import { startLive } from "./live.ts";
import { createLists } from "./lists.ts";
import type { SettingsChange } from "./settings/settings.ts";
import { createOpenSnooze } from "./open-snooze.ts";
import { createOutbox } from "./outbox.ts";
import { createConversationRecords } from "./records.ts";
import { filterOf } from "./route.ts";
import type { Route, Router } from "./route.ts";
import { startSeeing } from "./seeing.ts";
import { createSavedViews } from "./saved-views.ts";
import { createSearch } from "./search.ts";
import type { Session } from "./session.ts";
import { createSummaries } from "./summaries.ts";
import { createThread } from "./thread.ts";
import type { Thread } from "./thread.ts";
import type { Toasts } from "./toasts.ts";
import { createTyping } from "./typing.ts";
import type { ViewName } from "./views.ts";

export interface WorkspaceDeps {
  rest: AgentRest;
  socket: AgentSocket;
  profile: Profile;
  session: Session;
  drafts: Drafts;
  toasts: Toasts;
  discards: Discards;
  router: Router;
  clock: Clock;
  createId: () => string;
  /** The page is visible and has the focus. */
  isAttentive: ReadonlySignal<boolean>;
}

export type Workspace = ReturnType<typeof createWorkspace>;

/** Creates and starts the workspace; `stop` ends it and saves what was not sent as drafts. */
export function createWorkspace(deps: WorkspaceDeps) {
  const { rest, socket, profile, session, router, clock, drafts, toasts } = deps;
  const accountId = profile.account_id;
  const agentId = profile.id;

  const records = createConversationRecords();
  const connection = createConnection({ socket });
  const counts = createCounts({ rest, accountId, clock });
  const agents = createAgents({ rest, accountId, self: profile });
  const inboxes = createInboxes({ rest, accountId });
  const accountLists = createAccountLists({
    rest,
    socket,
    accountId,
    onOther(subject) {
      if (subject === "inbox") void inboxes.load();
      if (subject === "agent") void agents.load();
    },
  });
  const typing = createTyping({ socket, clock, agentId });
  const actions = createAllActions({ rest, accountId, agentId, records, toasts, counts });
  const followers = createFollowers({ rest, accountId, toasts });
  const findsContacts = () => session.may("contact_manage");
  const search = createSearch({ rest, accountId, clock, findsContacts });
  const contactFinder = createSearch({
    rest,
    accountId,
    clock,
    findsContacts,
    isForContacts: true,
  });
  const thread = signal<Thread | null>(null);
  const latestIncoming = signal<Message | null>(null);
  const latestSettingsChange = signal<SettingsChange | null>(null);

  const outbox = createOutbox({
    socket,
    clock,
    createId: deps.createId,
    onSent(message) {
      const open = thread.peek();
      if (open?.conversationId === message.conversation_id) open.receive(message);
    },
  });

  const files = createFiles({
    rest,
    accountId,
    createId: deps.createId,
    limitsOf(id) {
      const inboxId = records.all.peek().get(id)?.inbox_id;
      return inboxes.all.peek().find((inbox) => inbox.id === inboxId)?.attachment_limits;
    },
  });

  const savedViews = createSavedViews({ rest, accountId, toasts });
  const lists = createLists({
    rest,
    accountId,
    agentId,
    records,
    counts,
    clock,
    route: router.route,
    savedViews,
  });
  const list = lists.current;
  const view = computed(() => router.route.value.view);
  const conversationId = computed(() => router.route.value.conversationId);
  const conversation = computed(() => {
    const id = conversationId.value;
    return id === null ? null : (records.all.value.get(id) ?? null);
  });

  const openContact = createOpenContact({
    rest,
    socket,
    clock,
    accountId,
    conversation,
    records,
    toasts,
  });

  const openSnooze = createOpenSnooze({ rest, accountId, conversation, records });

  const { unreadCount, isFirstRun } = createSummaries({ agentId, records, counts, list });

  let hasConnected = false;

  async function refetch(): Promise<void> {
    if (hasConnected) void session.refresh();
    hasConnected = true;
    void counts.refresh();
    void agents.load();
    void inboxes.load();
    void accountLists.load();
    void savedViews.load();
    const current = list.peek();
    const mark = records.mark();
    const fetched = await current.refetch();
    if (!fetched) return;
    // What changed unheard must not linger: only what was fetched now is known to be true.
    const open = conversation.peek();
    records.replace(open ? [...fetched, open] : fetched, mark);
    lists.resetOthers();
  }

  const stops = [
    effect(() => {
      const id = conversationId.value;
      if (id === null) {
        thread.value = null;
        return undefined;
      }
      const { isAttentive, discards } = deps;
      const about = { conversationId: id, accountId, rest, socket, records };
      const opened = createThread({ ...about, discards });
      thread.value = opened;
      void opened.load();
      const stopSeeing = untracked(() =>
        startSeeing({ thread: opened, socket, connection, records, isAttentive }),
      );
      return () => {
        stopSeeing();
        opened.stop();
      };
    }),
    effect(() => {
      const refusal = connection.refusal.value;
      if (refusal?.code === "unauthenticated") untracked(() => session.expire());
    }),
    startLive({
      rest,
      socket,
      accountId,
      records,
      counts,
      outbox,
      typing,
      thread: () => thread.peek(),
      onAgent(agent) {
        agents.update(agent);
        if (agent.id === agentId) {
          session.update({ availability_status: agent.availability_status });
        }
      },
      onChanged: () => lists.refetchSoon(),
      onIncoming: (message) => void (latestIncoming.value = message),
      onConnected: () => void refetch(),
    }),
  ];
  stops.push(
    socket.on("settings:changed", (change) => {
      latestSettingsChange.value = change;
    }),
  );
  void agents.load();
  void inboxes.load();
  socket.connect();

  return {
    accountId,
    agentId,
    settingsRest: rest.settings,
    latestSettingsChange: latestSettingsChange as ReadonlySignal<SettingsChange | null>,
    records,
    connection,
    counts,
    agents,
    inboxes,
    accountLists,
    typing,
    actions,
    followers,
    outbox,
    files,
    drafts,
    thread: thread as ReadonlySignal<Thread | null>,
    latestIncoming: latestIncoming as ReadonlySignal<Message | null>,
    view,
    list,
    filter: lists.filter,
    savedViews,
    search,
    contactFinder,
    openContact,
    openSnooze: openSnooze.snooze,
    conversationId,
    conversation,
    unreadCount,
    isFirstRun,
    open: (id: number | null) =>
      router.go({ view: view.peek(), conversationId: id, ...filterOf(router.route.peek()) }),
    /** Instead of a view: one that is saved, or a filter that is not. */
    showFilter: (shown: Pick<Route, "savedId" | "filter">) =>
      router.go({ view: view.peek(), conversationId: null, ...shown }),
    show: (name: ViewName) => router.go({ view: name, conversationId: null }),
    stop() {
      for (const stop of stops) stop();
      files.stop();
      for (const { conversationId: id, content, isPrivate } of outbox.stop()) {
        const kind = isPrivate ? "note" : "reply";
        const rest = drafts.read(id, kind);
        drafts.write(id, kind, rest === "" ? content : `${content}\n\n${rest}`);
      }
      typing.stop();
      accountLists.stop();
      lists.stop();
      search.stop();
      contactFinder.stop();
      openSnooze.stop();
      counts.stop();
      connection.stop();
      socket.close();
    },
  };
}
