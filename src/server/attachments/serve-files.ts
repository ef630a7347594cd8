// Gives files out: to whoever holds the address, to be saved and never to be run.
import { Readable } from "node:stream";
import type { FastifyReply, FastifyRequest } from "fastify";
import { and, eq, isNotNull } from "drizzle-orm";
import { filePaths } from "../../protocol/paths.ts";
import { failure } from "../../protocol/result.ts";
import { attachments } from "../database/attachment-tables.ts";
import type { RestDoor } from "../http/door.ts";
import type { RoomDeps } from "../room.ts";
import { findAvatar } from "./avatars.ts";
import { contentDisposition } from "./file-names.ts";
import { thumbnailKey } from "./records.ts";
import type { AttachmentRow } from "./records.ts";
import type { ByteRange } from "./storage.ts";

const notFound = failure("not_found", "Resource could not be found").error;

/** A file never changes; a day is how long a browser may still show one that was removed. */
const CACHED = "private, max-age=86400, immutable";

/**
 * The one range that a header asks for. Undefined: the whole; null: beyond the file. Several at once,
 * and what is no range, count as the whole (RFC 9110, 14.2).
 */
export function rangeOf(header: string | undefined, size: number): ByteRange | null | undefined {
  const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? "") ?? [];
  if (first === "" && last === "") return undefined;
  if (first === "") {
    const start = Math.max(0, size - Number(last));
    return Number(last) === 0 ? null : { start, end: size - 1 };
  }
  const start = Number(first);
  const end = last === "" ? size - 1 : Math.min(Number(last), size - 1);
  if (last !== "" && Number(last) < start) return undefined;
  return start >= size ? null : { start, end };
}

/** As `text/html` a file would ask for trouble; pictures and sounds must say what they are to be shown. */
function typeOf({ file_type, content_type }: AttachmentRow): string {
  if (file_type !== "file") return content_type;
  return content_type === "text/plain" ? "text/plain; charset=utf-8" : "application/octet-stream";
}

function harden(reply: FastifyReply): FastifyReply {
  return reply.headers({
    "content-security-policy": "sandbox; default-src 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    // Websites that isolate themselves show pictures of others only if these agree.
    "cross-origin-resource-policy": "cross-origin",
    "cache-control": CACHED,
  });
}

/** Serves what messages have; the address of an upload that waits opens nothing. */
export function serveFiles(app: RestDoor, { db, attachments: room }: RoomDeps): void {
  const { storage } = room;

  async function find(request: FastifyRequest): Promise<AttachmentRow | undefined> {
    const { token } = request.params as { token: string };
    if (!/^[\w-]{32}$/.test(token)) return undefined;
    const [row] = await db
      .select()
      .from(attachments)
      .where(and(eq(attachments.token, token), isNotNull(attachments.conversation_id)));
    return row;
  }

  function isHeld(request: FastifyRequest, etag: string): boolean {
    const tags = request.headers["if-none-match"]?.split(",").map((tag) => tag.trim());
    return tags?.some((tag) => tag === "*" || tag.replace(/^W\//, "") === etag) ?? false;
  }

  app.get(filePaths.file(":token", ":name"), { schema: { hide: true } }, async (request, reply) => {
    const row = await find(request);
    if (!row) return reply.fail(notFound);
    const etag = `"${row.id}"`;
    harden(reply).headers({
      "content-type": typeOf(row),
      "content-disposition": contentDisposition("attachment", row.file_name),
      "accept-ranges": "bytes",
      etag,
    });
    if (isHeld(request, etag)) return reply.code(304).send();
    const { range: asked, "if-range": ifRange } = request.headers;
    const isSame = ifRange === undefined || ifRange === etag;
    const range = isSame ? rangeOf(asked, row.file_size) : undefined;
    if (range === null) {
      return reply.code(416).header("content-range", `bytes */${row.file_size}`).send();
    }
    const length = range ? range.end - range.start + 1 : row.file_size;
    if (range) {
      reply.code(206);
      reply.header("content-range", `bytes ${range.start}-${range.end}/${row.file_size}`);
    }
    reply.header("content-length", String(length));
    if (request.method === "HEAD") return reply.send(Readable.from([]));
    const stream = await storage.read(row.storage_key, range);
    return stream ? reply.send(stream) : gone(reply);
  });

  app.get(filePaths.thumbnail(":token"), { schema: { hide: true } }, async (request, reply) => {
    const row = await find(request);
    if (!row?.has_thumbnail) return reply.fail(notFound);
    const etag = `"${row.id}-small"`;
    harden(reply).headers({
      "content-type": "image/webp",
      // We have drawn it ourselves.
      "content-disposition": contentDisposition("inline", "thumbnail.webp"),
      etag,
    });
    if (isHeld(request, etag)) return reply.code(304).send();
    const stream = await storage.read(thumbnailKey(row.storage_key), undefined);
    return stream ? reply.send(stream) : gone(reply);
  });
}

/** Serves the pictures of contacts and inboxes. */
export function serveAvatars(app: RestDoor, deps: RoomDeps): void {
  app.get(filePaths.avatar(":token"), { schema: { hide: true } }, async (request, reply) => {
    const { token } = request.params as { token: string };
    const key = await findAvatar(deps, token);
    const stream = key && (await deps.attachments.storage.read(key, undefined));
    if (!stream) return reply.fail(notFound);
    harden(reply).headers({
      "content-type": "image/webp",
      // We have drawn it ourselves.
      "content-disposition": contentDisposition("inline", "avatar.webp"),
    });
    return reply.send(stream);
  });
}

/** The row is there and the file is not: as after a restore of half a backup. */
function gone(reply: FastifyReply): FastifyReply {
  for (const name of ["content-length", "content-range", "content-disposition", "etag"]) {
    reply.removeHeader(name);
  }
  return reply.header("cache-control", "no-store").fail(notFound);
}
