// Every job that Parlor knows: its name, and what it is told.

export interface JobPayloads {
  /** Puts a label in another's place, or none, wherever it stands. */
  "label:replace": { accountId: number; from: string; to: string | null; userId: number };
  /** Makes the conversations of somebody who has left an account nobody's; `by` took him out. */
  "agent:unassign": { accountId: number; userId: number; by: string };
  /** Removes files that no message has any more, or never had. */
  "attachments:sweep": Record<string, never>;
  /** Forgets old deliveries of webhooks. */
  "webhook-deliveries:prune": Record<string, never>;
}

export type JobName = keyof JobPayloads;
