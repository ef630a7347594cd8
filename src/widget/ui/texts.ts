// Every word of the widget that a visitor can read or hear. English; languages/ holds the others.
// Names of roles (dialog, log, buttons) are part of the contract with tests: change them with care.
import { spoken } from "./spoken.ts";
import { launcherEnglish } from "./texts-launcher.ts";

export const english = {
  ...launcherEnglish,
  online: "We are online",
  onlineShort: "Online",
  awayShort: "Replies later",
  away: "We reply as soon as we can",
  newConversation: "New conversation",
  continueConversation: "Continue the conversation",
  closedOnes: (count: number) => `Closed (${count})`,
  search: "Search your messages",
  conversations: "Your conversations",
  noConversations: "No conversations yet. Write to us and the answers will appear here.",
  loadingConversations: "Loading your conversations",
  loadingMessages: "Loading messages",
  back: "Back",
  menu: "More options",
  messages: "Messages",
  unreadShort: "unread",
  message: "Message",
  placeholder: "Write a message…",
  send: "Send",
  attach: "Attach files",
  camera: "Take a photo",
  emoji: "Emoji",
  you: "You",
  team: "Support team",
  today: "Today",
  yesterday: "Yesterday",
  sending: "Sending…",
  sent: "Sent",
  seen: "Seen",
  notSent: "Not sent.",
  discard: "Delete",
  isTyping: (name: string) => `${name} is typing`,
  saidBy: (name: string, text: string) => `${name}: ${text}`,
  jumpToLatest: "Jump to latest",
  /** Above the first message that is new. */
  unreadFrom: "New messages",
  joined: (name: string) => `${name} joined`,
  endedByYou: "You closed the chat",
  ended: "The chat was closed",
  newMessages: (count: number) => `${count} new ${count === 1 ? "message" : "messages"}`,
  closed: "This conversation is closed. Write to open it again, or start a new one.",
  startHint: "Tell us what you need. We answer right here.",
  reconnecting: "Reconnecting… Your messages are kept.",
  offline: "You are offline. Your messages are kept.",
  /** What to tell a visitor of a failure, by its code. */
  failure: (code: string): string => failures[code] ?? failures["internal"] ?? "",
};

export const texts = spoken("chat", english);

const failures: Record<string, string> = {
  invalid: "This message cannot be sent. Shorten it or write it differently.",
  too_large: "This message is too long. Send it in parts.",
  too_many_requests: "Too many messages at once. Wait a moment and try again.",
  forbidden: "You cannot write in this conversation. Start a new one.",
  not_found: "This conversation does not exist any more. Start a new one.",
  conflict: "This conversation has changed. Try again.",
  protocol_mismatch: "The chat has a new version. Reload the page to go on.",
  origin_not_allowed: "The chat is not set up for this website.",
  unreachable: "The server cannot be reached. Check your connection and try again.",
  internal: "Something went wrong on our side. Try again in a moment.",
};
