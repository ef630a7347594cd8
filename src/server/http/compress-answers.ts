// Answers that every page with a chat waits for, as small as its browser can read them.
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { RestDoor } from "./door.ts";
import { COMPRESS_MIN_BYTES, chooseEncoding } from "./web-assets.ts";

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);
/** More takes longer than it saves on the way. */
const params = { [constants.BROTLI_PARAM_QUALITY]: 5 };

declare module "fastify" {
  interface FastifyContextConfig {
    /** A route whose answers are worth it, and hold no secret, of which their length would tell. */
    isCompressed?: boolean;
  }
}

/** Compresses the answers of the routes that ask for it. */
export function compressAnswers(app: RestDoor): void {
  app.addHook("onRoute", (route) => {
    if (route.config?.isCompressed) route.onSend = compress;
  });
}

async function compress(
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
): Promise<unknown> {
  const accepted = request.headers["accept-encoding"];
  const encoding = chooseEncoding({ br: true, gzip: true }, accepted);
  const isWorthIt = typeof payload === "string" && payload.length >= COMPRESS_MIN_BYTES;
  if (!isWorthIt || encoding === "identity") return payload;
  const body = await (encoding === "br" ? brotli(payload, { params }) : zip(payload));
  reply.header("content-encoding", encoding).header("content-length", body.length);
  return body;
}
