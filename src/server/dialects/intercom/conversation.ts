// A conversation with its parts as Intercom's API prints it (seed 002).
import { z } from "zod";
import type { Conversation, Message } from "../../../protocol/records.ts";

const reference = z.object({ type: z.string(), id: z.string().nullable() });

const partSchema = z.object({
  type: z.literal("conversation_part"),
  id: z.string(),
  part_type: z.string(),
  body: z.string().nullable(),
  created_at: z.int(),
  updated_at: z.int(),
  notified_at: z.int(),
  assigned_to: reference.nullable(),
  author: reference,
  attachments: z.array(z.unknown()),
  external_id: z.string().nullable(),
});
type Part = z.infer<typeof partSchema>;

export const intercomConversationSchema = z.object({
  type: z.literal("conversation"),
  id: z.string(),
  created_at: z.int(),
  updated_at: z.int(),
  waiting_since: z.int().nullable(),
  snoozed_until: z.int().nullable(),
  conversation_message: z.object({
    type: z.literal("conversation_message"),
    id: z.string(),
    subject: z.string(),
    body: z.string(),
    author: reference,
    attachments: z.array(z.unknown()),
    url: z.string().nullable(),
  }),
  user: reference,
  customers: z.array(reference),
  assignee: reference,
  conversation_parts: z.object({
    type: z.literal("conversation_part.list"),
    conversation_parts: z.array(partSchema),
    total_count: z.int(),
  }),
  open: z.boolean(),
  state: z.enum(["open", "closed", "snoozed"]),
  read: z.boolean(),
  tags: z.object({
    type: z.literal("tag.list"),
    tags: z.array(z.object({ type: z.literal("tag"), id: z.string(), name: z.string() })),
  }),
});

/** Intercom answers the latest ones only. */
const PARTS_MAX = 500;

const partTypes: Record<string, string> = {
  conversation_snoozed: "snoozed",
  conversation_resolved: "close",
  conversation_reopened: "open",
  conversation_woken: "open",
  conversation_pending: "open",
  assignee_changed: "assignment",
  assignee_self: "assignment",
  assignee_removed: "assignment",
};

/** @param messages all of the conversation, the oldest first */
export function intercomConversation(
  conversation: Conversation,
  messages: readonly Message[],
): z.infer<typeof intercomConversationSchema> {
  const { sender, assignee } = conversation.meta;
  const user = { type: sender.hmac_verified ? "user" : "lead", id: String(sender.id) };
  const authorOf = authorsOf(user);
  const first = messages.find((message) => message.message_type !== "activity");
  const parts = messages.flatMap((message) => (message === first ? [] : partOf(message, authorOf)));
  const updatedAt = messages.at(-1)?.created_at ?? conversation.last_activity_at;
  return {
    type: "conversation",
    id: String(conversation.id),
    created_at: conversation.created_at,
    updated_at: Math.max(updatedAt, conversation.last_activity_at),
    waiting_since: conversation.waiting_since,
    snoozed_until: conversation.snoozed_until,
    conversation_message: {
      type: "conversation_message",
      id: String(first?.id ?? conversation.id),
      subject: "",
      body: htmlOf(first?.content ?? ""),
      author: first ? authorOf(first) : user,
      attachments: first?.attachments ?? [],
      url: null,
    },
    user,
    customers: [user],
    assignee: assignee
      ? { type: "admin", id: String(assignee.id) }
      : { type: "nobody_admin", id: null },
    conversation_parts: {
      type: "conversation_part.list",
      conversation_parts: parts.slice(-PARTS_MAX),
      total_count: parts.length,
    },
    open: conversation.status !== "resolved",
    state: stateOf(conversation),
    read: conversation.unread_count === 0,
    tags: {
      type: "tag.list",
      tags: conversation.labels.map((label) => ({ type: "tag", id: label, name: label })),
    },
  };
}

function stateOf({ status }: Conversation): "open" | "closed" | "snoozed" {
  if (status === "snoozed") return "snoozed";
  return status === "resolved" ? "closed" : "open";
}

type AuthorOf = (message: Message) => z.infer<typeof reference>;

/** A quiet line keeps the id of who did it, whatever he is called now; else it was Parlor itself. */
function authorsOf(user: z.infer<typeof reference>): AuthorOf {
  return ({ sender, content_attributes: { user_id: lineId } }) => {
    if (sender?.type === "contact") return user;
    return adminOf(sender?.id ?? lineId) ?? { type: "bot", id: "0" };
  };
}

function adminOf(id: unknown): z.infer<typeof reference> | null {
  return typeof id === "number" ? { type: "admin", id: String(id) } : null;
}

function partOf(message: Message, authorOf: AuthorOf): Part[] {
  const isLine = message.message_type === "activity";
  const code = String(message.content_attributes["code"]);
  const partType = isLine ? partTypes[code] : message.private ? "note" : "comment";
  if (partType === undefined) return [];
  return [
    {
      type: "conversation_part",
      id: String(message.id),
      part_type: partType,
      body: isLine ? null : htmlOf(message.content ?? ""),
      created_at: message.created_at,
      updated_at: message.created_at,
      notified_at: message.created_at,
      assigned_to: isLine ? adminOf(message.content_attributes["assignee_id"]) : null,
      author: authorOf(message),
      attachments: message.attachments,
      external_id: null,
    },
  ];
}

function htmlOf(text: string): string {
  const escaped = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return escaped === "" ? "" : `<p>${escaped.replaceAll("\n", "<br>")}</p>`;
}

const entities: Record<string, string> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  "#39": "'",
  nbsp: " ",
};

/** The words of HTML: Intercom's clients send it, our messages hold text. */
export function textOfHtml(html: string): string {
  return html
    .replace(/<br\s*\/?>|<\/(?:p|div|li|h[1-6])>/gi, "\n")
    .replace(/<\/?[a-z][^<>]*>/gi, "")
    .replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (all, name: string) => entities[name] ?? all)
    .trim();
}
