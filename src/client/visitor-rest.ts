// The visitor's REST calls, over the function that knows HTTP.
import { widgetPaths as paths } from "../protocol/paths.ts";
import type { Rest } from "./rest.ts";
import type { VisitorRest } from "./visitor-transport.ts";

/** `inbox` is the public identifier that the script tag names. */
export function createVisitorRest(rest: Rest, inbox: string): VisitorRest {
  return {
    getInbox: () => rest("GET", paths.inbox(inbox)),
    createContact: (body) => rest("POST", paths.contacts(inbox), { body }),
    getContact: (source) => rest("GET", paths.contact(inbox, source)),
    updateContact: (source, body) => rest("PATCH", paths.contact(inbox, source), { body }),
    listConversations: (source) => rest("GET", paths.conversations(inbox, source)),
    getConversation: (source, id) => rest("GET", paths.conversation(inbox, source, id)),
    listMessages: (source, id, page = {}) =>
      rest("GET", paths.messages(inbox, source, id), { query: { before: page.before } }),
    searchMessages: (source, q) => rest("GET", paths.search(inbox, source), { query: { q } }),
    post: (path, body) => rest("POST", path, { body }),
  };
}
