// Names of the sockets' rooms: who hears what. Each is used in one namespace only.

/** Visitors' namespace. */
export const visitorRooms = {
  /** One browser's identity, in however many tabs. */
  contactInbox: (id: number) => `contact_inbox:${id}`,
  /** The browsers of one verified contact, in one inbox: what they may see ends there. */
  verifiedContact: (contactId: number, inboxId: number) => `contact:${contactId}:inbox:${inboxId}`,
  /** Everybody who looks at an inbox's widget. */
  inbox: (id: number) => `inbox-visitors:${id}`,
};

/** Agents' namespace. */
export const agentRooms = {
  account: (id: number) => `account:${id}`,
  /** They see every inbox of the account, also those to come. */
  administrators: (accountId: number) => `administrators:${accountId}`,
  /** Members of an inbox who see all of it. */
  inbox: (id: number) => `inbox:${id}`,
  /** Members of an inbox who see what nobody has taken, and their own. */
  unassigned: (inboxId: number) => `inbox:${inboxId}:unassigned`,
  /** A member of an inbox who does not see all of it: what he is assigned to or follows there. */
  own: (inboxId: number, userId: number) => `inbox:${inboxId}:user:${userId}`,
  /** One user's sockets in one account. */
  member: (accountId: number, userId: number) => `member:${accountId}:${userId}`,
  user: (id: number) => `user:${id}`,
  session: (id: string) => `session:${id}`,
  /** Those of a user who came with his own token, not with a session's. */
  ownToken: (userId: number) => `token:${userId}`,
};
