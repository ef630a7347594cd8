// Pages and scripts: the widget for other sites, the desk, the demo; their caching and their policies.
import type { FastifyReply, FastifyRequest } from "fastify";
import { firstWebsiteToken } from "../inboxes/inboxes.ts";
import type { RoomDeps } from "../room.ts";
import type { RestDoor } from "./door.ts";
import { notFoundFailure } from "./failures.ts";
import { hostilePageOf } from "./hostile-pages.ts";
import { isNamedByBuild } from "./kept-builds.ts";
import type { KeptBuilds } from "./kept-builds.ts";
import { chooseEncoding, createAsset, createWebAssets } from "./web-assets.ts";
import type { Asset } from "./web-assets.ts";

/** What stands in demo pages where a script tag names its inbox. */
const TOKEN_PLACEHOLDER = "WEBSITE_TOKEN";

const ONE_YEAR_IMMUTABLE = "public, max-age=31536000, immutable";
const ASK_EACH_TIME = "no-cache";
/** A fix of the widget reaches every site within minutes, and no page ever waits for the question. */
const FRESH_FOR_MINUTES = "public, max-age=300, stale-while-revalidate=86400";

/** @param frames what the page may show in frames */
const contentSecurityPolicy = (frameAncestors: string, frames: string) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob: https:",
    "font-src 'self'",
    "media-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    `frame-src ${frames}`,
    "base-uri 'none'",
    "form-action 'self'",
    `frame-ancestors ${frameAncestors}`,
  ].join("; ");

/** The desk shows a preview of the widget, which is one of the pages. */
const policies = {
  desk: contentSecurityPolicy("'none'", "'self'"),
  page: contentSecurityPolicy("'self'", "'none'"),
};

function headersOf(name: string, type: string): Record<string, string> {
  const headers: Record<string, string> = { "content-type": type };
  if (name === "widget.js") headers["cache-control"] = FRESH_FOR_MINUTES;
  else if (isNamedByBuild(name)) headers["cache-control"] = ONE_YEAR_IMMUTABLE;
  else headers["cache-control"] = ASK_EACH_TIME;
  if (name === "widget.js" || name.startsWith("widget/")) {
    headers["access-control-allow-origin"] = "*";
  }
  // A script tag asks without CORS; what a script imports comes with it.
  if (name === "widget.js") headers["cross-origin-resource-policy"] = "cross-origin";
  if (type.startsWith("text/html")) {
    const isDesk = name.startsWith("desk/");
    headers["content-security-policy"] = isDesk ? policies.desk : policies.page;
    headers["x-frame-options"] = isDesk ? "DENY" : "SAMEORIGIN";
    headers["referrer-policy"] = "strict-origin-when-cross-origin";
    headers["cross-origin-opener-policy"] = "same-origin";
    headers["permissions-policy"] = "camera=(), geolocation=(), microphone=()";
  }
  return headers;
}

/** Answers an asset in the best form that the client reads, or that it has it already. */
export function sendAsset(
  request: FastifyRequest,
  reply: FastifyReply,
  name: string,
  asset: Asset,
) {
  const encoding = chooseEncoding(asset.bodies, request.headers["accept-encoding"]);
  const etag = `"${asset.etag}-${encoding}"`;
  reply.headers(headersOf(name, asset.type)).header("etag", etag).header("vary", "Accept-Encoding");
  const held = request.headers["if-none-match"]?.split(",").map((tag) => tag.trim());
  // A proxy that compresses for itself weakens the tag; it is the same content none the less.
  if (held?.some((tag) => tag === "*" || tag.replace(/^W\//, "") === etag)) {
    return reply.code(304).send();
  }
  if (encoding !== "identity") reply.header("content-encoding", encoding);
  return reply.send(asset.bodies[encoding] ?? asset.bodies.identity);
}

/** The router leaves out a slash at the end, which makes the difference between a file and a folder. */
function pathOf(url: string): string {
  try {
    return decodeURIComponent(url.replace(/[?#].*$/, "").slice(1));
  } catch {
    return "";
  }
}

export interface WebFilesDeps extends Pick<RoomDeps, "db"> {
  webDirectory: string;
  keptBuilds: KeptBuilds;
}

/** Serves a folder of built files. Answers what reads them ahead of the first request. */
export function serveWebFiles(
  app: RestDoor,
  { db, webDirectory, keptBuilds }: WebFilesDeps,
): () => Promise<void> {
  const assets = createWebAssets(webDirectory);
  const written = new Map<Asset, Promise<Asset>>();

  /** A demo page with the token of the first inbox written in. */
  async function withToken(name: string, page: Asset): Promise<Asset> {
    const ready = written.get(page);
    if (ready) return await ready;
    const token = await firstWebsiteToken(db);
    if (token === undefined) return page;
    const text = page.bodies.identity.toString().replaceAll(TOKEN_PLACEHOLDER, token);
    const asset = createAsset(name, Buffer.from(text));
    written.set(page, asset);
    return await asset;
  }

  async function find(path: string): Promise<{ name: string; asset: Asset } | undefined> {
    const name = path === "" || path.endsWith("/") ? `${path}index.html` : path;
    const asset = (await assets.find(name)) ?? (await keptBuilds.find(name));
    if (asset) {
      const isDemoPage = name.startsWith("demo/") && name.endsWith(".html");
      return { name, asset: isDemoPage ? await withToken(name, asset) : asset };
    }
    // The desk routes for itself: any path without a file is one of its screens.
    const isScreen = path.startsWith("desk/") && !path.startsWith("desk/assets/");
    if (!isScreen || name === "desk/index.html") return undefined;
    return await find("desk/index.html");
  }

  app.get("/", { schema: { hide: true } }, (_request, reply) => reply.redirect("/desk/"));
  app.get("/*", { schema: { hide: true } }, async (request, reply) => {
    const path = pathOf(request.url);
    // Their relative links need the folder's slash.
    if (/^(desk|demo(\/(app|hostile))?)$/.test(path)) return reply.redirect(`/${path}/`);
    const found = await find(path);
    if (found && /^demo\/hostile\/.*\.html$/.test(found.name)) {
      const { headers, body } = hostilePageOf(found.asset);
      return reply.headers({ ...headersOf(found.name, found.asset.type), ...headers }).send(body);
    }
    return found ? sendAsset(request, reply, found.name, found.asset) : reply.fail(notFoundFailure);
  });
  return () => assets.warmUp();
}
