// Every job that Parlor knows: its name, and what it is told.

export interface JobPayloads {
  /** Forgets old deliveries of webhooks. */
  "webhook-deliveries:prune": Record<string, never>;
}

export type JobName = keyof JobPayloads;
