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
  /** Members of an inbox. */
  inbox: (id: number) => `inbox:${id}`,
  /** One user's sockets in one account. */
  member: (accountId: number, userId: number) => `member:${accountId}:${userId}`,
  user: (id: number) => `user:${id}`,
  session: (id: string) => `session:${id}`,
};
