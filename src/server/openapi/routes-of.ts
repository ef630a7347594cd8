// Every route that the application declares, as the router has heard of it.
import type { z } from "zod";
import type { RestDoor } from "../http/door.ts";

export interface DeclaredRoute {
  method: string;
  /** The router's pattern, such as `/api/v1/accounts/:account/agents`. */
  url: string;
  body?: z.ZodType;
  querystring?: z.ZodType;
  params?: z.ZodType;
  response: Record<string, z.ZodType>;
}

interface RouteSchemas extends Partial<DeclaredRoute> {
  hide?: boolean;
}

/** Begins to listen for routes, so before the first one is declared. The list grows with them. */
export function collectRoutes(app: RestDoor): DeclaredRoute[] {
  const routes: DeclaredRoute[] = [];
  app.addHook("onRoute", ({ method, url, schema }) => {
    const { hide, ...schemas } = (schema ?? {}) as RouteSchemas;
    if (hide) return;
    for (const name of [method].flat()) {
      // Fastify answers HEAD wherever it answers GET.
      if (name !== "HEAD") {
        routes.push({ ...schemas, response: schemas.response ?? {}, method: name, url });
      }
    }
  });
  return routes;
}
