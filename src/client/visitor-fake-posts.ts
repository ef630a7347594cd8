// What the fake server answers to the calls of parts that load on use: links to conversations, and what a visitor did.
import { failure, success } from "../protocol/result.ts";
import type { Result } from "../protocol/result.ts";

const PREFIX = "link-to-";

/** The caller knows what each path answers. `ownedBy` answers the conversation's number where it is that visitor's. */
export function answerPost(
  path: string,
  body: object,
  ownedBy: (source: string, id: number) => number | undefined,
): Result<never> {
  const [, source = "", rest = ""] = /\/contacts\/([^/]+)\/(.+)$/.exec(path) ?? [];
  if (rest === "events") return success(null as never);
  const { link = "" } = body as { link?: string };
  const asked = /^conversations\/(\d+)\/link$/.exec(rest)?.[1] ?? link.slice(PREFIX.length);
  const id = ownedBy(source, Number(asked));
  if (id === undefined) return failure("not_found", "no such record");
  const answer = rest === "open_link" ? { id } : { link: PREFIX + String(id), expires_at: 0 };
  return success(answer as never);
}
