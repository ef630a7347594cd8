// One conversation: who it is with, what was said, and the field to go on.
import type { FunctionComponent } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { ThreadKey } from "../store/chat-window.ts";
import { Avatar } from "./Avatar.tsx";
import { Composer } from "./Composer.tsx";
import { Availability, CloseButton } from "./Home.tsx";
import { Icon } from "./Icon.tsx";
import type { MenuItemsProps } from "./menu/MenuItems.tsx";
import { Messages } from "./Messages.tsx";
import { texts } from "./texts.ts";
import { tracked, useSignal } from "./tracked.ts";
import type { ChatView } from "./view.ts";

interface ThreadViewProps {
  view: ChatView;
  threadKey: ThreadKey;
}

type Items = FunctionComponent<MenuItemsProps>;

/** What it offers comes when it is opened first. */
const Menu = tracked(function Menu({ view, conversation }: Omit<MenuItemsProps, "onClose">) {
  const isOpen = useSignal(false);
  const items = useSignal<Items | undefined>(undefined);
  const root = useRef<HTMLDivElement>(null);
  const Items = items.value;
  // What it offers is of one conversation.
  useEffect(() => void (isOpen.value = false), [conversation.id]);
  function toggle(): void {
    isOpen.value = !isOpen.value;
    void import("./menu/MenuItems.tsx")
      .then(({ createMenuItems }) => (items.value ??= createMenuItems(view.core)))
      .catch(() => (isOpen.value = false));
  }
  return (
    <div class="menu" ref={root}>
      <button
        type="button"
        class="icon"
        aria-label={texts.menu}
        aria-expanded={isOpen.value}
        onClick={toggle}
      >
        <Icon name="menu" />
      </button>
      {isOpen.value && Items && (
        <Items view={view} conversation={conversation} onClose={() => (isOpen.value = false)} />
      )}
    </div>
  );
});

const Header = tracked(function Header({ view, threadKey }: ThreadViewProps) {
  const { chatWindow, conversations, settings, thread } = view;
  const conversation = typeof threadKey === "number" ? conversations.get(threadKey) : undefined;
  const lastSender = thread.value?.messages.value.findLast(
    ({ message_type, sender }) => message_type !== "incoming" && sender,
  )?.sender;
  const person = conversation?.assignee ?? lastSender;
  const name = person?.name ?? (settings.title.value || texts.team);
  return (
    <div class="bar">
      <button
        type="button"
        class="icon"
        aria-label={texts.back}
        onClick={() => chatWindow.show({ name: "home" })}
      >
        <Icon name="back" />
      </button>
      <Avatar view={view} name={name} url={person?.avatar_url} />
      <div class="who">
        <h2 id="title" dir="auto">
          {name}
        </h2>
        <Availability view={view} isShort />
      </div>
      {conversation && <Menu view={view} conversation={conversation} />}
      <CloseButton view={view} />
    </div>
  );
});

export const ThreadView = tracked(function ThreadView({ view, threadKey }: ThreadViewProps) {
  const { conversations, chatWindow } = view;
  const conversation = typeof threadKey === "number" ? conversations.get(threadKey) : undefined;
  const before = view.preChat.value;
  const asks = before?.asks(threadKey);
  const place = view.waiting.value?.place();
  return (
    <div class="view thread">
      <Header view={view} threadKey={threadKey} />
      {before && asks ? (
        <before.Form threadKey={threadKey} />
      ) : (
        <Messages view={view} threadKey={threadKey} />
      )}
      {place && <output class="waiting">{place}</output>}
      {conversation?.status === "resolved" && (
        <p class="closed">
          {texts.closed}{" "}
          {!view.inbox.value.value?.lock_to_single_conversation && (
            <button
              type="button"
              class="link"
              onClick={() => chatWindow.show({ name: "thread", key: view.newThreadKey() })}
            >
              {texts.newConversation}
            </button>
          )}
        </p>
      )}
      {!asks && <Composer view={view} threadKey={threadKey} />}
    </div>
  );
});
