// What forms, multipart messages and queries say, as the objects and lists that JSON would have brought.
import type { FastifyRequest } from "fastify";
import qs from "qs";
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

/** The text fields of a multipart body. Errors: `invalid` for a file, until messages carry them. */
export async function readMultipart(request: FastifyRequest): Promise<Result<Fields>> {
  const fields = new URLSearchParams();
  for await (const part of request.parts()) {
    if (part.type === "file") {
      part.file.resume();
      return failure("invalid", "cannot be uploaded yet", { field: "attachments" });
    }
    // A part that calls itself JSON has been read already.
    const { value } = part as { value: unknown };
    fields.append(part.fieldname, typeof value === "string" ? value : JSON.stringify(value));
  }
  return parseForm(fields.toString());
}
