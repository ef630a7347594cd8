// Addresses that the widget needs once the chat is there.
import { contact, conversation, conversations, messages } from "./path-parts.ts";

export const chatPaths = {
  conversations,
  conversation,
  messages,
  search: (token: string, source: string) => `${contact(token, source)}/search`,
};
