// Messages as a reader sees them: by day, and in groups of one sender within one minute.
import type { Message, Sender } from "../../protocol/records.ts";
import type { RichText } from "../../protocol/rich-text.ts";
import type { ShownFile } from "../store/files.ts";
import type { OutboxEntry } from "../store/outbox.ts";

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

export interface MessageDay {
  key: string;
  at: number;
  groups: MessageGroup[];
}

const MINUTE_MS = 60_000;

interface Line extends ShownMessage {
  isOwn: boolean;
  sender: Sender | null;
}

function lineOf(message: Message, agentSeenSeq: number): Line {
  return {
    key: message.echo_id ?? String(message.id),
    text: message.content ?? "",
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
  options: { agentSeenSeq: number; dayKey: (at: number) => string },
): MessageDay[] {
  const known = new Set(messages.map(({ echo_id }) => echo_id));
  const lines = [
    ...messages.map((message) => lineOf(message, options.agentSeenSeq)),
    ...waiting.filter(({ echo_id }) => !known.has(echo_id)).map(lineOfEntry),
  ];
  const days: MessageDay[] = [];
  for (const { isOwn, sender, ...message } of lines) {
    const dayKey = options.dayKey(message.at);
    let day = days.at(-1);
    if (day?.key !== dayKey) days.push((day = { key: dayKey, at: message.at, groups: [] }));
    const group = day.groups.at(-1);
    if (group && belongs(group, { isOwn, sender, ...message })) group.messages.push(message);
    else day.groups.push({ key: message.key, isOwn, sender, messages: [message] });
  }
  return days;
}
