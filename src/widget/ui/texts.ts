// Every word of the widget that a visitor can read or hear. English; a language is one such object.
// Names of roles (dialog, log, buttons) are part of the contract with tests: change them with care.
import { launcherTexts } from "./texts-launcher.ts";

export const texts = {
  ...launcherTexts,
  introduction: "Ask us anything…",
  online: "We are online",
  away: "We are away and will reply as soon as we can",
  newConversation: "New conversation",
  conversations: "Your conversations",
  noConversations: "No conversations yet. Write to us and the answers will appear here.",
  loadingConversations: "Loading your conversations",
  loadingMessages: "Loading messages",
  back: "Back",
  menu: "More options",
  endChat: "End chat",
  messages: "Messages",
  message: "Message",
  placeholder: "Write a message…",
  send: "Send",
  you: "You",
  team: "Support team",
  today: "Today",
  yesterday: "Yesterday",
  sending: "Sending…",
  sent: "Sent",
  seen: "Seen",
  notSent: "Not sent.",
  retry: "Try again",
  discard: "Delete",
  isTyping: (name: string) => `${name} is typing`,
  saidBy: (name: string, text: string) => `${name}: ${text}`,
  jumpToLatest: "Jump to latest",
  newMessages: (count: number) => `${count} new ${count === 1 ? "message" : "messages"}`,
  closed: "This conversation is closed. Write to open it again, or start a new one.",
  startHint: "Tell us what you need. We answer right here.",
  reconnecting: "Reconnecting… What you write is kept and sent.",
  offline: "You are offline. What you write is kept and sent later.",
  opensInNewTab: "opens in a new tab",
};

/** What to tell a visitor of a failure, by its code. */
export const failureTexts: Record<string, string> = {
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

export const failureText = (code: string): string =>
  failureTexts[code] ?? failureTexts["internal"] ?? "";
