// Messages as a reader sees them: by day, and in groups of one sender within one minute.
import type { Message, Sender } from "../../protocol/records.ts";
import type { RichText } from "../../protocol/rich-text.ts";
import type { ShownFile } from "../store/files.ts";
import type { OutboxEntry } from "../store/outbox.ts";
import { contentOf } from "./words.ts";

export interface ShownMessage {
  /** The same before and after the server has confirmed it. */
  key: string;
  text: string;
  /** What the text says as Markdown, if that is more. */
  tree: RichText | undefined;
  files: ShownFile[];
  /** Milliseconds since 1970. */
  at: number;
  state: "sending" | "sent" | "seen" | "failed";
  /** The visitor has looked for it. */
  isFound?: boolean;
  /** The message, where it is more than its text. */
  rich?: Message | undefined;
  /** The outbox's entry, as long as there is one. */
  entry?: OutboxEntry;
}

export interface MessageGroup {
  key: string;
  isOwn: boolean;
  sender: Sender | null;
  messages: ShownMessage[];
}

/** A line between messages: what became of the conversation, or where the new ones begin. */
export interface Mark {
  key: string;
  /** After the message or change of this number. */
  seq: number;
  /** Milliseconds since 1970. */
  at: number;
  text: string;
  isFresh?: boolean | undefined;
}

export interface MessageDay {
  key: string;
  at: number;
  groups: (MessageGroup | Mark)[];
}

const MINUTE_MS = 60_000;

export const isMark = (one: MessageGroup | Mark | undefined): one is Mark =>
  one !== undefined && "text" in one;

interface Line extends ShownMessage {
  isOwn: boolean;
  sender: Sender | null;
}

function lineOf(message: Message, agentSeenSeq: number): Line {
  return {
    key: message.echo_id ?? String(message.id),
    text: contentOf(message) ?? "",
    tree: message.content_tree,
    rich: message.content_type === "text" ? undefined : message,
    files: message.attachments,
    at: message.created_at * 1_000,
    state: message.seq <= agentSeenSeq ? "seen" : "sent",
    isOwn: message.message_type === "incoming",
    sender: message.sender,
  };
}

function lineOfEntry(entry: OutboxEntry): Line {
  return {
    key: entry.echo_id,
    text: entry.content,
    tree: undefined,
    files: entry.files ?? [],
    at: entry.createdAt,
    state: entry.state,
    entry,
    isOwn: true,
    sender: null,
  };
}

function belongs(group: MessageGroup, line: Line): boolean {
  const last = group.messages.at(-1);
  if (!last || group.isOwn !== line.isOwn || last.state === "failed") return false;
  const first = group.messages[0] ?? last;
  const isSameMinute = Math.floor(first.at / MINUTE_MS) === Math.floor(line.at / MINUTE_MS);
  return isSameMinute && (line.isOwn || group.sender?.id === line.sender?.id);
}

/** What waits in the outbox comes last, whatever its clock says. */
export function groupMessages(
  messages: Message[],
  waiting: OutboxEntry[],
  options: {
    agentSeenSeq: number;
    dayKey: (at: number) => string;
    found?: number | undefined;
    marks?: Mark[];
  },
): MessageDay[] {
  const known = new Set(messages.map(({ echo_id }) => echo_id));
  const days: MessageDay[] = [];
  function dayOf(at: number): MessageDay {
    const key = options.dayKey(at);
    const last = days.at(-1);
    if (last?.key === key) return last;
    const day = { key, at, groups: [] };
    days.push(day);
    return day;
  }
  function add(line: Line): void {
    const { isOwn, sender, ...message } = line;
    const { groups } = dayOf(message.at);
    const group = groups.at(-1);
    if (group && !isMark(group) && belongs(group, line)) group.messages.push(message);
    else groups.push({ key: message.key, isOwn, sender, messages: [message] });
  }
  const marks = (options.marks ?? []).toSorted((a, b) => a.seq - b.seq);
  function markUpTo(seq: number): void {
    for (let mark = marks[0]; mark && mark.seq < seq; mark = marks[0]) {
      dayOf(mark.at).groups.push(mark);
      marks.shift();
    }
  }
  for (const message of messages) {
    markUpTo(message.seq);
    const line = lineOf(message, options.agentSeenSeq);
    add(message.id === options.found ? { ...line, isFound: true } : line);
  }
  markUpTo(Infinity);
  for (const entry of waiting) if (!known.has(entry.echo_id)) add(lineOfEntry(entry));
  return days;
}
