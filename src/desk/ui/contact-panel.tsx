// The fourth pane: who the contact is, and the facts of the conversation.
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Conversation } from "../../protocol/records.ts";
import { Avatar } from "./avatar.tsx";
import { useDesk, useWorkspace } from "./desk-context.ts";
import { contactName, formatFull, formatWhen } from "./format.ts";
import { CloseIcon, IdentifierIcon, MailIcon, PhoneIcon, VerifiedIcon } from "./icons.tsx";
import { numberText, statusTexts, texts } from "./texts.ts";

export function ContactPanel() {
  const { layout } = useDesk();
  const conversation = useWorkspace().conversation.value;
  const closeButton = useRef<HTMLButtonElement>(null);
  const close = () => layout.setContactPanelOpen(false);

  // Where it covers the thread it takes the focus, and gives it back.
  useLayoutEffect(() => {
    if (layout.isWide.peek()) return undefined;
    const opener = document.activeElement;
    closeButton.current?.focus();
    return () => {
      if (opener instanceof HTMLElement) opener.focus();
    };
  }, []);

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape closes from anywhere within
    <aside
      class="contact-pane"
      aria-label={texts.contact}
      onKeyDown={(event) => {
        if (event.key === "Escape") close();
      }}
    >
      <header class="pane-head">
        <h2>{texts.contact}</h2>
        <button
          ref={closeButton}
          type="button"
          class="icon-button"
          aria-label={texts.closeContact}
          title={texts.closeContact}
          onClick={close}
        >
          <CloseIcon />
        </button>
      </header>
      {!conversation && <Skeleton />}
      {conversation && (
        <div class="contact-scroll">
          <Person conversation={conversation} />
          <Attributes
            values={conversation.meta.sender.custom_attributes}
            title={texts.attributes}
          />
          <ConversationFacts conversation={conversation} />
          <Attributes
            values={conversation.custom_attributes}
            title={texts.conversationAttributes}
          />
        </div>
      )}
    </aside>
  );
}

function Skeleton() {
  return (
    <div class="facts person" aria-hidden="true">
      <span class="bone avatar-large avatar" />
      <span class="bone bone-title contact-bone" />
    </div>
  );
}

function Person({ conversation }: { conversation: Conversation }) {
  const { sender: contact, hmac_verified: isVerified } = conversation.meta;
  return (
    <section class="facts person" aria-label={contactName(contact)}>
      <Avatar name={contact.name} id={contact.id} url={contact.thumbnail} size="large" />
      <h3 dir="auto">{contactName(contact)}</h3>
      <p class={isVerified ? "verified" : "quiet"}>
        {isVerified && <VerifiedIcon />}
        {isVerified ? texts.verified : texts.notVerified}
      </p>
      <dl class="fact-list">
        <Fact name={texts.email} icon={<MailIcon />}>
          {contact.email && (
            <a class="text-link" href={`mailto:${contact.email}`}>
              {contact.email}
            </a>
          )}
        </Fact>
        <Fact name={texts.phone} icon={<PhoneIcon />}>
          {contact.phone_number && (
            <a class="text-link" href={`tel:${contact.phone_number}`}>
              {contact.phone_number}
            </a>
          )}
        </Fact>
        <Fact name={texts.identifier} icon={<IdentifierIcon />}>
          {contact.identifier}
        </Fact>
      </dl>
    </section>
  );
}

function Fact(props: { name: string; icon?: ComponentChildren; children: ComponentChildren }) {
  return (
    <div class="fact-line">
      <dt>
        {props.icon}
        {props.name}
      </dt>
      <dd dir="auto">{props.children || <span class="quiet">{texts.none}</span>}</dd>
    </div>
  );
}

function ConversationFacts({ conversation }: { conversation: Conversation }) {
  const { inboxes } = useWorkspace();
  const inbox = inboxes.all.value.find(({ id }) => id === conversation.inbox_id);
  const now = useDesk().now.value;
  const at = (seconds: number | null) =>
    seconds !== null && (
      <time dateTime={new Date(seconds * 1000).toISOString()} title={formatFull(seconds * 1000)}>
        {formatWhen(seconds * 1000, now)}
      </time>
    );
  return (
    <section class="facts">
      <h3>{texts.conversation}</h3>
      <dl class="fact-list">
        <Fact name={texts.number}>{numberText(conversation.id)}</Fact>
        <Fact name={texts.status}>{statusTexts[conversation.status]}</Fact>
        <Fact name={texts.inbox}>{inbox?.name}</Fact>
        <Fact name={texts.assignee}>
          {conversation.meta.assignee?.available_name ?? texts.unassigned}
        </Fact>
        <Fact name={texts.started}>{at(conversation.created_at)}</Fact>
        <Fact name={texts.firstReply}>{at(conversation.first_reply_created_at)}</Fact>
        <Fact name={texts.waitingSince}>{at(conversation.waiting_since)}</Fact>
        <Fact name={texts.lastActivity}>{at(conversation.last_activity_at)}</Fact>
      </dl>
    </section>
  );
}

function Attributes({ values, title }: { values: Record<string, unknown>; title: string }) {
  const entries = Object.entries(values);
  if (entries.length === 0) return null;
  return (
    <section class="facts">
      <h3>{title}</h3>
      <dl class="fact-list">
        {entries.map(([name, value]) => (
          <Fact key={name} name={name}>
            {typeof value === "string" ? value : JSON.stringify(value)}
          </Fact>
        ))}
      </dl>
    </section>
  );
}
