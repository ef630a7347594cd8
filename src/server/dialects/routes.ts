// The other products' APIs that Parlor answers to, over its own rooms.
import type { RestDoor } from "../http/door.ts";
import type { RoomDeps } from "../room.ts";
import { acquireRoutes } from "./acquire/routes.ts";
import { helpcrunchRoutes } from "./helpcrunch/routes.ts";
import { intercomRoutes } from "./intercom/routes.ts";

export async function dialectRoutes(app: RestDoor, deps: RoomDeps): Promise<void> {
  await intercomRoutes(app, deps);
  await helpcrunchRoutes(app, deps);
  await acquireRoutes(app, deps);
}
