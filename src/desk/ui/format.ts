// Times and names as people read them, in the browser's own language and time zone.
import type { Message } from "../../protocol/records.ts";
import { plainText } from "../../protocol/rich-text.ts";
import { contactTexts } from "./texts-contact.ts";
import { texts, visitorName } from "./texts.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** "now", "5m", "3h", "2d", then a date. */
export function formatAgo(atMs: number, nowMs: number): string {
  const age = Math.max(0, nowMs - atMs);
  if (age < MINUTE_MS) return "now";
  return age < 7 * DAY_MS ? formatDuration(age) : formatDate(atMs, nowMs);
}

/** "1m", "3h", "2d": at least a minute, one unit. */
export function formatDuration(durationMs: number): string {
  if (durationMs < HOUR_MS) return `${Math.max(1, Math.floor(durationMs / MINUTE_MS))}m`;
  if (durationMs < DAY_MS) return `${Math.floor(durationMs / HOUR_MS)}h`;
  return `${Math.floor(durationMs / DAY_MS)}d`;
}

/** Day and month, with the year where it is another. */
export function formatDate(atMs: number, nowMs: number): string {
  const isThisYear = new Date(atMs).getFullYear() === new Date(nowMs).getFullYear();
  return new Intl.DateTimeFormat(undefined, {
    day: "numeric",
    month: "short",
    ...(isThisYear ? {} : { year: "numeric" }),
  }).format(atMs);
}

/** "Today", "Yesterday", else weekday and date. */
export function formatDay(atMs: number, nowMs: number): string {
  const days = Math.round((startOfDay(nowMs) - startOfDay(atMs)) / DAY_MS);
  if (days === 0) return "Today";
  if (days === 1) return "Yesterday";
  const weekday = new Intl.DateTimeFormat(undefined, { weekday: "long" }).format(atMs);
  return `${weekday}, ${formatDate(atMs, nowMs)}`;
}

export function formatTime(atMs: number): string {
  return new Intl.DateTimeFormat(undefined, { timeStyle: "short" }).format(atMs);
}

export function formatFull(atMs: number): string {
  return new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" }).format(
    atMs,
  );
}

/** Date and time, as short as they can be told apart. */
export function formatWhen(atMs: number, nowMs: number): string {
  return `${formatDate(atMs, nowMs)}, ${formatTime(atMs)}`;
}

/** Midnight before this instant, in the browser's time zone. */
export function startOfDay(atMs: number): number {
  return new Date(atMs).setHours(0, 0, 0, 0);
}

/** What is known of him, never what a verified contact merely states; the website's own id only where it is proven. */
export function contactName(contact: {
  id: number;
  name: string | null;
  email: string | null;
  identifier?: string | null;
  hmac_verified?: boolean;
}): string {
  const proven = contact.hmac_verified && contact.identifier;
  return contact.name?.trim() || contact.email || proven || visitorName(contact.id);
}

/** First letters of the first and last word, whatever the script. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/u);
  const first = firstLetter(words[0]);
  return words.length > 1 ? first + firstLetter(words.at(-1)) : first;
}

function firstLetter(word = ""): string {
  return (/[\p{L}\p{N}]/u.exec(word)?.[0] ?? "").toLocaleUpperCase();
}

/** What a message says, without its form. */
export function wordsOf({ content, content_tree: tree, content_attributes }: Message): string {
  if (content_attributes["deleted"] === true) return contactTexts.messageDeleted;
  return tree ? plainText(tree) : (content ?? "");
}

/** A file's size as people say it: `1.2 MB`. */
export function formatSize(bytes: number): string {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;
  const power = Math.min(3, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return new Intl.NumberFormat(undefined, {
    style: "unit",
    unit: units[power] ?? "byte",
    // The short form of a byte has no plural in some languages, English among them.
    unitDisplay: power > 0 ? "short" : "long",
    maximumFractionDigits: power > 1 ? 1 : 0,
  }).format(bytes / 1_000 ** power);
}

/** A message in one line, for a list. */
export function previewOf(message: Message, agentId: number): string {
  const text = wordsOf(message).replace(/\s+/gu, " ").trim().slice(0, 200);
  const shown = text || message.attachments.map((file) => file.file_name).join(", ");
  const isOwn = message.sender?.type === "user" && message.sender.id === agentId;
  return isOwn ? `${texts.you}: ${shown}` : shown;
}
