// Sending a message: from a visitor, or from an agent to him or to colleagues.
import type { SQL } from "drizzle-orm";
import type { Message } from "../../protocol/records.ts";
import { success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import type { AgentIdentity } from "../agents/agents.ts";
import type { VisitorIdentity } from "../contacts/visitors.ts";
import { findVisitorById } from "../contacts/visitors.ts";
import { findConversation, notFound, ofAgent, ofVisitor } from "../conversations/find.ts";
import { violatesUnique } from "../database/errors.ts";
import type { Actor } from "../events.ts";
import type { RoomDeps } from "../room.ts";
import type { Statement } from "./create-message-sql.ts";
import {
  createIncomingMessage,
  createOutgoingMessage,
  createPrivateNote,
} from "./create-message-sql.ts";
import { messageOf, publish } from "./created-message.ts";
import type { CreatedRow, FormattedMessage, NewMessage } from "./created-message.ts";
import { findByEchoId } from "./queries.ts";
import type { MessageKind } from "./rich-content/content.ts";
import { onlyText, parseContentAttributes } from "./rich-content/content.ts";
import { parseRichText } from "./rich-text/parse.ts";
import { storeWithFiles } from "./store-with-files.ts";
import type { UsualMessageValues } from "./usual-messages.ts";

type Deps = Pick<
  RoomDeps,
  "db" | "pool" | "events" | "clock" | "usualMessages" | "rateLimits" | "config"
>;

/** Words that are none count as nothing; whoever parsed the message has made sure that something is said. */
function formatted(input: NewMessage & MessageKind): FormattedMessage {
  const { conversationId, echoId, attachments, contentType, contentAttributes } = input;
  const content = input.content?.trim() ? input.content : null;
  const contentTree = content === null ? null : parseRichText(content);
  return {
    conversationId,
    content,
    contentTree,
    contentType,
    contentAttributes,
    echoId,
    attachments,
  };
}

interface Sender {
  /** What `$1` of the statement names. */
  rowId: number;
  accountId: number;
  type: "contact" | "user";
}

function valuesOf(sender: Sender, input: FormattedMessage, now: Date): UsualMessageValues {
  return [
    sender.rowId,
    sender.accountId,
    input.conversationId,
    input.content,
    input.echoId ?? null,
    // As text, which is what the driver would make of it with more work.
    now.toISOString(),
    input.contentTree && JSON.stringify(input.contentTree),
  ];
}

/** Only agents' replies may be more than text: their statement takes two values more. */
const kindOf = (statement: Statement, input: FormattedMessage) =>
  statement === createOutgoingMessage
    ? [input.contentType, JSON.stringify(input.contentAttributes)]
    : [];

/** Runs the statement, or the cheaper one of the usual case; `"repeated"` when this sender has sent this echo id before. */
async function store(
  { pool, usualMessages }: Deps,
  statement: Statement,
  sender: Sender,
  input: FormattedMessage,
  now: Date,
): Promise<CreatedRow | "repeated" | undefined> {
  const values = valuesOf(sender, input, now);
  try {
    if (statement === createIncomingMessage) {
      const row = await usualMessages.store(values);
      if (row) return row;
    }
    const { rows } = await pool.query<CreatedRow>({
      values: [...values, ...kindOf(statement, input)],
      ...statement,
    });
    return rows[0];
  } catch (error) {
    if (violatesUnique(error, "messages_echo_id")) return "repeated";
    throw error;
  }
}

/** Who may have sent it first, and the conversation where: asked only when an echo id is repeated. */
type Repeater = () => Promise<{ actor: Actor; where: SQL | undefined } | undefined>;

async function send(
  deps: Deps,
  statement: Statement,
  sender: Sender,
  input: NewMessage & MessageKind,
  repeater: Repeater,
): Promise<Result<Message>> {
  const { rateLimits } = deps;
  const limitKey = `${sender.accountId}:${input.conversationId}`;
  const allowed = rateLimits.look("message", limitKey);
  if (!allowed.ok) return allowed;
  const sent = await sendOne(deps, statement, sender, input, repeater);
  // Only what was stored counts: whoever may not write here cannot stop those who may.
  if (sent.ok) rateLimits.spend("message", limitKey);
  return sent;
}

async function sendOne(
  deps: Deps,
  statement: Statement,
  sender: Sender,
  input: NewMessage & MessageKind,
  repeater: Repeater,
): Promise<Result<Message>> {
  const now = deps.clock();
  const said = formatted(input);
  if (said.attachments?.length) {
    return await sendFiles(deps, statement, sender, said, said.attachments, repeater);
  }
  const row = await store(deps, statement, sender, said, now);
  if (row === undefined) return notFound();
  if (row === "repeated") return await firstSent(deps, await repeater(), input);
  const message = messageOf(row, statement, said, now);
  publish(deps, row, { type: sender.type, id: row.sender_id }, message, now);
  return success(message);
}

/** The same with files, which are the message's when it is committed, or none is. */
async function sendFiles(
  deps: Deps,
  statement: Statement,
  sender: Sender,
  input: FormattedMessage,
  uploads: string[],
  repeater: Repeater,
): Promise<Result<Message>> {
  const now = deps.clock();
  const stored = await storeWithFiles<CreatedRow>(
    deps.pool,
    {
      ...statement,
      values: [...valuesOf(sender, input, now), ...kindOf(statement, input)],
    },
    (row) => ({
      accountId: row.account_id,
      inboxId: row.inbox_id,
      from: sender.type === "user" ? { userId: sender.rowId } : { contactInboxId: sender.rowId },
    }),
    uploads,
    now,
  );
  if (stored === "repeated") return await firstSent(deps, await repeater(), input);
  if (!stored.ok) return stored;
  const { row, attachments } = stored.data;
  const files = { attachments, public_url: deps.config.publicUrl };
  const message = messageOf(row, statement, input, now, files);
  publish(deps, row, { type: sender.type, id: row.sender_id }, message, now);
  return success(message);
}

async function firstSent(
  { db }: Deps,
  repeated: Awaited<ReturnType<Repeater>>,
  { echoId = "" }: NewMessage,
): Promise<Result<Message>> {
  if (!repeated) return notFound();
  const conversation = await findConversation(db, repeated.where);
  if (!conversation.ok) return conversation;
  const { id: conversationId, display_id: displayId } = conversation.data;
  const first = await findByEchoId(db, { conversationId, displayId }, repeated.actor, echoId);
  return first ? success(first) : notFound();
}

/**
 * Stores a visitor's message; opens a resolved or snoozed conversation again. Sending an `echoId`
 * again answers the first message. Errors: `not_found` (also: somebody else's conversation),
 * `too_many_requests` (in this conversation).
 */
export async function sendVisitorMessage(
  deps: Deps,
  visitor: Pick<VisitorIdentity, "contactInboxId" | "accountId">,
  input: NewMessage,
): Promise<Result<Message>> {
  const { contactInboxId, accountId } = visitor;
  const sender = { rowId: contactInboxId, accountId, type: "contact" } as const;
  const { conversationId, content, echoId, attachments } = input;
  const message = { conversationId, content, echoId, attachments, ...onlyText };
  return await send(deps, createIncomingMessage, sender, message, async () => {
    const present = await findVisitorById(deps.db, contactInboxId);
    if (!present) return undefined;
    const actor: Actor = { type: "contact", id: present.contactId };
    return { actor, where: ofVisitor(present, input.conversationId) };
  });
}

/**
 * Stores an agent's reply, or a note that only agents see, which is text. Errors: as for a visitor's message, and
 * `invalid` (attributes that its type does not allow).
 */
export async function sendAgentMessage(
  deps: Deps,
  agent: AgentIdentity,
  input: NewMessage & Partial<MessageKind> & { private: boolean },
): Promise<Result<Message>> {
  // A note asks nobody anything: whatever kind the request names, its text is all that there is.
  const { contentType, contentAttributes } = input.private ? onlyText : { ...onlyText, ...input };
  const attributes = parseContentAttributes(contentType, contentAttributes);
  if (!attributes.ok) return attributes;
  const message = { ...input, contentType, contentAttributes: attributes.data };
  const { userId, accountId } = agent;
  const statement = input.private ? createPrivateNote : createOutgoingMessage;
  const sender = { rowId: userId, accountId, type: "user" } as const;
  return await send(deps, statement, sender, message, async () => ({
    actor: { type: "user", id: userId },
    where: ofAgent(deps.db, agent, input.conversationId),
  }));
}
