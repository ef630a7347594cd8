// What a visitor's browser asks before there is a conversation, over the function that knows HTTP.
import { widgetPaths as paths } from "../protocol/path-parts.ts";
import type { Rest } from "./rest.ts";
import type { InboxRest } from "./visitor-transport.ts";

/** `inbox` is the public identifier that the script tag names. */
export function createInboxRest(rest: Rest, inbox: string): InboxRest {
  return {
    getInbox: () => rest("GET", paths.inbox(inbox)),
    createContact: (body) => rest("POST", paths.contacts(inbox), { body }),
    updateContact: (source, body) => rest("PATCH", paths.contact(inbox, source), { body }),
    post: (path, body) => rest("POST", path, { body }),
  };
}
