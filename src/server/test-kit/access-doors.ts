// Who may do what at the other doors: visitors', the own profile's, the dialects', and the open one.
import type { AccessWorld } from "./access-world.ts";

export type Caller =
  | "nobody"
  | "visitor"
  | "otherVisitor"
  | "agent"
  | "limited"
  | "outsider"
  | "foreignAgent"
  | "foreignAdministrator"
  | "administrator";

/** Whoever asks, as far as a request names him: his source id in the path, his user's id in a body. */
export interface Asking {
  caller: Caller;
  source: string;
  userId: number;
}

export interface DoorRow {
  method: string;
  /** As the router declares it. */
  url: string;
  body?: (world: AccessWorld, asking: Asking) => object | Promise<object>;
  expected: Record<Caller, number>;
  /** Where the query is part of what is asked. */
  query?: string;
}

const everybody = (status: number): Record<Caller, number> => ({
  nobody: status,
  visitor: status,
  otherVisitor: status,
  agent: status,
  limited: status,
  outsider: status,
  foreignAgent: status,
  foreignAdministrator: status,
  administrator: status,
});

/** Whoever has an access token, about himself. */
const users = { ...everybody(200), nobody: 401, visitor: 401, otherVisitor: 401 };
/** Of visitors: what is anybody's who has a source id, and is his own. */
const visitors = { ...everybody(404), visitor: 200, otherVisitor: 200 };
/** Of one visitor alone. */
const visitor = { ...everybody(404), visitor: 200 };
/** Of whoever may see the conversation; a token works in its own account. */
const dialect = {
  ...users,
  limited: 404,
  outsider: 404,
  foreignAgent: 404,
  foreignAdministrator: 404,
};

const inbox = "/public/api/v1/inboxes/:inbox";
const contact = `${inbox}/contacts/:source`;
const conversation = `${contact}/conversations/:conversation`;
const profile = "/api/v1/profile";
const followUp = "/dialects/acquire/api/v1/crm/follow-up";
const intercom = "/dialects/intercom/conversations/:conversation";
const nextYear = new Date().getUTCFullYear() + 1;

const nothing = () => ({});
const text = () => ({ content: "Hello", echo_id: crypto.randomUUID() });
const file = () => {
  const form = new FormData();
  form.set("attachments[]", new Blob(["hello"]), "hello.txt");
  return form;
};
const aNote = (_world: AccessWorld, { userId }: Asking) => ({
  admin_id: String(userId),
  message_type: "note",
  body: "Hello",
});
const aFollowUp = async (world: AccessWorld) => ({
  objectType: "case",
  caseId: await world.conversation(),
  contactId: world.contact,
  scheduleDate: `${nextYear}-05-28 12:30:00`,
});

export const doorTable: DoorRow[] = [
  { method: "GET", url: "/health", expected: everybody(200) },
  { method: "GET", url: "/ready", expected: everybody(200) },
  { method: "GET", url: inbox, expected: everybody(200) },
  { method: "POST", url: `${inbox}/contacts`, body: nothing, expected: everybody(200) },
  {
    method: "POST",
    url: "/auth/sign_in",
    body: () => ({ email: `${crypto.randomUUID()}@example.com`, password: "wrong" }),
    expected: everybody(401),
  },
  {
    method: "PUT",
    url: "/auth/password",
    body: () => ({ reset_password_token: crypto.randomUUID(), password: "Better 1 horse" }),
    expected: everybody(422),
  },

  { method: "GET", url: contact, expected: visitors },
  { method: "PATCH", url: contact, body: () => ({ name: "Vera" }), expected: visitors },
  { method: "POST", url: `${contact}/conversations`, body: nothing, expected: visitors },
  { method: "GET", url: `${contact}/conversations`, expected: visitors },
  { method: "POST", url: `${contact}/attachments`, body: file, expected: visitors },
  { method: "GET", url: `${contact}/search`, query: "?q=hello", expected: visitors },
  {
    method: "POST",
    url: `${contact}/events`,
    body: () => ({ name: "webwidget.triggered" }),
    expected: visitors,
  },
  {
    method: "POST",
    url: `${contact}/open_link`,
    body: async (world) => ({ link: await world.link() }),
    expected: visitor,
  },
  { method: "GET", url: conversation, expected: visitor },
  { method: "POST", url: `${conversation}/toggle_status`, body: nothing, expected: visitor },
  {
    method: "POST",
    url: `${conversation}/toggle_typing`,
    body: () => ({ typing_status: "on" }),
    expected: visitor,
  },
  { method: "GET", url: `${conversation}/transcript`, expected: visitor },
  {
    method: "POST",
    url: `${conversation}/transcript`,
    async body(world) {
      // Nothing is sent before somebody has answered.
      await world.message();
      return {};
    },
    expected: visitor,
  },
  { method: "POST", url: `${conversation}/update_last_seen`, body: nothing, expected: visitor },
  { method: "POST", url: `${conversation}/link`, body: nothing, expected: visitor },
  { method: "POST", url: `${conversation}/messages`, body: text, expected: visitor },
  { method: "GET", url: `${conversation}/messages`, expected: visitor },
  {
    method: "PATCH",
    url: `${conversation}/messages/:question`,
    body: () => ({ submitted_values: { email: "vera@example.com" } }),
    expected: visitor,
  },

  { method: "GET", url: profile, expected: users },
  { method: "PUT", url: profile, body: () => ({ display_name: "Ada" }), expected: users },
  { method: "POST", url: `${profile}/reset_access_token`, body: nothing, expected: users },
  ...["POST", "PUT"].map((method) => ({
    method,
    url: `${profile}/availability`,
    body: () => ({ availability: "busy" }),
    expected: users,
  })),
  { method: "DELETE", url: "/auth/sign_out", expected: users },

  { method: "POST", url: `${intercom}/reply`, body: aNote, expected: dialect },
  { method: "POST", url: `${intercom}/parts`, body: aNote, expected: dialect },
  {
    method: "PUT",
    url: "/dialects/helpcrunch/v1/chats/snooze",
    body: async (world) => ({ id: await world.conversation(), snoozedUntil: null }),
    expected: dialect,
  },
  { method: "GET", url: followUp, expected: users },
  { method: "POST", url: followUp, body: aFollowUp, expected: dialect },
  { method: "POST", url: `${followUp}/create`, body: aFollowUp, expected: dialect },
  { method: "GET", url: `${followUp}/:snooze`, expected: dialect },
  { method: "DELETE", url: `${followUp}/:snooze`, expected: dialect },
];
