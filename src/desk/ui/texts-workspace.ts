// The words of what agents do with conversations and contacts beside answering.
import type { ConversationPriority } from "../../protocol/lists.ts";
import type { Notice } from "../store/toasts.ts";

export const workspaceTexts = {
  cannedResponses: "Canned responses",
  more: "More actions",
  labels: "Labels",
  changeLabels: "Labels…",
  labelsHint: "Find a label",
  labelsEmpty: "No label has this name.",
  labelsNone: "There are no labels yet. An administrator adds them in the settings.",
  priority: "Priority",
  changePriority: "Priority…",
  priorityHint: "How urgent is it?",
  noPriority: "No priority",
  team: "Team",
  noTeam: "No team",
  mute: "Mute and resolve",
  unmute: "Unmute",
  muted: "Muted",
  mutedHint: "Muted: new messages do not open it or count as unread",
  followers: "Followers",
  changeFollowers: "Followers…",
  followersHint: "Find an agent",
  nobodyFound: "Nobody has this name.",
  follow: "Follow this conversation",
  unfollow: "Stop following this conversation",
  snooze: "Snooze…",
} as const;

export const priorityTexts: Record<ConversationPriority, string> = {
  urgent: "Urgent",
  high: "High",
  medium: "Medium",
  low: "Low",
};

export const cannedCountText = (count: number): string =>
  count === 1 ? "1 canned response" : `${count} canned responses`;
export const priorityText = (priority: ConversationPriority): string =>
  `Priority: ${priorityTexts[priority]}`;
export const teamText = (name: string): string => `Team: ${name}`;
export const inboxText = (name: string): string => `Inbox: ${name}`;
export const labelText = (name: string): string => `Label: ${name}`;
export const removeLabelText = (name: string): string => `Remove label ${name}`;
export const moreLabelsText = (count: number): string => `${count} more labels`;
export const assignToText = (name: string): string => `Assign to ${name}`;

type WorkspaceNotice = Extract<
  Notice,
  {
    kind: "team_assigned" | "priority_set" | "label_removed" | "muted" | "unmuted" | "view_deleted";
  }
>;

export function workspaceNoticeText(notice: WorkspaceNotice): string {
  switch (notice.kind) {
    case "team_assigned":
      return notice.teamName === null
        ? `#${notice.conversationId} taken from its team`
        : `#${notice.conversationId} given to team ${notice.teamName}`;
    case "priority_set":
      return notice.priority === null
        ? `#${notice.conversationId} has no priority now`
        : `#${notice.conversationId} has priority ${priorityTexts[notice.priority].toLowerCase()}`;
    case "label_removed":
      return `Label ${notice.label} removed`;
    case "view_deleted":
      return `View “${notice.name}” deleted`;
    case "muted":
      return `#${notice.conversationId} muted and resolved`;
    case "unmuted":
      return `#${notice.conversationId} no longer muted`;
    default:
      return notice satisfies never;
  }
}

/** More keys, in the order of the dialog that shows them. */
export const workspaceShortcutTexts: readonly { keys: readonly string[]; does: string }[] = [
  { keys: ["L"], does: "Labels" },
  { keys: ["P"], does: "Priority" },
  { keys: ["M"], does: "Mute or unmute" },
  { keys: ["/"], does: "Search; in the text of a reply: canned responses" },
  { keys: ["F"], does: "Filter the list" },
];
