// What forms, multipart messages and queries say, as the objects and lists that JSON would have brought.
import type { MultipartFile } from "@fastify/multipart";
import type { FastifyRequest } from "fastify";
import qs from "qs";
import { ATTACHMENTS_MAX } from "../../protocol/limits.ts";
import { failure, success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";

type Fields = Record<string, unknown>;

const DEPTH_MAX = 6;
/** Of one list, and of all fields of a form. */
const FIELDS_MAX = 1_000;
/** More than the longest query that the process reads can hold. */
const QUERY_FIELDS_MAX = 10_000;

/**
 * `a[b]=c`, `list[]=d`, `list=d&list=e` and `list[0][name]=f` nested as they are meant. Names that
 * would reach a prototype are left out. Errors: `invalid` for more fields or levels than anybody needs.
 */
export function parseForm(text: string): Result<Fields> {
  try {
    return success(
      qs.parse(text, {
        depth: DEPTH_MAX,
        strictDepth: true,
        parameterLimit: FIELDS_MAX,
        arrayLimit: FIELDS_MAX,
        throwOnLimitExceeded: true,
      }),
    );
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return failure("invalid", "The form has too many fields, or nests them too deeply");
  }
}

/** The same for a query, of which what is too much is not looked at. */
export function parseQuery(text: string): Fields {
  return qs.parse(text, {
    depth: DEPTH_MAX,
    parameterLimit: QUERY_FIELDS_MAX,
    arrayLimit: FIELDS_MAX,
  });
}

/** What takes in the files of one request. */
export interface FileTaker {
  /** Of one file; what is longer arrives cut and marked as such. */
  maxBytes: number;
  /** Files in this field alone, so many, and their names in that one; undefined: in `attachments[]`. */
  fields?: { from: string; to: string; max: number };
  /** Answers a name for the file that stands in the body in its place. */
  take(file: { stream: MultipartFile["file"]; name: string | undefined }): Promise<Result<string>>;
  /** Forgets files that were taken, since the request failed. */
  discard(names: string[]): Promise<void>;
}

declare module "fastify" {
  interface FastifyContextConfig {
    /** A route whose body may bring files; where it is missing, none is read. */
    takesFiles?: (request: FastifyRequest) => Promise<Result<FileTaker>>;
  }
  interface FastifyRequest {
    /** Forgets the files that this request has brought. */
    discardFiles: (() => Promise<void>) | undefined;
  }
}

/** Where the names of taken files stand in the body. */
const FILES_FIELD = "attachments[]";
/** One more than any message may have, so that it is the message that is refused, with its field. */
const FILES_MAX = ATTACHMENTS_MAX + 1;

/** The parts of a multipart message. What is wrong with it is the client's fault, and says so. */
async function* partsOf(request: FastifyRequest, limits: { files?: number; fileSize?: number }) {
  try {
    yield* request.parts({ limits });
  } catch (error) {
    if (typeof (error as { statusCode?: unknown }).statusCode === "number") throw error;
    const message = "The multipart message is malformed";
    throw Object.assign(new Error(message, { cause: error }), { statusCode: 400 });
  }
}

/**
 * The fields of a multipart body; each file has been taken and stands there by its name.
 * Errors: whatever taking answers, `invalid` for a file where none is taken.
 */
export async function readMultipart(request: FastifyRequest): Promise<Result<Fields>> {
  const fields = new URLSearchParams();
  const { takesFiles } = request.routeOptions.config;
  const taker = await takesFiles?.(request);
  if (taker && !taker.ok) return taker;
  const names: string[] = [];
  request.discardFiles = async () => await taker?.data.discard(names);
  const { from, to = FILES_FIELD, max = FILES_MAX } = taker?.data.fields ?? {};
  const limits = taker ? { files: max, fileSize: taker.data.maxBytes } : {};
  for await (const part of partsOf(request, limits)) {
    if (part.type !== "file") {
      // A part that calls itself JSON has been read already.
      const { value } = part as { value: unknown };
      fields.append(part.fieldname, typeof value === "string" ? value : JSON.stringify(value));
      continue;
    }
    if (!taker || (from !== undefined && part.fieldname !== from)) {
      part.file.resume();
      const field = part.fieldname.replace(/\[\]$/, "");
      return failure("invalid", "cannot be given here", { field });
    }
    const taken = await taker.data.take({ stream: part.file, name: part.filename });
    // What is left of it must flow away, or the answer would never be read.
    part.file.resume();
    if (!taken.ok) return taken;
    names.push(taken.data);
    fields.append(to, taken.data);
  }
  return parseForm(fields.toString());
}
