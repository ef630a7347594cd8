// Who may do what in the application API: one row for each operation. Add yours.
import type { AccessWorld } from "./access-world.ts";

/**
 * - `administrators`: agents are told that they may not
 * - `inbox`: members of the inbox; for others it is not there
 * - `conversation`: the same, but not who may see his own conversations only
 * - `member`: members of the inbox; others are told that they may not
 * - `account`: every agent of the account
 * - `contacts`: every agent to whom contacts are open; others are told that they may not
 * - `wholeInbox`: of them, members of the inbox who may see all of it; others are told that they may not
 * - `maker`: the agent who made it, and administrators; for others it is not there
 * - `owner`: the agent who made it; for others it is not there
 */
export type Who =
  | "administrators"
  | "inbox"
  | "conversation"
  | "member"
  | "account"
  | "contacts"
  | "wholeInbox"
  | "maker"
  | "owner";

export interface AccessRow {
  method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  /** Below the account, with the names of `things` in it. */
  path: string;
  who: Who;
  body?: object | ((world: AccessWorld) => object | Promise<object>);
  /** What the body names is not there for another account's administrator in his own. */
  bodyNames?: true;
}

const team = { name: "sales" };
const role = { name: "Lead", permissions: ["contact_manage"] };
const label = { title: "billing" };
const canned = { short_code: "hi", content: "Hello" };
const attribute = { attribute_display_name: "Plan", attribute_key: "plan" };
const hook = { url: "https://example.com/hook", subscriptions: ["message_created"] };
const tool = { name: "Tool", scopes: ["all"] };
const attributes = "/custom_attribute_definitions";

/** What a path may name, made when a row needs it. */
export const things: Record<
  string,
  (world: AccessWorld) => number | Promise<number> | Promise<string>
> = {
  agent: ({ people }) => people.outsider.id,
  inbox: (world) => world.inbox,
  contact: (world) => world.contact,
  conversation: (world) => world.conversation(),
  message: (world) => world.message(),
  question: (world) => world.question(),
  role: (world) => world.made("/custom_roles", role),
  team: (world) => world.made("/teams", team),
  label: (world) => world.made("/labels", label),
  canned: (world) => world.made("/canned_responses", canned),
  attribute: (world) => world.made(attributes, attribute),
  webhook: (world) => world.made("/webhooks", hook),
  delivery: async (world) => world.delivery(await world.made("/webhooks", hook)),
  token: (world) => world.own("/access_tokens", tool),
  snooze: async (world) => world.own("/snoozes", await aSnooze(world)),
  filter: (world) => world.own("/custom_filters", { name: "mine", query: {} }),
};

const rows = (
  who: Who,
  path: string,
  methods: AccessRow["method"][],
  body?: AccessRow["body"],
): AccessRow[] =>
  methods.map((method) =>
    method === "GET" || body === undefined ? { method, path, who } : { method, path, who, body },
  );

const inboxMembers = ({ inbox, people }: AccessWorld) => ({
  inbox_id: inbox,
  user_ids: [people.agent.id],
});
const users = ({ people }: AccessWorld) => ({ user_ids: [people.agent.id] });
const newcomer = () => ({
  name: "Bea",
  email: `${crypto.randomUUID()}@example.com`,
  role: "agent",
});

const aFile = () => {
  const form = new FormData();
  form.set("attachments[]", new Blob(["hello"]), "hello.txt");
  return form;
};

const ofVisitor = ({ inbox, contact }: AccessWorld) => ({ inbox_id: inbox, contact_id: contact });
const aSnooze = async (world: AccessWorld) => ({ object_id: await world.conversation() });
const twoContacts = async (world: AccessWorld) => ({
  base_contact_id: world.contact,
  mergee_contact_id: await world.made("/contacts", { name: "Vera" }),
});
const inInbox = ({ inbox }: AccessWorld) => ({ inbox_id: inbox });
const naming = (named: AccessRow[]) =>
  named.map((row): AccessRow => Object.assign(row, { bodyNames: true }));

/** What administrators keep, and who reads it. */
const administration: AccessRow[] = [
  ...rows("account", "/", ["GET"]),
  ...rows("administrators", "/", ["PATCH"], { name: "New" }),
  ...rows("administrators", "/audit_logs", ["GET"]),
  ...rows("account", "/agents", ["GET"]),
  ...rows("administrators", "/agents", ["POST"], newcomer),
  ...rows("administrators", "/agents/:agent", ["PATCH", "DELETE"], { auto_offline: false }),
  ...rows("administrators", "/custom_roles", ["GET", "POST"], role),
  ...rows("administrators", "/custom_roles/:role", ["GET", "PATCH", "DELETE"], role),
  ...rows("account", "/inboxes", ["GET"]),
  ...rows("administrators", "/inboxes", ["POST"], { name: "Shop" }),
  ...rows("inbox", "/inboxes/:inbox", ["GET"]),
  ...rows("administrators", "/inboxes/:inbox", ["PATCH", "DELETE"], { name: "Shop" }),
  ...rows("inbox", "/inbox_members/:inbox", ["GET"]),
  ...naming(rows("administrators", "/inbox_members", ["POST", "PATCH", "DELETE"], inboxMembers)),
  ...rows("account", "/teams", ["GET"]),
  ...rows("administrators", "/teams", ["POST"], team),
  ...rows("account", "/teams/:team", ["GET"]),
  ...rows("administrators", "/teams/:team", ["PATCH", "DELETE"], team),
  ...rows("account", "/teams/:team/team_members", ["GET"]),
  ...rows("administrators", "/teams/:team/team_members", ["POST", "PATCH", "DELETE"], users),
  ...rows("account", "/labels", ["GET"]),
  ...rows("administrators", "/labels", ["POST"], label),
  ...rows("account", "/labels/:label", ["GET"]),
  ...rows("administrators", "/labels/:label", ["PATCH", "DELETE"], label),
  ...rows("account", attributes, ["GET"]),
  ...rows("administrators", attributes, ["POST"], attribute),
  ...rows("account", `${attributes}/:attribute`, ["GET"]),
  ...rows("administrators", `${attributes}/:attribute`, ["PATCH", "DELETE"], attribute),
  ...rows("administrators", "/webhooks", ["GET", "POST"], hook),
  ...rows("administrators", "/webhooks/:webhook", ["PATCH", "DELETE"], hook),
  ...rows("administrators", "/webhooks/:webhook/rotate_secret", ["POST"], {}),
  ...rows("administrators", "/webhooks/:webhook/deliveries", ["GET"]),
  ...rows("administrators", "/webhooks/:webhook/deliveries/:delivery/redeliver", ["POST"], {}),
];

/** What agents work with. */
const work: AccessRow[] = [
  ...rows("account", "/canned_responses", ["GET", "POST"], canned),
  ...rows("account", "/canned_responses/:canned", ["PATCH", "DELETE"], canned),
  ...rows("account", "/custom_filters", ["GET", "POST"], { name: "mine", query: {} }),
  ...rows("owner", "/custom_filters/:filter", ["GET", "PATCH", "DELETE"], { name: "his" }),
  ...rows("contacts", "/contacts", ["GET", "POST"], { name: "Bob" }),
  ...rows("contacts", "/contacts/search?q=vera", ["GET"]),
  ...rows("contacts", "/contacts/filter", ["POST"], {}),
  ...rows("contacts", "/contacts/:contact", ["GET", "PUT", "PATCH"], { name: "Vera" }),
  ...rows("administrators", "/contacts/:contact", ["DELETE"]),
  ...rows("contacts", "/contacts/:contact/conversations", ["GET"]),
  ...rows("contacts", "/contacts/:contact/contactable_inboxes", ["GET"]),
  ...rows("wholeInbox", "/contacts/:contact/contact_inboxes", ["POST"], inInbox),
  ...rows("contacts", "/contacts/:contact/labels", ["GET", "POST"], { labels: ["one"] }),
  ...rows("contacts", "/contacts/:contact/block", ["POST"], {}),
  ...rows("contacts", "/contacts/:contact/unblock", ["POST"], {}),
  ...naming(rows("contacts", "/actions/contact_merge", ["POST"], twoContacts)),
  ...rows("account", "/access_tokens", ["GET", "POST"], tool),
  ...rows("maker", "/access_tokens/:token", ["DELETE"]),
  ...rows("administrators", "/profile_tokens", ["GET"]),
  ...rows("administrators", "/profile_tokens/:agent", ["DELETE"]),
  ...rows("account", "/snoozes", ["GET"]),
  ...naming(rows("conversation", "/snoozes", ["POST"], aSnooze)),
  ...rows("conversation", "/snoozes/:snooze", ["GET", "PATCH", "DELETE"], { message: "Later" }),
  ...rows("account", "/conversations", ["GET"]),
  ...naming(rows("member", "/conversations", ["POST"], ofVisitor)),
  ...rows("account", "/conversations/meta", ["GET"]),
  ...rows("account", "/conversations/filter", ["POST"], {}),
  ...rows("account", "/conversations/search?q=hi", ["GET"]),
  ...rows("conversation", "/conversations/:conversation", ["GET", "PATCH"], { priority: "low" }),
  ...rows("conversation", "/conversations/:conversation/messages", ["GET", "POST"], {
    content: "Hi",
  }),
  ...rows("conversation", "/conversations/:conversation/attachments", ["POST"], aFile),
  ...rows("conversation", "/conversations/:conversation/messages/:message", ["DELETE"]),
  ...rows("conversation", "/conversations/:conversation/labels", ["GET", "POST"], {
    labels: ["one"],
  }),
  ...rows("conversation", "/conversations/:conversation/participants", ["GET", "POST"], users),
  ...rows("conversation", "/conversations/:conversation/participants", ["PATCH", "DELETE"], users),
  ...rows("conversation", "/conversations/:conversation/custom_attributes", ["POST"], {
    custom_attributes: { plan: "pro" },
  }),
  ...rows("conversation", "/conversations/:conversation/assignments", ["POST"], {
    assignee_id: null,
  }),
  ...rows("conversation", "/conversations/:conversation/toggle_status", ["POST"], {
    status: "resolved",
  }),
  ...rows("conversation", "/conversations/:conversation/toggle_priority", ["POST"], {
    priority: "high",
  }),
  ...rows("conversation", "/conversations/:conversation/update_last_seen", ["POST"], {}),
  ...rows("conversation", "/conversations/:conversation/transcript", ["POST"], {
    email: "a@b.test",
  }),
  ...rows("conversation", "/conversations/:conversation/mute", ["POST"], {}),
  ...rows("conversation", "/conversations/:conversation/unmute", ["POST"], {}),
];

export const accessTable: AccessRow[] = [...administration, ...work];

/** What a row asks in a world, with what it names. */
export async function requestOf(row: AccessRow, of: AccessWorld) {
  let { path } = row;
  for (const [, name = ""] of row.path.matchAll(/:(\w+)/g)) {
    path = path.replace(`:${name}`, String(await things[name]?.(of)));
  }
  const body = typeof row.body === "function" ? await row.body(of) : row.body;
  return { method: row.method, account: of.account, path, body };
}
