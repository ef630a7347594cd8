// The words of short notices: what was done, what failed.
import type { Discarded, Notice } from "../store/toasts.ts";
import { failureText, numberText } from "./texts.ts";
import { snoozeFailureText, snoozeNoticeText } from "./texts-snooze.ts";
import { workspaceNoticeText } from "./texts-workspace.ts";

const failedActions = {
  assign: "The assignment was not saved.",
  resolve: "The conversation was not resolved.",
  reopen: "The conversation was not reopened.",
  snooze: "The conversation was not snoozed.",
  sign_out: "You are still signed in.",
  label: "The label was not changed.",
  priority: "The priority was not changed.",
  mute: "The conversation's notifications were not changed.",
  block: "The contact was not changed.",
  contact: "The contact was not changed.",
  view: "The view was not changed.",
  discard: "It was not deleted.",
  follow: "The followers were not changed.",
  availability: "Your availability was not changed.",
} as const;

const discardedTexts: Record<Discarded, (name: string) => string> = {
  message: () => "Message deleted",
  label: (name) => `Label “${name}” deleted`,
  team: (name) => `Team “${name}” deleted`,
  canned_response: (name) => `“/${name}” deleted`,
  custom_attribute: (name) => `Attribute “${name}” deleted`,
  webhook: () => "Webhook deleted",
};

function reasonOf({ doing, error }: Extract<Notice, { kind: "failed" }>): string {
  return (doing === "snooze" && snoozeFailureText(error)) || failureText(error);
}

export function noticeText(notice: Notice): string {
  switch (notice.kind) {
    case "resolved":
      return `${numberText(notice.conversationId)} resolved`;
    case "reopened":
      return `${numberText(notice.conversationId)} reopened`;
    case "snoozed":
    case "contact_snoozed":
    case "snooze_changed":
    case "snooze_ended":
      return snoozeNoticeText(notice);
    case "assigned":
      return notice.agentName === null
        ? `${numberText(notice.conversationId)} unassigned`
        : `${numberText(notice.conversationId)} assigned to ${notice.agentName}`;
    case "team_assigned":
    case "priority_set":
    case "label_removed":
    case "muted":
    case "unmuted":
    case "view_deleted":
      return workspaceNoticeText(notice);
    case "discarded":
      return discardedTexts[notice.what](notice.name);
    case "merged":
      return `Merged with ${notice.name}`;
    case "contact_deleted":
      return notice.name === "" ? "Contact deleted" : `${notice.name} deleted`;
    case "blocked":
      return "Contact blocked";
    case "unblocked":
      return "Contact no longer blocked";
    case "copied":
      return "Copied";
    case "copy_failed":
      return "The browser does not allow copying here. Select the text and copy it by hand.";
    case "failed":
      return `${failedActions[notice.doing]} ${reasonOf(notice)}`;
    default:
      return notice satisfies never;
  }
}
