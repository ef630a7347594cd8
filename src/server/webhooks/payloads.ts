// The bodies of deliveries: the records as they are when the event is picked up, and what has changed.
import type { WebhookEvent } from "../../protocol/lists.ts";
import { changedAttributes } from "./meaning.ts";
import type { Subject } from "./subjects.ts";

/** The body for one webhook event, or nothing when there is nothing left to tell, or nobody's business. */
export function payloadOf(event: WebhookEvent, subject: Subject): object | undefined {
  const { account, inbox, conversation, message, contact, row } = subject;
  const common = { event, account, inbox };
  switch (event) {
    case "conversation_created":
      return conversation && { ...common, ...conversation };
    case "conversation_status_changed":
    case "conversation_updated":
      return (
        conversation && {
          ...common,
          ...conversation,
          changed_attributes: changedAttributes(row.changes),
        }
      );
    case "message_created":
    case "message_updated":
      // The quiet lines are our own words about what other events tell.
      if (!message || !conversation || message.message_type === "activity") return undefined;
      return { ...common, ...message, source_id: null, additional_attributes: {}, conversation };
    case "contact_created":
      return contact && { ...common, ...contact };
    case "contact_updated":
      return (
        contact && { ...common, ...contact, changed_attributes: changedAttributes(row.changes) }
      );
    case "webwidget_triggered":
      return (
        contact && {
          ...common,
          id: row.contact_inbox_id,
          contact,
          current_conversation: conversation ?? null,
          event_info: row.changes["event_info"]?.[1] ?? {},
        }
      );
  }
}
