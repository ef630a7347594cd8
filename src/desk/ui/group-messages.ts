// Turns a thread into what is drawn: day dividers, quiet lines, and messages grouped by who wrote them.
import type { Attachment, Upload } from "../../protocol/records-attachments.ts";
import type { Message, Sender } from "../../protocol/records.ts";
import type { RichText } from "../../protocol/rich-text.ts";
import type { OutboxEntry } from "../store/outbox.ts";
import { startOfDay } from "./format.ts";

/** Messages of one sender closer together than this stand in one group. */
const GROUP_GAP_MS = 3 * 60_000;

/** One bubble: a stored message, or one on its way. */
export interface Bubble {
  key: string;
  /** Null of one on its way. */
  id: number | null;
  isDeleted: boolean;
  content: string;
  /** What its Markdown says, where the text alone does not say as much. */
  tree: RichText | null;
  /** The message, where it asks or shows more than its text. */
  rich: Message | null;
  atMs: number;
  seq: number | null;
  outbox: OutboxEntry | null;
  files: readonly (Attachment | Upload)[];
}

export type ThreadItem =
  | { kind: "day"; key: string; atMs: number }
  | { kind: "new"; key: string }
  | { kind: "activity"; key: string; content: string; atMs: number }
  | {
      kind: "group";
      key: string;
      side: "contact" | "agent";
      isPrivate: boolean;
      sender: Sender | null;
      bubbles: Bubble[];
    };

type Group = Extract<ThreadItem, { kind: "group" }>;
type GroupHead = Pick<Group, "side" | "isPrivate" | "sender">;

interface Input {
  messages: readonly Message[];
  outbox: readonly OutboxEntry[];
  self: Sender;
  /** Messages of others after this number are new; null draws no line. */
  seenSeq: number | null;
}

/** Groups a thread's messages, and those on their way after them. */
export function groupMessages({ messages, outbox, self, seenSeq }: Input): ThreadItem[] {
  const items: ThreadItem[] = [];
  let day = Number.NaN;
  let isNewDrawn = seenSeq === null || seenSeq === 0;

  function startDay(atMs: number): void {
    if (startOfDay(atMs) === day) return;
    day = startOfDay(atMs);
    items.push({ kind: "day", key: `day-${day}`, atMs });
  }

  function add(bubble: Bubble, head: GroupHead): void {
    const last = items.at(-1);
    if (last?.kind === "group" && isSameGroup(last, head, bubble.atMs)) last.bubbles.push(bubble);
    else items.push({ kind: "group", key: `group-${bubble.key}`, ...head, bubbles: [bubble] });
  }

  for (const message of messages) {
    const atMs = message.created_at * 1000;
    const side = message.message_type === "incoming" ? "contact" : "agent";
    startDay(atMs);
    if (!isNewDrawn && side === "contact" && message.seq > (seenSeq ?? 0)) {
      isNewDrawn = true;
      items.push({ kind: "new", key: "new" });
    }
    // The key survives the way from the outbox into the thread: nothing is drawn anew.
    const key = message.echo_id ?? `message-${message.id}`;
    const content = message.content ?? "";
    if (message.message_type === "activity") items.push({ kind: "activity", key, content, atMs });
    else {
      add(
        {
          key,
          id: message.id,
          isDeleted: message.content_attributes["deleted"] === true,
          content,
          tree: message.content_tree ?? null,
          rich: message.content_type === "text" ? null : message,
          atMs,
          seq: message.seq,
          outbox: null,
          files: message.attachments,
        },
        { side, isPrivate: message.private, sender: message.sender },
      );
    }
  }
  for (const entry of outbox) {
    startDay(entry.createdAt);
    add(
      {
        key: entry.echoId,
        id: null,
        isDeleted: false,
        content: entry.content,
        tree: null,
        rich: null,
        atMs: entry.createdAt,
        seq: null,
        outbox: entry,
        files: entry.files ?? [],
      },
      { side: "agent", isPrivate: entry.isPrivate, sender: self },
    );
  }
  return items;
}

function isSameGroup(group: Group, head: GroupHead, atMs: number): boolean {
  const last = group.bubbles.at(-1);
  return (
    group.side === head.side &&
    group.isPrivate === head.isPrivate &&
    group.sender?.type === head.sender?.type &&
    group.sender?.id === head.sender?.id &&
    last !== undefined &&
    atMs - last.atMs < GROUP_GAP_MS
  );
}
