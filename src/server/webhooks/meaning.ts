// What an event of ours means to webhooks: which of theirs, in which lane.
import type { WebhookEvent } from "../../protocol/lists.ts";
import type { events } from "../database/event-tables.ts";

export type EventRow = typeof events.$inferSelect;

/** Changes of these are told as `conversation_updated`; the rest, such as what was seen, is bookkeeping. */
const TOLD = new Set([
  "status",
  "snoozed_until",
  "assignee_id",
  "team_id",
  "priority",
  "labels",
  "custom_attributes",
  "waiting_since",
  "first_reply_created_at",
]);

/** In the order in which they are delivered. */
export function webhookEventsOf(row: Pick<EventRow, "name" | "changes">): WebhookEvent[] {
  switch (row.name) {
    case "conversation:created":
      return ["conversation_created"];
    case "conversation:updated":
      return conversationChanges(row.changes);
    case "message:created":
      return ["message_created", ...conversationChanges(row.changes)];
    case "message:updated":
      return ["message_updated"];
    case "contact:created":
      return ["contact_created"];
    case "contact:updated":
      return ["contact_updated"];
    case "widget:opened":
      return ["webwidget_triggered"];
    default:
      return [];
  }
}

function conversationChanges(changes: EventRow["changes"]): WebhookEvent[] {
  return [
    ...("status" in changes ? (["conversation_status_changed"] as const) : []),
    ...(Object.keys(changes).some((key) => TOLD.has(key))
      ? (["conversation_updated"] as const)
      : []),
  ];
}

/** Events of one lane are told one after the other; lanes do not wait for each other. */
export function laneOf(row: EventRow): string {
  if (row.conversation_id !== null) return `conversation:${row.conversation_id}`;
  return `contact:${row.contact_id ?? 0}`;
}

/** `[{ status: { previous_value, current_value } }]`, times as seconds since 1970. */
export function changedAttributes(changes: EventRow["changes"]) {
  return Object.entries(changes)
    .filter(([name]) => TOLD.has(name) || !/_seen_|_unread_|^contact$/.test(name))
    .map(([name, [previous, current]]) => ({
      [name]: { previous_value: tidy(name, previous), current_value: tidy(name, current) },
    }));
}

function tidy(name: string, value: unknown): unknown {
  const isTime = /_(at|until|since)$/.test(name) && typeof value === "string";
  return isTime ? Math.floor(Date.parse(value) / 1000) : (value ?? null);
}
