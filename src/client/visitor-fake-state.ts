// What the server in memory behind a visitor holds, and what changes it.
import { MESSAGES_PAGE_SIZE } from "../protocol/limits.ts";
import type { Message, PublicContact, PublicConversation, Sender } from "../protocol/records.ts";
import type { CreateContact, StartConversation } from "../protocol/requests-visitors.ts";
import { failure, success } from "../protocol/result.ts";
import type { Result } from "../protocol/result.ts";
import { anAttachment } from "./fake-attachments.ts";
import { aPublicConversation, aVisitorMessage } from "./visitor-fake-records.ts";
import type { VisitorFakeSocket } from "./visitor-fake-socket.ts";

export interface Stored {
  contactId: number;
  startEchoId: string | undefined;
  record: PublicConversation;
  messages: Message[];
}

export type VisitorFakeState = ReturnType<typeof createVisitorFakeState>;

export const gone = failure("not_found", "no such record");

/** What the server notes beside a change. */
function consequencesOf(
  { status, assignee }: Partial<PublicConversation>,
  seq: number,
  now: number,
) {
  const isOver = status === "resolved";
  return {
    ...(status && {
      resolved_by: isOver ? ("user" as const) : null,
      resolved_after_ms: isOver ? 60_000 : null,
      resolved_seq: isOver ? seq : null,
    }),
    ...(assignee !== undefined && {
      assignee_waited_ms: assignee && 0,
      assigned_seq: assignee && seq,
      assigned_at: assignee && now,
    }),
  };
}

/** Creates a state that knows nobody yet. */
export function createVisitorFakeState(seconds: () => number) {
  const contacts = new Map<number, PublicContact>();
  const stored = new Map<number, Stored>();
  const sockets = new Set<VisitorFakeSocket>();
  let lastId = 0;
  const nextId = () => (lastId += 1);

  const byToken = (token: string) =>
    [...contacts.values()].find(({ pubsub_token }) => pubsub_token === token);
  const bySource = (source: string) =>
    [...contacts.values()].find(({ source_id }) => source_id === source);
  const owned = (contact: PublicContact | undefined, id: number) => {
    const found = stored.get(id);
    return found && found.contactId === contact?.id ? found : undefined;
  };
  const senderOf = (contact: PublicContact): Sender => ({
    type: "contact",
    id: contact.id,
    name: contact.name ?? "",
    avatar_url: contact.avatar_url,
  });

  function must(id: number): Stored {
    const found = stored.get(id);
    if (!found) throw new Error(`the fake holds no conversation ${id}`);
    return found;
  }
  const page = (messages: Message[]) => messages.slice(-MESSAGES_PAGE_SIZE);
  const whole = ({ record, messages }: Stored): PublicConversation => ({
    ...record,
    messages: page(messages),
  });

  function hear(contactId: number, tell: (socket: VisitorFakeSocket) => void): void {
    for (const socket of sockets) if (byToken(socket.token())?.id === contactId) tell(socket);
  }
  function tellMessage(name: "message:created" | "message:updated", to: Stored, message: Message) {
    const { messages: _, ...conversation } = to.record;
    hear(to.contactId, (socket) => socket.emit(name, { message, conversation }));
  }

  function write(to: Stored, more: Partial<Message>): Message {
    const { record, messages } = to;
    const isOwn = more.message_type === "incoming";
    const seq = record.seq + 1;
    const message = aVisitorMessage({
      id: nextId(),
      seq,
      conversation_id: record.id,
      created_at: seconds(),
      ...more,
    });
    messages.push(message);
    to.record = {
      ...record,
      seq,
      ...(isOwn && { status: "open", resolved_by: null, resolved_after_ms: null }),
      unread_count: record.unread_count + (isOwn ? 0 : 1),
      last_activity_at: message.created_at,
    };
    tellMessage("message:created", to, message);
    return message;
  }

  function change(id: number, patch: Partial<PublicConversation>): void {
    const of = must(id);
    const seq = of.record.seq + 1;
    of.record = { ...of.record, ...consequencesOf(patch, seq, seconds()), ...patch, seq };
    const { messages: _, ...record } = of.record;
    hear(of.contactId, (socket) => socket.emit("conversation:updated", record));
  }

  function sendMessage(
    contact: PublicContact | undefined,
    id: number,
    said: { content?: string | null | undefined; attachments?: string[] | undefined },
    echo: string,
  ) {
    const to = owned(contact, id);
    if (!to || !contact) return gone;
    const attachments = (said.attachments ?? []).map(anAttachment);
    const content = said.content?.trim() ? said.content : null;
    if (!content && attachments.length === 0)
      return failure("invalid", "must not be empty", { field: "content" });
    const known = to.messages.find(({ echo_id }) => echo_id === echo);
    if (known) return success(known);
    return success(
      write(to, {
        content,
        attachments,
        echo_id: echo,
        message_type: "incoming",
        sender: senderOf(contact),
      }),
    );
  }

  function start(
    contact: PublicContact | undefined,
    { echo_id, message }: StartConversation,
  ): Result<PublicConversation> {
    if (!contact) return gone;
    const known = [...stored.values()].find(
      (one) => echo_id && one.startEchoId === echo_id && one.contactId === contact.id,
    );
    const id = known?.record.id ?? nextId();
    const made: Stored = known ?? {
      contactId: contact.id,
      startEchoId: echo_id,
      messages: [],
      record: aPublicConversation({ id, created_at: seconds(), last_activity_at: seconds() }),
    };
    stored.set(id, made);
    if (!known) hear(contact.id, (socket) => socket.emit("conversation:created", whole(made)));
    if (message) sendMessage(contact, id, message, message.echo_id);
    return success(whole(made));
  }

  const listOf = (contact: PublicContact | undefined) =>
    [...stored.values()]
      .filter(({ contactId }) => contactId === contact?.id)
      .map(({ record, messages }) => Object.assign({}, record, { messages: messages.slice(-1) }));

  function patchContact(contact: PublicContact, input: CreateContact): PublicContact {
    const { custom_attributes, identifier_hash: _, ...fields } = input;
    const merged = Object.entries({ ...contact.custom_attributes, ...custom_attributes });
    const next = {
      ...contact,
      ...fields,
      custom_attributes: Object.fromEntries(merged.filter(([, value]) => value !== null)),
    } as PublicContact;
    contacts.set(next.id, next);
    return next;
  }

  return {
    contacts,
    stored,
    sockets,
    nextId,
    byToken,
    bySource,
    owned,
    must,
    page,
    whole,
    hear,
    tellMessage,
    write,
    change,
    sendMessage,
    start,
    listOf,
    patchContact,
  };
}
