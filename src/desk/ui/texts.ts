// Every word that the desk shows, and the words for what went wrong.
import type { Availability, ConversationStatus } from "../../protocol/lists.ts";
import type { Failure } from "../../protocol/result.ts";
import type { ConnectionStatus } from "../store/connection.ts";
import type { ColorScheme } from "../store/layout.ts";
import type { ViewName } from "../store/views.ts";
import { workspaceShortcutTexts } from "./texts-workspace.ts";

export const texts = {
  product: "Parlor",
  signInTitle: "Sign in to Parlor",
  email: "E-mail",
  password: "Password",
  signIn: "Sign in",
  signingIn: "Signing in…",
  signOut: "Sign out",
  sessionExpired: "Your session has ended. Sign in again to go on.",
  wrongCredentials: "This e-mail and password do not match. Check both and try again.",
  missingCredentials: "Enter your e-mail and your password.",
  retry: "Try again",
  reload: "Reload",
  views: "Views",
  skipToThread: "Skip to the conversation",
  availability: "Your availability",
  conversations: "Conversations",
  conversationList: "Conversation list",
  showMore: "Show more",
  loadingConversations: "Loading conversations",
  loadingMessages: "Loading messages",
  messages: "Messages",
  reply: "Reply",
  note: "Private note",
  replyHint: "Write a reply…",
  noteHint: "Write a note that only your team sees…",
  send: "Send",
  sendHint: "Enter to send, Shift+Enter for a new line",
  addNote: "Add note",
  resolve: "Resolve",
  reopen: "Reopen",
  snooze: "Snooze",
  unsnooze: "Wake now",
  snoozeUntilReply: "Until the next reply",
  snoozeLaterToday: "Later today",
  snoozeTomorrow: "Tomorrow",
  snoozeNextWeek: "Next week",
  snoozeField: "Or say when",
  snoozeHint: "in 2 hours · friday 9:30 · 24 Dec 8am",
  snoozeUnknown: "Write a time to come, such as “in 2 hours”, “friday 9:30” or “24 Dec 8am”.",
  snoozeReply: "reply",
  snoozeTheNextReply: "the next reply",
  assign: "Assign",
  assignToMe: "Assign to me",
  unassign: "Unassign",
  unassigned: "Unassigned",
  back: "Back",
  contact: "Contact",
  allCommands: "All commands",
  showContact: "Contact details",
  closeContact: "Close contact details",
  verified: "Verified identity",
  notVerified: "Identity not verified",
  name: "Name",
  phone: "Phone",
  identifier: "Identifier",
  attributes: "Attributes",
  conversationAttributes: "Conversation attributes",
  conversation: "Conversation",
  number: "Number",
  status: "Status",
  inbox: "Inbox",
  assignee: "Assignee",
  started: "Started",
  lastActivity: "Last activity",
  firstReply: "First reply",
  waitingSince: "Waiting since",
  none: "–",
  sending: "Sending…",
  failed: "Not sent.",
  discard: "Edit again",
  seen: "Seen",
  you: "You",
  system: "Parlor",
  newMessages: "New",
  latest: "Jump to the latest messages",
  undo: "Undo",
  dismiss: "Dismiss",
  copy: "Copy",
  shortcuts: "Keyboard shortcuts",
  palette: "Commands",
  paletteHint: "What do you want to do?",
  paletteEmpty: "No command has this name.",
  close: "Close",
  colorScheme: "Colours",
  account: "Account",
  noSelectionTitle: "Pick a conversation",
  noSelectionText: "Choose one from the list, or move with J and K and open with Enter.",
  missingTitle: "This conversation is not here",
  missingText: "It may have been deleted, or it belongs to an inbox that you do not see.",
  noMessages: "No messages yet. Say hello.",
  firstRunTitle: "Put the chat on your website",
  firstRunText:
    "Paste this tag before the closing body tag of your pages. Visitors' conversations arrive here by themselves.",
  firstRunDemo: "Or try it first on the demo page",
  attachment: "Attachment",
  settings: "Settings",
  settingsFailed: "The settings could not be loaded.",
  leaveTitle: "Leave without saving?",
  leaveText: "What you have changed on this page is not saved yet.",
  leave: "Discard changes",
  stay: "Keep editing",
  skipToSettings: "Skip to the settings",
} as const;

export const viewTexts: Record<ViewName, { name: string; emptyTitle: string; emptyText: string }> =
  {
    open: {
      name: "Open",
      emptyTitle: "All done",
      emptyText: "No open conversations. New ones arrive here by themselves.",
    },
    mine: {
      name: "Mine",
      emptyTitle: "Nothing assigned to you",
      emptyText: "Take one from Unassigned: open it and press A.",
    },
    unassigned: {
      name: "Unassigned",
      emptyTitle: "Everything has an owner",
      emptyText: "Conversations that nobody has taken yet arrive here.",
    },
    snoozed: {
      name: "Snoozed",
      emptyTitle: "Nothing is snoozed",
      emptyText: "Conversations that sleep until later are kept here.",
    },
    resolved: {
      name: "Resolved",
      emptyTitle: "Nothing resolved yet",
      emptyText:
        "Press E in a conversation to resolve it. It reopens when the visitor writes again.",
    },
    all: {
      name: "All",
      emptyTitle: "No conversations yet",
      emptyText: "Every conversation of your account is listed here.",
    },
  };

export const availabilityTexts: Record<Availability, string> = {
  available: "Available",
  busy: "Busy",
  offline: "Offline",
};

export const statusTexts: Record<ConversationStatus, string> = {
  open: "Open",
  pending: "Pending",
  snoozed: "Snoozed",
  resolved: "Resolved",
};

export const schemeTexts: Record<ColorScheme, string> = {
  auto: "Like the system",
  light: "Light",
  dark: "Dark",
};

export const connectionTexts: Record<ConnectionStatus, string> = {
  connecting: "Connecting…",
  live: "Connected",
  reconnecting: "Connection lost. Reconnecting… Your messages will be sent then.",
  refused: "The server refused the live connection. Reload the page to go on.",
};
export const outdatedText = "Parlor has been updated. Reload the page to go on.";

export const visitorName = (contactId: number): string => `Visitor ${contactId}`;
export const unreadText = (count: number): string => `${count} unread`;
export const waitingText = (duration: string): string => `Waiting ${duration}`;
export const assignedText = (name: string): string => `Assigned to ${name}`;
export const snoozedUntilText = (when: string): string => `Snoozed until ${when}`;
export const numberText = (id: number): string => `#${id}`;
export const typingText = (names: readonly string[]): string =>
  names.length === 1 ? `${names[0]} is typing…` : `${names.join(" and ")} are typing…`;
export const announceText = (name: string, content: string): string =>
  `New message from ${name}: ${content}`;
export const goToText = (view: string): string => `Go to ${view}`;
export const setAvailabilityText = (availability: string): string => `Set yourself ${availability}`;
export const schemeCommandText = (scheme: string): string => `Colours: ${scheme}`;

/** What happened and what to do about it, as one sentence or two. */
export function failureText(error: Failure): string {
  switch (error.code) {
    case "unreachable":
      return "The server cannot be reached. Check your connection and try again.";
    case "unauthenticated":
      return "Your session has ended. Sign in again.";
    case "forbidden":
      return "You are not allowed to do this. Ask an administrator.";
    case "not_found":
      return "This no longer exists. Reload the page to see what is there.";
    case "too_many_requests":
      return error.retryAfterSeconds === undefined
        ? "That was too fast. Wait a moment and try again."
        : `That was too fast. Try again in ${error.retryAfterSeconds} seconds.`;
    case "too_large":
    case "invalid":
      return "The server does not take this. Shorten or change it and try again.";
    case "conflict":
      return "Somebody else changed this at the same time. Look again and repeat.";
    case "protocol_mismatch":
      return outdatedText;
    case "origin_not_allowed":
    case "internal":
      return "Something went wrong on the server. Try again in a moment.";
    default:
      return error.code satisfies never;
  }
}

/** The keys, in the order of the dialog that shows them. */
export const shortcutTexts: readonly { keys: readonly string[]; does: string }[] = [
  { keys: ["J"], does: "Next conversation" },
  { keys: ["K"], does: "Previous conversation" },
  { keys: ["Enter"], does: "Open the conversation" },
  { keys: ["R"], does: "Write a reply" },
  { keys: ["N"], does: "Write a private note" },
  { keys: ["A"], does: "Assign" },
  { keys: ["S"], does: "Snooze" },
  { keys: ["E"], does: "Resolve or reopen" },
  ...workspaceShortcutTexts,
  { keys: [","], does: "Settings" },
  { keys: ["?"], does: "Keyboard shortcuts" },
  { keys: ["Esc"], does: "Close, or leave the field" },
];
