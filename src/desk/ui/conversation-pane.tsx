// The second pane: the current view's conversations, live, one stop for Tab and arrows within.
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { ListStatus } from "../store/conversation-list.ts";
import type { ViewName } from "../store/views.ts";
import { ConversationRow } from "./conversation-row.tsx";
import { useDesk, useWorkspace } from "./desk-context.ts";
import { SearchPane } from "./search-pane.tsx";
import { failureText, texts, viewTexts } from "./texts.ts";
import { findingTexts } from "./texts-finding.ts";
import { ViewHead } from "./view-head.tsx";

const SKELETON_ROWS = [1, 2, 3, 4, 5, 6];

export function ConversationPane() {
  const { layout, router } = useDesk();
  const { view, list } = useWorkspace();
  const { savedId } = router.route.value;
  if (layout.isSearchOpen.value) return <SearchPane />;
  return (
    <section class="list-pane" aria-label={texts.conversationList}>
      <ViewHead />
      <div class="list-scroll">
        <ListBody key={savedId ?? view.value} status={list.value.status.value} view={view.value} />
      </div>
    </section>
  );
}

function ListBody({ status, view }: { status: ListStatus; view: ViewName }) {
  const { list, filter, savedViews } = useWorkspace();
  const { savedId } = useDesk().router.route.value;
  if (savedId !== undefined && !filter.value) {
    return savedViews.all.value ? <MissingView /> : <Skeleton />;
  }
  const count = list.value.conversations.value.length;
  if (count > 0) return <Rows status={status} />;
  if (status.kind === "failed") return <Failed status={status} />;
  if (status.kind !== "ready") return <Skeleton />;
  const { emptyTitle, emptyText } = filter.value
    ? { emptyTitle: findingTexts.filteredEmptyTitle, emptyText: findingTexts.filteredEmptyText }
    : viewTexts[view];
  return (
    <div class="empty">
      <p class="empty-title">{emptyTitle}</p>
      <p class="quiet">{emptyText}</p>
    </div>
  );
}

function MissingView() {
  return (
    <div class="empty">
      <p class="empty-title">{findingTexts.missingViewTitle}</p>
      <p class="quiet">{findingTexts.missingViewText}</p>
    </div>
  );
}

function Skeleton() {
  return (
    <output class="block" aria-label={texts.loadingConversations}>
      {SKELETON_ROWS.map((row) => (
        <div key={row} class="row row-skeleton" aria-hidden="true">
          <span class="bone bone-avatar" />
          <span class="row-body">
            <span class="bone bone-title" />
            <span class="bone bone-line" />
          </span>
        </div>
      ))}
    </output>
  );
}

function Failed({ status }: { status: Extract<ListStatus, { kind: "failed" }> }) {
  const { list } = useWorkspace();
  return (
    <div class="empty" role="alert">
      <p>{failureText(status.error)}</p>
      <button type="button" class="button" onClick={() => void list.value.open()}>
        {texts.retry}
      </button>
    </div>
  );
}

function Rows({ status }: { status: ListStatus }) {
  const { list, conversationId } = useWorkspace();
  const rows = useRef<HTMLUListElement>(null);
  const reached = useSignal<number | null>(null);
  const conversations = list.value.conversations.value;

  // One stop for Tab: the row last reached, else the open one, else the first.
  const ids = conversations.map(({ id }) => id);
  const stop = [reached.value, conversationId.value].find((id) => id !== null && ids.includes(id));

  function onKeyDown(event: KeyboardEvent): void {
    const links = [...(rows.current?.querySelectorAll<HTMLElement>("a") ?? [])];
    const at = links.findIndex((link) => link === document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: links.length - 1 }[event.key];
    if (to === undefined || at < 0) return;
    event.preventDefault();
    links[Math.min(Math.max(to, 0), links.length - 1)]?.focus();
  }

  return (
    <>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrows among links that Tab reaches as one stop */}
      <ul
        ref={rows}
        class="rows"

        aria-label={texts.conversations}
        onKeyDown={onKeyDown}
      >
        {conversations.map((conversation) => (
          <ConversationRow
            key={conversation.id}
            conversation={conversation}
            isOpen={conversation.id === conversationId.value}
            isTabStop={conversation.id === (stop ?? ids[0])}
            onReach={(id) => (reached.value = id)}
          />
        ))}
      </ul>
      {status.kind === "failed" && <Failed status={status} />}
      {list.value.hasMore.value && status.kind !== "failed" && (
        <MoreButton key={conversations.length} isBusy={status.kind === "loading_more"} />
      )}
    </>
  );
}

/** Loads by itself when scrolled near; a button for those who do not scroll. */
function MoreButton({ isBusy }: { isBusy: boolean }) {
  const { list } = useWorkspace();
  const button = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    const element = button.current;
    if (!element) return undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) void list.peek().loadMore();
      },
      { rootMargin: "400px" },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  return (
    <button
      ref={button}
      type="button"
      class="more-button"
      aria-busy={isBusy}
      onClick={() => void list.peek().loadMore()}
    >
      {texts.showMore}
    </button>
  );
}
