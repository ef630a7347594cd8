// The fourth pane: who the contact is, and the facts of the conversation.
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { EMAIL_MAX_LENGTH, NAME_MAX_LENGTH } from "../../protocol/limits.ts";
import type { Conversation, Stated } from "../../protocol/records.ts";
import type { OpenContact } from "../store/contact.ts";
import { Avatar } from "./avatar.tsx";
import { ContactMenu } from "./contact-actions.tsx";
import { Attributes, textOf } from "./contact-attributes.tsx";
import { ContactLabels, PreviousConversations } from "./contact-more.tsx";
import { useDesk, useWorkspace } from "./desk-context.ts";
import { EditableFact } from "./editable-fact.tsx";
import { Fact } from "./fact.tsx";
import { contactName, formatFull, formatWhen } from "./format.ts";
import {
  CloseIcon,
  IdentifierIcon,
  MailIcon,
  PersonIcon,
  PhoneIcon,
  VerifiedIcon,
} from "./icons.tsx";
import { BlockIcon } from "./icons-workspace.tsx";
import { numberText, statusTexts, texts } from "./texts.ts";
import { contactTexts } from "./texts-contact.ts";

const PHONE_MAX_LENGTH = 64;

export function ContactPanel() {
  const { layout, session } = useDesk();
  const { conversation: open, openContact } = useWorkspace();
  const mayManage = session.may("contact_manage");
  const conversation = open.value;
  const closeButton = useRef<HTMLButtonElement>(null);
  const close = () => layout.setContactPanelOpen(false);

  useEffect(() => (mayManage ? openContact.follow() : undefined), [openContact, mayManage]);

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
        if (event.key === "Escape" && !(event.target instanceof HTMLDialogElement)) close();
      }}
    >
      <header class="pane-head">
        <h2>{texts.contact}</h2>
        {conversation && mayManage && <ContactMenu contact={conversation.meta.sender} />}
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
          <Person
            key={conversation.meta.sender.id}
            conversation={conversation}
            update={mayManage ? (change) => openContact.update(change) : undefined}
          />
          <StatedFacts stated={conversation.meta.sender.stated} />
          {mayManage && <ContactLabels />}
          <Attributes
            model="contact_attribute"
            values={conversation.meta.sender.custom_attributes}
            title={texts.attributes}
            save={
              mayManage ? (values) => openContact.update({ custom_attributes: values }) : undefined
            }
          />
          <ConversationFacts conversation={conversation} />
          <Attributes
            model="conversation_attribute"
            values={conversation.custom_attributes}
            title={texts.conversationAttributes}
            save={(values) => openContact.updateConversation(values)}
          />
          {mayManage && <PreviousConversations />}
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

/** Without `update` he is shown as the conversation tells of him. */
function Person({
  conversation,
  update,
}: {
  conversation: Conversation;
  update: OpenContact["update"] | undefined;
}) {
  const { sender: contact, hmac_verified: isVerified } = conversation.meta;
  return (
    <section class="facts person" aria-label={contactName(contact)}>
      <Avatar name={contact.name} id={contact.id} url={contact.thumbnail} size="large" />
      <h3 dir="auto">{contactName(contact)}</h3>
      <p class={isVerified ? "verified" : "quiet"}>
        {isVerified && <VerifiedIcon />}
        {isVerified ? texts.verified : texts.notVerified}
      </p>
      {contact.blocked && (
        <p class="chip chip-blocked" title={contactTexts.blockedHint}>
          <BlockIcon />
          {contactTexts.blocked}
        </p>
      )}
      <dl class="fact-list">
        <EditableFact
          name={texts.name}
          icon={<PersonIcon />}
          input="text"
          maxLength={NAME_MAX_LENGTH}
          value={contact.name ?? ""}
          save={update && ((name) => update({ name: name || null }))}
        >
          {contact.name}
        </EditableFact>
        <EditableFact
          name={texts.email}
          icon={<MailIcon />}
          input="email"
          maxLength={EMAIL_MAX_LENGTH}
          value={contact.email ?? ""}
          save={update && ((email) => update({ email: email || null }))}
        >
          {contact.email && (
            <a class="text-link" href={`mailto:${contact.email}`}>
              {contact.email}
            </a>
          )}
        </EditableFact>
        <EditableFact
          name={texts.phone}
          icon={<PhoneIcon />}
          input="tel"
          maxLength={PHONE_MAX_LENGTH}
          value={contact.phone_number ?? ""}
          save={update && ((phone) => update({ phone_number: phone || null }))}
        >
          {contact.phone_number && (
            <a class="text-link" href={`tel:${contact.phone_number}`}>
              {contact.phone_number}
            </a>
          )}
        </EditableFact>
        <Fact name={texts.identifier} icon={<IdentifierIcon />}>
          {contact.identifier}
        </Fact>
      </dl>
    </section>
  );
}

/** Beside a verified identity stands nothing that only looks as if it were a part of it. */
function StatedFacts({ stated: { custom_attributes = {}, ...stated } }: { stated: Stated }) {
  const names: Record<string, string> = {
    name: texts.name,
    email: texts.email,
    phone_number: texts.phone,
    avatar_url: contactTexts.picture,
  };
  const facts = [
    ...Object.entries(stated).map(([key, value]) => [names[key] ?? key, value] as const),
    ...Object.entries(custom_attributes),
  ];
  if (facts.length === 0) return null;
  return (
    <section class="facts" aria-label={contactTexts.stated}>
      <h3>{contactTexts.stated}</h3>
      <dl class="fact-list">
        {facts.map(([name, value]) => (
          <Fact key={name} name={name}>
            {textOf(value)}
          </Fact>
        ))}
      </dl>
    </section>
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
