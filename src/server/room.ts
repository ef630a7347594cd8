// What every room is built from: the database, the events, the clock and the configuration.
import type { Attachments } from "./attachments/attachments.ts";
import type { Config } from "./config.ts";
import type { DatabaseConnection } from "./database/connection.ts";
import type { Events } from "./events.ts";
import type { UsualReplies } from "./inboxes/usual-replies.ts";
import type { UsualMessages } from "./messages/usual-messages.ts";
import type { Jobs } from "./jobs/jobs.ts";
import type { RateLimits } from "./rate-limits/rate-limits.ts";

export interface RoomDeps extends Pick<DatabaseConnection, "db" | "pool"> {
  events: Events;
  usualMessages: UsualMessages;
  /** What must be done later, or until it succeeds. Handlers are set while the app is put together. */
  jobs: Jobs;
  usualReplies: UsualReplies;
  attachments: Attachments;
  rateLimits: RateLimits;
  clock: () => Date;
  config: Pick<Config, "publicUrl" | "secret" | "mail">;
}
