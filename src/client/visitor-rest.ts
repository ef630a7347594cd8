// All of the visitor's REST calls, over the function that knows HTTP.
import { widgetPaths } from "../protocol/path-parts.ts";
import { chatPaths as paths } from "../protocol/paths-of-chats.ts";
import { createInboxRest } from "./inbox-rest.ts";
import type { Rest } from "./rest.ts";
import type { VisitorRest } from "./visitor-transport.ts";

/** `inbox` is the public identifier that the script tag names. */
export function createVisitorRest(rest: Rest, inbox: string): VisitorRest {
  return {
    ...createInboxRest(rest, inbox),
    getContact: (source) => rest("GET", widgetPaths.contact(inbox, source)),
    listConversations: (source) => rest("GET", paths.conversations(inbox, source)),
    getConversation: (source, id) => rest("GET", paths.conversation(inbox, source, id)),
    listMessages: (source, id, query = {}) =>
      rest("GET", paths.messages(inbox, source, id), { query }),
    searchMessages: (source, q) => rest("GET", paths.search(inbox, source), { query: { q } }),
  };
}
