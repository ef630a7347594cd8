// What forms and queries say: `a[b]=c` and `list[]=d` as the objects and lists that JSON would have brought.
import type { FastifyRequest } from "fastify";
import { failure, success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";

type Fields = Record<string, unknown>;

const DEPTH_MAX = 6;
const forbidden = new Set(["__proto__", "constructor", "prototype"]);

/** Nests bracketed names. Names that would reach a prototype are left out. */
export function nestFields(entries: Iterable<[string, unknown]>): Fields {
  const root: Fields = {};
  for (const [name, value] of entries) {
    const keys = name.split("[").map((part) => part.replace(/\]$/, ""));
    if (keys.length > DEPTH_MAX || keys.some((key) => forbidden.has(key))) continue;
    const isList = keys.length > 1 && keys.at(-1) === "";
    if (isList) keys.pop();
    let at = root;
    for (const key of keys.slice(0, -1)) {
      if (typeof at[key] !== "object" || at[key] === null) at[key] = {};
      at = at[key] as Fields;
    }
    const last = keys.at(-1) ?? "";
    const before = at[last];
    if (isList) at[last] = [...(Array.isArray(before) ? before : []), ...[value].flat()];
    else at[last] = value;
  }
  return root;
}

/** A query, in which `a=1&a=2` and `a[]=1` are lists. The keys have no prototype to reach. */
export function parseQuery(text: string): Fields {
  const query = Object.create(null) as Record<string, string | string[]>;
  for (const [name, value] of new URLSearchParams(text)) {
    const key = name.replace(/\[\]$/, "");
    const before = query[key];
    query[key] = before === undefined && key === name ? value : [...[before ?? []].flat(), value];
  }
  return query;
}

/** The text fields of a multipart body. Errors: `invalid` for a file, until messages carry them. */
export async function readMultipart(request: FastifyRequest): Promise<Result<Fields>> {
  const entries: [string, unknown][] = [];
  for await (const part of request.parts()) {
    if (part.type === "file") {
      part.file.resume();
      return failure("invalid", "cannot be uploaded yet", { field: "attachments" });
    }
    entries.push([part.fieldname, part.value]);
  }
  return success(nestFields(entries));
}
