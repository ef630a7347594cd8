// Every list says how many there are and where the others are, by RFC 8288; and none is longer than a page.
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { listPageSchema } from "../../protocol/request-fields.ts";
import type { ListPage } from "../../protocol/request-fields.ts";
import type { RestDoor } from "./door.ts";

declare module "fastify" {
  interface FastifyReply {
    /** Says where the other pages of a list are, and how much there is. */
    paged(page: { page: number; perPage: number; total: number }): FastifyReply;
    /** The same of a list that is read from one of its items onwards: the queries of what is beside it. */
    besides(links: Partial<Record<"prev" | "next", string>>, total?: number): FastifyReply;
  }
}

/** Lists that nobody else cuts into pages, and how each is found in its answer. */
type Cut = (payload: unknown) => { list: unknown[]; withPage: (page: unknown[]) => unknown };

const cutList: Cut = (payload) => ({ list: payload as unknown[], withPage: (page) => page });
const cutPayload: Cut = (payload) => ({
  list: (payload as { payload: unknown[] }).payload,
  withPage: (page) => ({ ...(payload as object), payload: page }),
});

function cutOf(answer: unknown): Cut | undefined {
  if (answer instanceof z.ZodArray) return cutList;
  const isEnvelope = answer instanceof z.ZodObject && answer.shape["payload"] instanceof z.ZodArray;
  return isEnvelope ? cutPayload : undefined;
}

/** Whether a query chooses a part of the list: then its route says what is beside it. */
export const choosesPart = (query: unknown): boolean =>
  query instanceof z.ZodObject && ("page" in query.shape || "before" in query.shape);

/** Before the first route is declared. */
export function pageLists(app: RestDoor): void {
  app.decorateReply("paged", function paged(this: FastifyReply, { page, perPage, total }) {
    const last = Math.max(1, Math.ceil(total / perPage));
    const links = { first: 1, prev: page - 1, next: page + 1, last };
    const linkTo = linksFrom(this.request);
    const there = Object.entries(links)
      .filter(([, number]) => number >= 1 && number <= last && number !== page)
      .map(([rel, number]) => linkTo(rel, number));
    return withHeaders(this, there, total);
  });
  app.decorateReply("besides", function besides(this: FastifyReply, links, total) {
    const there = Object.entries(links).map(([rel, url]) => `<${url}>; rel="${rel}"`);
    return withHeaders(this, there, total);
  });

  const cuts = new WeakMap<object, Cut>();
  app.addHook("onRoute", (route) => {
    const { schema } = route;
    const answer = (schema?.response as Record<string, unknown> | undefined)?.["200"];
    const cut = cutOf(answer);
    const isRead = route.method === "GET" && route.url.startsWith("/api/v1/");
    if (!schema || !cut || !isRead || choosesPart(schema.querystring)) return;
    const asked = schema.querystring instanceof z.ZodObject ? schema.querystring : z.object({});
    schema.querystring = asked.extend(listPageSchema.shape);
    cuts.set(schema, cut);
  });
  app.addHook("preSerialization", async (request, reply, payload) => {
    const cut = cuts.get(request.routeOptions.schema ?? {});
    if (!cut || reply.statusCode !== 200) return payload;
    const { page, per_page: perPage } = request.query as ListPage;
    const { list, withPage } = cut(payload);
    reply.paged({ page, perPage, total: list.length });
    return withPage(list.slice((page - 1) * perPage, page * perPage));
  });
}

/** Links to other pages of what is asked for. */
function linksFrom({ url }: FastifyRequest): (rel: string, page: number) => string {
  const [path = ""] = url.split("?", 1);
  const query = new URLSearchParams(url.slice(path.length));
  return (rel, page) => {
    query.set("page", String(page));
    return `<${path}?${query.toString()}>; rel="${rel}"`;
  };
}

function withHeaders(reply: FastifyReply, links: string[], total: number | undefined) {
  if (links.length > 0) reply.header("link", links.join(", "));
  return total === undefined ? reply : reply.header("total-count", String(total));
}
