// What every part of the widget needs of addresses: the pieces of the visitor's doors, and where the socket is.

export const part = (value: string | number): string =>
  typeof value === "string" && value.startsWith(":") ? value : encodeURIComponent(String(value));

const inbox = (token: string) => `/public/api/v1/inboxes/${part(token)}`;
const contacts = (token: string) => `${inbox(token)}/contacts`;
export const contact = (token: string, source: string) => `${contacts(token)}/${part(source)}`;
export const conversations = (token: string, source: string) =>
  `${contact(token, source)}/conversations`;
export const conversation = (token: string, source: string, id: string | number) =>
  `${conversations(token, source)}/${part(id)}`;
export const messages = (token: string, source: string, id: string | number) =>
  `${conversation(token, source, id)}/messages`;

/** What the widget needs at once; the rest of `publicPaths` would be weight. */
export const widgetPaths = { inbox, contacts, contact };
/** Path of the Socket.IO engine, and one namespace for each audience. */
export const SOCKET_PATH = "/realtime";
export const VISITOR_NAMESPACE = "/visitor";
export const AGENT_NAMESPACE = "/agent";
