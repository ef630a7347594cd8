// The visitor's REST calls, over the function that knows HTTP.
import { publicPaths } from "../protocol/paths.ts";
import type { Rest } from "./rest.ts";
import type { VisitorRest } from "./visitor-transport.ts";

/** `inbox` is the public identifier that the script tag names. */
export function createVisitorRest(rest: Rest, inbox: string): VisitorRest {
  return {
    getInbox: () => rest("GET", publicPaths.inbox(inbox)),
    createContact: (body) => rest("POST", publicPaths.contacts(inbox), { body }),
    getContact: (source) => rest("GET", publicPaths.contact(inbox, source)),
    updateContact: (source, body) => rest("PATCH", publicPaths.contact(inbox, source), { body }),
    listConversations: (source) => rest("GET", publicPaths.conversations(inbox, source)),
    getConversation: (source, id) => rest("GET", publicPaths.conversation(inbox, source, id)),
    listMessages: (source, id, page = {}) =>
      rest("GET", publicPaths.messages(inbox, source, id), { query: { before: page.before } }),
    searchMessages: (source, q) => rest("GET", publicPaths.search(inbox, source), { query: { q } }),
  };
}
