// What every room is built from: the database, the events, the clock and the configuration.
import type { Config } from "./config.ts";
import type { DatabaseConnection } from "./database/connection.ts";
import type { Events } from "./events.ts";

export interface RoomDeps extends Pick<DatabaseConnection, "db" | "pool"> {
  events: Events;
  clock: () => Date;
  config: Pick<Config, "publicUrl" | "secret">;
}
