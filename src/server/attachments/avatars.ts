// Pictures of contacts and inboxes that came as files: drawn anew, kept under an address nobody guesses, and
// swept up when nobody wears them any more.
import { rm } from "node:fs/promises";
import type { FastifyRequest } from "fastify";
import { eq, inArray, sql } from "drizzle-orm";
import { filePaths } from "../../protocol/paths.ts";
import { AVATAR_MAX_BYTES } from "../../protocol/limits.ts";
import { failure, success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import type { Config } from "../config.ts";
import { avatars } from "../database/attachment-tables.ts";
import type { FileTaker } from "../http/bodies.ts";
import { randomToken } from "../random.ts";
import type { RoomDeps } from "../room.ts";
import { detectType } from "./detect-type.ts";
import type { Images } from "./images.ts";
import { receiveFile } from "./receive-file.ts";
import type { FileStorage } from "./storage.ts";

export interface Avatars {
  /** Stores a picture and answers its address. Errors: `invalid`, `too_large`. */
  take: FileTaker["take"];
  discard: FileTaker["discard"];
}

type Deps = Pick<RoomDeps, "db" | "clock" | "jobs"> & {
  config: Pick<Config, "dataDirectory" | "publicUrl">;
  storage: FileStorage;
  images: Images;
};

const field = "avatar";
const storageKey = (token: string) => `${token}.avatar`;
const TOKEN = "[A-Za-z0-9_-]{32}";
const tokenOf = (url: string) => new RegExp(`/(${TOKEN})$`).exec(url)?.[1] ?? "";
/** Time enough for the change that names it to commit. */
const UNWORN_MS = 24 * 3_600_000;
const BATCH = 50;

export function createAvatars({ db, clock, jobs, config, storage, images }: Deps): Avatars {
  async function forget(tokens: string[]): Promise<void> {
    await storage.remove(tokens.map(storageKey));
    await db.delete(avatars).where(inArray(avatars.token, tokens));
  }

  /** Answers whether there may be more. One look at every contact, in the night. */
  async function sweepSome(): Promise<boolean> {
    const staleAt = new Date(clock().getTime() - UNWORN_MS).toISOString();
    const worn = (url: string, table: string) =>
      `select substring(${url} from '/avatars/(${TOKEN})$') as token from ${table}`;
    const { rows } = await db.execute<{ token: string }>(sql`
      with worn as (${sql.raw(
        [
          worn("avatar_url", "contacts"),
          worn("stated ->> 'avatar_url'", "contacts"),
          worn("avatar_url", "inboxes"),
        ].join(" union all "),
      )})
      select a.token from ${avatars} a
      where a.created_at < ${staleAt}::timestamptz
        and not exists (select 1 from worn where worn.token = a.token)
      limit ${BATCH}`);
    if (rows.length > 0) await forget(rows.map(({ token }) => token));
    return rows.length === BATCH;
  }
  jobs.handle("avatars:sweep", async (_payload, { signal }) => {
    while (await sweepSome()) signal.throwIfAborted();
  });
  jobs.repeatDaily("avatars:sweep", "03:53");

  return {
    async take({ stream }) {
      const received = await receiveFile(config.dataDirectory, stream, field);
      if (!received.ok) return received;
      const { path } = received.data;
      try {
        const { fileType, contentType } = await detectType(path);
        const image = fileType === "image" ? await images.examine(path, contentType) : undefined;
        if (!image) return failure("invalid", "must be a picture", { field });
        const token = randomToken();
        // The row is first: whatever happens from here on, the sweep knows of the file.
        await db.insert(avatars).values({ token, created_at: clock() });
        await storage.putBytes(storageKey(token), image.thumbnail, "image/webp");
        return success(config.publicUrl + filePaths.avatar(token));
      } finally {
        await rm(path, { force: true });
      }
    },
    async discard(urls) {
      if (urls.length > 0) await forget(urls.map(tokenOf));
    },
  };
}

/** What takes the picture of an agent's request: its address stands in the body as `avatar_url`. */
export function avatarFile({ attachments, rateLimits }: RoomDeps) {
  return async ({ agent }: FastifyRequest): Promise<Result<FileTaker>> => {
    const counted = await rateLimits.check("upload", `user ${agent.userId}`);
    if (!counted.ok) return counted;
    const { take, discard } = attachments.avatars;
    const fields = { from: field, to: "avatar_url", max: 1 };
    return success({ maxBytes: AVATAR_MAX_BYTES, fields, take, discard });
  };
}

/** Whether a picture of this name is kept, so that nothing else of the storage is served as one. */
export async function findAvatar(
  { db }: Pick<RoomDeps, "db">,
  token: string,
): Promise<string | undefined> {
  if (!new RegExp(`^${TOKEN}$`).test(token)) return undefined;
  const [row] = await db.select().from(avatars).where(eq(avatars.token, token));
  return row && storageKey(row.token);
}
