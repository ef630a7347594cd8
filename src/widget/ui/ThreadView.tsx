// One conversation: who it is with, what was said, and the field to go on.
import { useEffect, useRef } from "preact/hooks";
import type { ThreadKey } from "../store/chat-window.ts";
import { Avatar } from "./Avatar.tsx";
import { Composer } from "./Composer.tsx";
import { Availability, CloseButton } from "./Home.tsx";
import { Icon } from "./Icon.tsx";
import { Messages } from "./Messages.tsx";
import { texts } from "./texts.ts";
import { tracked, useSignal } from "./tracked.ts";
import type { ChatView } from "./view.ts";

interface ThreadViewProps {
  view: ChatView;
  threadKey: ThreadKey;
}

const Menu = tracked(function Menu({ onEnd }: { onEnd: () => void }) {
  const isOpen = useSignal(false);
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const page = root.current?.getRootNode();
    const close = (event: Event) => {
      if (!root.current?.contains(event.target as Node)) isOpen.value = false;
    };
    const { current } = root;
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || !isOpen.peek()) return;
      event.preventDefault();
      isOpen.value = false;
      current?.querySelector("button")?.focus();
    };
    current?.addEventListener("keydown", onKey);
    page?.addEventListener("pointerdown", close);
    page?.addEventListener("focusin", close);
    return () => {
      current?.removeEventListener("keydown", onKey);
      page?.removeEventListener("pointerdown", close);
      page?.removeEventListener("focusin", close);
    };
  }, [isOpen]);
  return (
    <div class="menu" ref={root}>
      <button
        type="button"
        class="icon"
        aria-label={texts.menu}
        aria-expanded={isOpen.value}
        onClick={() => (isOpen.value = !isOpen.value)}
      >
        <Icon name="menu" />
      </button>
      {isOpen.value && (
        <div class="items">
          <button
            type="button"
            onClick={() => {
              isOpen.value = false;
              onEnd();
            }}
          >
            {texts.endChat}
          </button>
        </div>
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
      <Avatar name={name} url={person?.avatar_url} />
      <div class="who">
        <h2 id="title" dir="auto">
          {name}
        </h2>
        <Availability view={view} isShort />
      </div>
      {conversation && conversation.status !== "resolved" && settings.isOn("endChat") && (
        <Menu onEnd={() => void conversations.resolve(conversation.id)} />
      )}
      <CloseButton view={view} />
    </div>
  );
});

export const ThreadView = tracked(function ThreadView({ view, threadKey }: ThreadViewProps) {
  const { conversations, chatWindow } = view;
  const conversation = typeof threadKey === "number" ? conversations.get(threadKey) : undefined;
  return (
    <div class="view thread">
      <Header view={view} threadKey={threadKey} />
      <Messages view={view} threadKey={threadKey} />
      {conversation?.status === "resolved" && (
        <p class="closed">
          {texts.closed}{" "}
          <button
            type="button"
            class="link"
            onClick={() => chatWindow.show({ name: "thread", key: view.newThreadKey() })}
          >
            {texts.newConversation}
          </button>
        </p>
      )}
      <Composer view={view} threadKey={threadKey} />
    </div>
  );
});
