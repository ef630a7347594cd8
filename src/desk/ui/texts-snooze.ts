// The words of snoozing, beside those of the usual times.
import type { Failure } from "../../protocol/result.ts";
import type { Notice } from "../store/toasts.ts";
import { formatFull } from "./format.ts";

export const snoozeTexts = {
  contact: "Snooze contact",
  contactCommand: "Snooze contact…",
  contactHint: "All conversations of this contact sleep that are not resolved.",
  more: "Note and owners",
  note: "Note for whoever works on it then",
  noteHint: "Ask whether the lamp has arrived",
  owners: "Goes to",
  ownersHint: "The first of them who can see it becomes its assignee when it wakes.",
  nobody: "Nobody else than now",
  keepTime: "Save, and keep the time",
  change: "Change",
  wakeAll: "Wake all",
} as const;

export const snoozedByText = (name: string): string => `by ${name}`;
export const goesToText = (names: readonly string[]): string => `then to ${names.join(", or ")}`;
export const togetherText = (count: number): string =>
  count === 1 ? "with its contact" : `with all ${count} of its contact`;

type SnoozeNotice = Extract<
  Notice,
  { kind: "snoozed" | "contact_snoozed" | "snooze_changed" | "snooze_ended" }
>;

const until = (atMs: number | null) =>
  `sleeps until ${atMs === null ? "the next reply" : formatFull(atMs)}`;

export function snoozeNoticeText(notice: SnoozeNotice): string {
  switch (notice.kind) {
    case "snoozed":
      return `#${notice.conversationId} ${until(notice.untilMs)}`;
    case "contact_snoozed":
      return `${notice.name || "The contact"} ${until(notice.untilMs)}`;
    case "snooze_changed":
      return `Changed: it ${until(notice.untilMs)}`;
    case "snooze_ended":
      return notice.count === 1
        ? "1 conversation is awake"
        : `${notice.count} conversations are awake`;
    default:
      return notice satisfies never;
  }
}

/** Where the general words would not say what to do. */
export function snoozeFailureText({ code, fields }: Failure): string | undefined {
  if (code === "conflict") return "This contact has no open conversation.";
  if (fields?.some(({ field }) => field === "user_ids")) {
    return "One of those whom it should go to may not see it. Choose others.";
  }
  if (fields?.some(({ field }) => field === "snoozed_until")) return "Its time has passed.";
  return undefined;
}
