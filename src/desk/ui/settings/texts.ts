// The words that the settings' pages share.
export const sectionTexts = {
  inboxes: {
    name: "Inboxes",
    intro: "Each inbox is a chat on your websites, with its own looks, texts and agents.",
  },
  agents: {
    name: "Agents",
    intro:
      "Who answers. Agents see the inboxes that they are members of; administrators see everything.",
  },
  roles: {
    name: "Roles",
    intro: "What some agents may do, where it is not what every agent may.",
  },
  teams: { name: "Teams", intro: "Groups of agents that a conversation can be given to." },
  labels: { name: "Labels", intro: "Words that sort conversations and contacts." },
  "canned-responses": {
    name: "Canned responses",
    intro: "Answers that your team gives often. Type / in a reply to use one.",
  },
  attributes: {
    name: "Custom attributes",
    intro: "What your team keeps about contacts and conversations beyond the usual.",
  },
  webhooks: { name: "Webhooks", intro: "Addresses of your own that hear of what happens here." },
  "audit-log": {
    name: "Audit log",
    intro: "Who has changed what in these settings, the latest first.",
  },
  profile: { name: "Profile", intro: "How visitors and colleagues see you, and your password." },
  "access-tokens": {
    name: "Access tokens",
    intro: "Keys for tools and scripts that act in your name.",
  },
} as const;

export const texts = {
  groups: { account: "Account", self: "You" },
  loading: "Loading",
  save: "Save",
  saving: "Saving…",
  saved: "Saved",
  reset: "Discard changes",
  cancel: "Cancel",
  create: "Create",
  remove: "Delete",
  name: "Name",
  description: "Description",
  color: "Colour",
  colorPicker: "Colour picker",
  none: "None",
  all: "All",
  members: "Members",
  membersNone: "There are no other agents yet. Invite some on the page “Agents”.",
  done: "Done",
  showMore: "Show more",
  notHereTitle: "This page is not here",
  notHereText: "It may be for administrators only, or the address has a slip in it.",
  missingTitle: "Not found",
  missingText: "This no longer exists. Somebody may have deleted it.",
  onceTitle: "Copy it now",
  onceText: "For safety it is shown this one time and never again.",
} as const;

/** The server goes on after the field's name; here the field stands above it. */
export const problemText = (said: string): string =>
  `${said.charAt(0).toUpperCase()}${said.slice(1)}${/[.!?]$/.test(said) ? "" : "."}`;
