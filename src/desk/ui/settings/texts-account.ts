// The words of the pages about people and their keys.
export const agentTexts = {
  list: "Agents",
  create: "Invite an agent",
  invite: "Invite",
  inviteText: "You get a link for your colleague to choose a password with.",
  email: "E-mail",
  role: "Role",
  roles: { administrator: "Administrator", agent: "Agent" },
  roleHint:
    "Administrators see every inbox and these settings; agents see the inboxes they are members of. What a role of your own allows is on the page “Roles”.",
  ownRoleHint: "This is you. Who is no longer an administrator has to sign in again.",
  invited: "Invited",
  invitedText:
    "Invited, but no password is chosen yet. If the link is lost or a week old, remove this agent and invite anew.",
  knownAlready: "Added. This person has a password already and can sign in with it.",
  link: "Link of the invitation",
  linkText: (name: string, until: string) =>
    `Send this link to ${name}. It is shown this one time, and holds until ${until}.`,
  autoOffline: "Goes offline automatically",
  autoOfflineHint: "Counts as offline while no desk is open.",
  remove: "Remove",
  removeTitle: (name: string) => `Remove ${name} from this account?`,
  removeText:
    "Signed out at once, out of every inbox and team. Conversations that were assigned are nobody's. What was written stays. You can invite the same person again.",
  active: "May work here",
  activeHint:
    "Without it: signed out at once and shut out, but kept in inboxes and teams. Conversations that were assigned are nobody's.",
  deactivated: "Deactivated",
  profileToken: "Token of the profile",
  tokenElsewhere:
    "Opens other accounts, too, and cannot be ended here. Deactivate this agent instead.",
  noTokens: "None: no password is chosen yet.",
  endTokenTitle: (name: string) => `End the token of ${name}'s profile?`,
  endTokenText:
    "Tools that use it are shut out at once. This cannot be undone; a new one stands in the profile then.",
  lastAdministrator: "An account keeps at least one administrator. Make somebody else one first.",
} as const;

export const roleTexts = {
  list: "Roles",
  create: "New role",
  permissionsLabel: "What it allows",
  permissionsHint: "In the inboxes that an agent is a member of.",
  permissions: {
    conversation_manage: {
      name: "All conversations",
      hint: "Whoever they are assigned to.",
    },
    conversation_unassigned_manage: {
      name: "Conversations that nobody has taken",
      hint: "And the agent's own.",
    },
    conversation_participating_manage: {
      name: "Own conversations",
      hint: "Those that the agent is assigned to or follows.",
    },
    contact_manage: {
      name: "Contacts",
      hint: "Find, read and change them, and what they wrote before.",
    },
  },
  nothing: "Nothing",
  holders: (count: number) => (count === 1 ? "1 agent" : `${count} agents`),
  emptyTitle: "No roles of your own",
  emptyText: "Every agent may work on all conversations of their inboxes and on all contacts.",
  removeTitle: (name: string) => `Delete the role “${name}”?`,
  removeText: "No agent has it. This cannot be undone.",
  held: "Agents have this role. Give them another one first.",
} as const;

export const profileTexts = {
  email: "E-mail",
  emailHint: "You sign in with it. It cannot be changed here.",
  displayName: "Shown name",
  displayNameHint: "What visitors and colleagues read. Empty: your name.",
  autoOffline: "Go offline automatically",
  autoOfflineHint: "While no desk of yours is open, visitors see you as offline.",
  password: "Password",
  passwordText:
    "A new password signs you out everywhere else and replaces the access token of your profile.",
  currentPassword: "Present password",
  newPassword: "New password",
  repeated: "The new one again",
  passwordHint: "At least 8 characters: upper and lower case, a number and a special character.",
  different: "is not the same as the one above",
  setPassword: "Change password",
} as const;

export const tokenTexts = {
  list: "Access tokens",
  create: "New access token",
  make: "Create token",
  name: "Name",
  nameHint: "What it is for, such as “Shop import”.",
  token: "Access token",
  scopesLabel: "What it may do",
  scopes: {
    all: { name: "Everything", hint: "Whatever you may do." },
    conversations: { name: "Conversations", hint: "Read and answer conversations." },
    contacts: { name: "Contacts", hint: "Read and change contacts." },
    snooze: { name: "Snooze", hint: "Snooze conversations and contacts, and wake them." },
  },
  ofProfile: "Your profile's token",
  ofProfileText: "Everything you may do, in all your accounts",
  reset: "Replace",
  resetTitle: "Replace your profile's token?",
  neverUsed: "never used",
  lastUsed: (when: string) => `last used ${when}`,
  revoke: "Revoke",
  revokeTitle: (name: string) => `Revoke “${name}”?`,
  revokeText: "Tools that use it are shut out at once. This cannot be undone.",
  emptyTitle: "No tokens for tools",
  emptyText: "Make one for each tool, so that each can be shut out by itself.",
} as const;
