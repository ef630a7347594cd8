// The search in place of the list: messages with the words in their place, and contacts.
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Contact } from "../../protocol/records-contacts.ts";
import type { MessageSearch } from "../../protocol/records-search.ts";
import { formatRoute, filterOf } from "../store/route.ts";
import { Avatar } from "./avatar.tsx";
import { useDesk, useWorkspace } from "./desk-context.ts";
import { contactName, previewOf, wordsOf } from "./format.ts";
import { ChevronLeftIcon, CloseIcon, LockIcon } from "./icons.tsx";
import { SearchIcon } from "./icons-workspace.tsx";
import { followLink } from "./links.ts";
import { RelativeTime } from "./relative-time.tsx";
import { snippetOf } from "./snippet.ts";
import { failureText, numberText, statusTexts, texts as deskTexts } from "./texts.ts";
import { findingTexts as texts, foundText } from "./texts-finding.ts";

export function SearchPane() {
  const { search } = useWorkspace();
  const { layout } = useDesk();
  const field = useRef<HTMLInputElement>(null);
  const close = () => void (layout.isSearchOpen.value = false);

  // At each wish to search the field takes the focus, with its words ready to be typed over.
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, [layout.searchRequests.value]);

  return (
    <section class="list-pane" aria-label={texts.search}>
      <header class="pane-head search-head">
        <h1 class="visually-hidden">{texts.search}</h1>
        <SearchIcon />
        <input
          ref={field}
          type="search"
          class="search-field"
          aria-label={texts.search}
          placeholder={texts.searchHint}
          value={search.words.value}
          onInput={(event) => search.type(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "Escape") close();
            else if (event.key === "ArrowDown") {
              event.preventDefault();
              document.querySelector<HTMLElement>(".rows a, .rows button")?.focus();
            }
          }}
        />
        <button
          type="button"
          class="icon-button"
          aria-label={texts.closeSearch}
          title={texts.closeSearch}
          onClick={close}
        >
          <CloseIcon />
        </button>
      </header>
      <div class="list-scroll">{search.contact.value ? <ContactsOwn /> : <Results />}</div>
    </section>
  );
}

function Results() {
  const { search } = useWorkspace();
  const status = search.status.value;
  const messages = search.messages.value;
  const contacts = search.contacts.value;
  if (status.kind === "failed") {
    return (
      <div class="empty" role="alert">
        <p>{failureText(status.error)}</p>
        <button type="button" class="button" onClick={() => void search.run()}>
          {deskTexts.retry}
        </button>
      </div>
    );
  }
  if (status.kind === "idle") return <p class="empty quiet">{texts.searchTeach}</p>;
  const isEmpty = messages.items.length + contacts.items.length === 0;
  const isReady = status.kind === "ready";
  return (
    <div aria-busy={!isReady} class={isReady ? undefined : "is-stale"}>
      <output class="visually-hidden">
        {isReady ? foundText(messages.total, contacts.total) : texts.searching}
      </output>
      {isEmpty && isReady && <p class="empty quiet">{texts.searchEmpty}</p>}
      {contacts.items.length > 0 && (
        <>
          <h2 class="list-heading">{texts.foundContacts}</h2>
          <ul class="rows">
            {contacts.items.map((contact) => (
              <FoundContact key={contact.id} contact={contact} />
            ))}
          </ul>
          {contacts.items.length < contacts.total && (
            <More run={() => void search.moreContacts()} />
          )}
        </>
      )}
      {messages.items.length > 0 && (
        <>
          <h2 class="list-heading">{texts.foundMessages}</h2>
          <ul class="rows">
            {messages.items.map((found) => (
              <FoundMessage key={found.conversation.id} found={found} />
            ))}
          </ul>
          {messages.items.length < messages.total && (
            <More run={() => void search.moreMessages()} />
          )}
        </>
      )}
    </div>
  );
}

function More({ run }: { run: () => void }) {
  return (
    <button type="button" class="more-button" onClick={run}>
      {deskTexts.showMore}
    </button>
  );
}

function FoundContact({ contact }: { contact: Contact }) {
  const { search } = useWorkspace();
  return (
    <li>
      <button type="button" class="row" onClick={() => void search.showContact(contact)}>
        <Avatar name={contact.name} id={contact.id} url={contact.thumbnail} />
        <span class="row-body">
          <span class="row-name" dir="auto">
            {contactName(contact)}
          </span>
          <span class="row-preview" dir="auto">
            {[contact.email, contact.phone_number].filter(Boolean).join(" · ") ||
              contact.identifier}
          </span>
        </span>
      </button>
    </li>
  );
}

type Found = MessageSearch["payload"][number];

function FoundMessage({ found: { conversation: found, message } }: { found: Found }) {
  const { search, records } = useWorkspace();
  const conversation = records.all.value.get(found.id) ?? found;
  const contact = conversation.meta.sender;
  const isContact = message.message_type === "incoming";
  return (
    <FoundRow id={conversation.id} name={contactName(contact)} contact={contact}>
      <span class="row-line quiet row-found">
        <span>{numberText(conversation.id)}</span>
        <span>{statusTexts[conversation.status]}</span>
        <span class="row-time">
          <RelativeTime atMs={message.created_at * 1000} />
        </span>
      </span>
      <span class="row-snippet" dir="auto">
        {message.private && (
          <span class="row-note">
            <LockIcon />
            <span class="visually-hidden">{deskTexts.note}: </span>
          </span>
        )}
        {!isContact && message.sender && `${message.sender.name}: `}
        {snippetOf(wordsOf(message), search.words.value).map(({ text, isFound }, index) =>
          isFound ? <mark key={index}>{text}</mark> : text,
        )}
      </span>
    </FoundRow>
  );
}

interface RowProps {
  id: number;
  name: string;
  contact: { id: number; name: string | null; thumbnail: string | null };
  children: ComponentChildren;
}

function FoundRow({ id, name, contact, children }: RowProps) {
  const { open, conversationId } = useWorkspace();
  const { router } = useDesk();
  const route = router.route.value;
  return (
    <li>
      <a
        class="row"
        href={formatRoute({ view: route.view, conversationId: id, ...filterOf(route) })}
        aria-current={conversationId.value === id ? "true" : undefined}
        onClick={(event) => followLink(event, () => open(id))}
      >
        <Avatar name={contact.name} id={contact.id} url={contact.thumbnail} />
        <span class="row-body">
          <span class="row-name" dir="auto">
            {name}
          </span>
          {children}
        </span>
      </a>
    </li>
  );
}

/** What one found contact has written. */
function ContactsOwn() {
  const { search, agentId } = useWorkspace();
  const chosen = search.contact.value;
  if (!chosen) return null;
  const { contact, conversations } = chosen;
  return (
    <>
      <div class="list-heading-line">
        <button
          type="button"
          class="icon-button"
          aria-label={texts.backToResults}
          title={texts.backToResults}
          onClick={() => void search.showContact(null)}
        >
          <ChevronLeftIcon />
        </button>
        <h2 dir="auto">{contactName(contact)}</h2>
      </div>
      {conversations?.length === 0 && <p class="empty quiet">{texts.noConversations}</p>}
      <ul class="rows" aria-busy={conversations === null}>
        {conversations?.map((conversation) => (
          <FoundRow
            key={conversation.id}
            id={conversation.id}
            name={`${numberText(conversation.id)} · ${statusTexts[conversation.status]}`}
            contact={contact}
          >
            <span class="row-preview" dir="auto">
              {conversation.messages[0] ? previewOf(conversation.messages[0], agentId) : ""}
            </span>
          </FoundRow>
        ))}
      </ul>
    </>
  );
}
