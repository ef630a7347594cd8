// The words of the pages about webhooks and the log.
import type { AuditAction, WebhookDeliveryState } from "../../../protocol/lists.ts";

export const webhookTexts = {
  list: "Webhooks",
  create: "New webhook",
  url: "Address",
  urlHint: "An https address that takes POST requests. Private and local addresses are refused.",
  events: "Events",
  inbox: "Of which inbox",
  everyInbox: "Every inbox",
  secret: "Signing secret",
  secretText: "Check the signature of each request with this secret. It is shown this one time.",
  rotate: "New secret",
  rotateTitle: "Make a new signing secret?",
  rotateText: "Until the overlap is over, requests carry the signatures of both secrets.",
  overlap: "The present one goes on for",
  overlaps: { "0": "not at all", "3600": "an hour", "86400": "a day", "604800": "a week" },
  rotatedUntil: (until: string) => `The secret before signs until ${until}.`,
  on: "On",
  off: "Off",
  failing: "Failing",
  failingSince: (since: string) => `Every delivery since ${since} has failed.`,
  switchedOff: {
    failing: (since: string) =>
      `Switched off by Parlor on ${since}: every delivery had failed for days. Mend the receiver, then switch it on again.`,
    gone: (since: string) =>
      `Switched off by Parlor on ${since}: the receiver said that it is gone for good.`,
  },
  switchOn: "Switch on again",
  enabled: "Deliver events",
  enabledHint: "What happens while it is off is not delivered later.",
  deliveries: "Deliveries",
  settings: "Settings",
  tabs: "Parts of the webhook",
  removeText: "Nothing is delivered to it any more, and its log is gone.",
  emptyTitle: "No webhooks yet",
  emptyText: "Have your own systems hear of each message as it comes.",
  noDeliveries: "Nothing has been delivered yet.",
  states: {
    pending: "Waiting",
    delivered: "Delivered",
    parked: "Given up",
  } satisfies Record<WebhookDeliveryState, string>,
  state: "Show",
  attempts: (count: number) => (count === 1 ? "1 attempt" : `${count} attempts`),
  payload: "Payload",
  answer: "Answer",
  noAnswer: "No answer",
  nextAttempt: (when: string) => `next attempt ${when}`,
  tookMs: (ms: number) => `${ms} ms`,
  redeliver: "Deliver again",
  redelivered: "On its way again.",
  refresh: "Refresh",
} as const;

export const auditTexts = {
  empty: "Nothing has been changed yet.",
  nothing: "nothing",
  types: {
    AccountUser: "agent",
    Inbox: "inbox",
    Team: "team",
    Label: "label",
    CannedResponse: "canned response",
    CustomAttributeDefinition: "custom attribute",
    Webhook: "webhook",
    Account: "account",
  } as Record<string, string>,
  did: (who: string, action: AuditAction, type: string, id: number) =>
    `${who} ${{ create: "created", update: "changed", destroy: "deleted" }[action]} ${type} #${id}`,
  changes: (count: number) => (count === 1 ? "1 value" : `${count} values`),
} as const;
