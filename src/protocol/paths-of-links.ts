// Addresses of links to the chat and to conversations: a file of its own, for the widget's part that needs it: the first stage carries all else.
import { contact, conversation, part } from "./path-parts.ts";

/** Makes a link that leads back to a conversation. */
export const conversationLinkPath = (token: string, source: string, id: string | number) =>
  `${conversation(token, source, id)}/link`;
/** Says where such a link leads. */
export const openLinkPath = (token: string, source: string) =>
  `${contact(token, source)}/open_link`;
/** The hosted page of an inbox: the chat by itself, for links and QR codes. */
export const chatPagePath = (inbox: string) => `/chat/${part(inbox)}`;
