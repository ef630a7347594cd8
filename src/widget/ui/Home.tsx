// Where the chat opens: who is there, a new conversation, and the ones before.
import type { PublicConversation } from "../../protocol/records.ts";
import type { ThreadKey } from "../store/chat-window.ts";
import { Avatar } from "./Avatar.tsx";
import { Icon } from "./Icon.tsx";
import { texts } from "./texts.ts";
import type { Found as FoundView } from "./Found.tsx";
import { tracked, useSignal } from "./tracked.ts";
import type { ChatView } from "./view.ts";
import { namesOf, wordsOf } from "./words.ts";

const AVATARS_MAX = 4;
const SEARCH_MAX_LENGTH = 255;
/** What did not load can be asked for again. */
const ignore = () => undefined;

export const CloseButton = tracked(function CloseButton({
  view: { chatWindow, isPhone },
}: {
  view: ChatView;
}) {
  // Elsewhere the launcher closes what it has opened.
  if (!isPhone.value && chatWindow.visibility.value === "shown") return null;
  return (
    <button
      type="button"
      class="icon"
      aria-label={texts.closeChat}
      onClick={() => chatWindow.close("button")}
    >
      <Icon name="close" />
    </button>
  );
});

interface AvailabilityProps {
  view: ChatView;
  isShort?: boolean;
}

export const Availability = tracked(function Availability({ view, isShort }: AvailabilityProps) {
  const availability = view.inbox.value.value?.availability;
  if (!availability) return null;
  const known = view.waiting.value?.presence(isShort ?? false);
  const isOnline = availability === "available";
  const [long, short] = isOnline
    ? [texts.online, texts.onlineShort]
    : [texts.away, texts.awayShort];
  return <p class={`presence ${availability}`}>{known ?? (isShort ? short : long)}</p>;
});

const Hero = tracked(function Hero({ view }: { view: ChatView }) {
  const { settings, inbox } = view;
  const agents = inbox.value.value?.agents ?? [];
  return (
    <div class="hero">
      <div class="bar">
        <div class="faces">
          {agents.slice(0, AVATARS_MAX).map((agent) => (
            <Avatar key={agent.id} view={view} name={agent.name} url={agent.avatar_url} />
          ))}
        </div>
        <CloseButton view={view} />
      </div>
      <h2 id="title" dir="auto">
        {settings.title.value || texts.greeting}
      </h2>
      <p dir="auto">{settings.introduction.value || texts.introduction}</p>
      <Availability view={view} />
    </div>
  );
});

interface RowProps {
  view: ChatView;
  threadKey: ThreadKey;
  name: string;
  avatarUrl?: string | null | undefined;
  line: string;
  /** Milliseconds since 1970. */
  at: number;
  unread?: number;
}

const Row = tracked(function Row({
  view,
  threadKey,
  name,
  avatarUrl,
  line,
  at,
  unread = 0,
}: RowProps) {
  return (
    <li>
      <button
        type="button"
        class={unread > 0 ? "row unread" : "row"}
        onClick={() => view.chatWindow.show({ name: "thread", key: threadKey })}
      >
        <Avatar view={view} name={name} url={avatarUrl} />
        <span class="lines">
          <span class="top">
            <span class="name">{name}</span>
            <time>{view.dates.brief(at)}</time>
          </span>
          <span class="last" dir="auto">
            {line}
          </span>
        </span>
        {unread > 0 && (
          <span class="count">
            {unread}
            <span class="hidden"> {texts.unreadShort}</span>
          </span>
        )}
      </button>
    </li>
  );
});

function conversationRow(view: ChatView, conversation: PublicConversation) {
  const { id, assignee, messages, last_activity_at, unread_count } = conversation;
  const waiting = view.outbox.entries.value.findLast(({ thread }) => thread === id);
  const last = messages.at(-1);
  const text = waiting
    ? waiting.content || namesOf(waiting.files ?? [])
    : last
      ? wordsOf(last)
      : "";
  const isOwn = waiting !== undefined || last?.message_type === "incoming";
  const sender = last?.message_type === "incoming" ? null : last?.sender;
  const name = assignee?.name ?? sender?.name ?? view.settings.title.value;
  return (
    <Row
      key={id}
      view={view}
      threadKey={id}
      name={name || texts.team}
      avatarUrl={assignee ? assignee.avatar_url : sender?.avatar_url}
      line={isOwn ? texts.saidBy(texts.you, text) : text}
      at={(waiting?.createdAt ?? 0) || last_activity_at * 1_000}
      unread={unread_count}
    />
  );
}

const List = tracked(function List({ view }: { view: ChatView }) {
  const { conversations, outbox, settings } = view;
  const title = settings.label("conversationListTitle") ?? texts.conversations;
  const status = conversations.status.value;
  const pending = outbox.entries.value.filter(
    ({ thread }, i, all) =>
      typeof thread === "string" && all.findLastIndex((one) => one.thread === thread) === i,
  );
  const list = conversations.list.value;
  if (status === "failed") {
    return (
      <div class="empty" role="alert">
        <p>{texts.failure(conversations.failure.value?.code ?? "internal")}</p>
        <button type="button" class="link" onClick={() => void conversations.load()}>
          {texts.retry}
        </button>
      </div>
    );
  }
  if (status !== "ready" && list.length === 0) {
    return (
      <output class="skeleton" aria-label={texts.loadingConversations}>
        <i />
        <i />
      </output>
    );
  }
  if (list.length + pending.length === 0) return <p class="empty">{texts.noConversations}</p>;
  const isOver = (one: PublicConversation) => one.status === "resolved" && !one.unread_count;
  const isUnread = (one: PublicConversation) => Number(one.unread_count > 0);
  const over = list.filter(isOver);
  const shown = list.filter((one) => !isOver(one)).toSorted((a, b) => isUnread(b) - isUnread(a));
  return (
    <section>
      <h3 id="list-title">{title}</h3>
      <ul aria-labelledby="list-title">
        {pending.map(({ thread, content, createdAt }) => (
          <Row
            key={thread}
            view={view}
            threadKey={thread}
            name={settings.title.value || texts.team}
            line={texts.saidBy(texts.you, content)}
            at={createdAt}
          />
        ))}
        {shown.map((conversation) => conversationRow(view, conversation))}
      </ul>
      {over.length > 0 && (
        <details open={shown.length + pending.length === 0}>
          <summary>{texts.closedOnes(over.length)}</summary>
          <ul>{over.map((conversation) => conversationRow(view, conversation))}</ul>
        </details>
      )}
    </section>
  );
});

export const Home = tracked(function Home({ view }: { view: ChatView }) {
  const goesOn =
    view.inbox.value.value?.lock_to_single_conversation && view.conversations.list.value.length > 0;
  const words = useSignal("");
  const Found = useSignal<typeof FoundView | undefined>(undefined);
  const wanted = words.value.trim();
  const load = () => void import("./Found.tsx").then((it) => (Found.value = it.Found), ignore);
  return (
    <div class="view home">
      <Hero view={view} />
      <div class="body">
        <button
          type="button"
          class="new"
          onClick={() => view.chatWindow.show({ name: "thread", key: view.newThreadKey() })}
        >
          {goesOn
            ? texts.continueConversation
            : (view.settings.label("conversationButton") ?? texts.newConversation)}
          <Icon name="next" />
        </button>
        {view.settings.isOn("search") && view.conversations.list.value.length > 0 && (
          <div class="find">
            <Icon name="search" />
            <input
              type="search"
              dir="auto"
              maxLength={SEARCH_MAX_LENGTH}
              aria-label={texts.search}
              placeholder={texts.search}
              value={words.value}
              onFocus={load}
              onInput={(event) => {
                words.value = event.currentTarget.value;
                load();
              }}
              onKeyDown={(event) => {
                if (event.key !== "Escape" || words.peek() === "") return;
                // The words go first; the chat closes at the next one.
                event.preventDefault();
                words.value = "";
              }}
            />
          </div>
        )}
        {wanted && Found.value ? <Found.value view={view} words={wanted} /> : <List view={view} />}
      </div>
    </div>
  );
});
