// Every job that Parlor knows: its name, and what it is told.

export interface JobPayloads {
  /** Sends a conversation, by its row's id, as it is then. */
  "transcript:mail": {
    conversationId: number;
    to: string;
    /** The reader's: BCP 47, and IANA's name. */
    locale?: string | undefined;
    time_zone?: string | undefined;
  };
  /** Sends an invitation's link; `sealed` is what only this server's secret opens. */
  "invitation:mail": { sealed: string };
  /** Puts a label in another's place, or none, wherever it stands. */
  "label:replace": { accountId: number; from: string; to: string | null; userId: number };
  /** Makes the conversations of somebody who has left an account nobody's; `by` took him out. */
  "agent:unassign": { accountId: number; userId: number; by: string };
  /** Removes files that no message has any more, or never had. */
  "attachments:sweep": Record<string, never>;
  /** Removes pictures of contacts and inboxes that nobody has any more. */
  "avatars:sweep": Record<string, never>;
  /** Forgets old deliveries of webhooks. */
  "webhook-deliveries:prune": Record<string, never>;
}

export type JobName = keyof JobPayloads;
