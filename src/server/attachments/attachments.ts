// The room of files: takes them in, hands them to messages, gives them out, and sweeps up what nobody has.
import { rm } from "node:fs/promises";
import { and, count, eq, inArray, isNull } from "drizzle-orm";
import type { AttachmentLimits, Upload } from "../../protocol/records-attachments.ts";
import { failure, success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import type { Config } from "../config.ts";
import { attachments, server_address } from "../database/attachment-tables.ts";
import { randomToken } from "../random.ts";
import type { RoomDeps } from "../room.ts";
import { createAvatars } from "./avatars.ts";
import type { Avatars } from "./avatars.ts";
import { detectType } from "./detect-type.ts";
import type { DetectedType } from "./detect-type.ts";
import { safeFileName } from "./file-names.ts";
import { createImages } from "./images.ts";
import type { ImageFacts } from "./images.ts";
import { receiveFile, removeLeftBehind } from "./receive-file.ts";
import type { FileStream, ReceivedFile } from "./receive-file.ts";
import { keysOf, thumbnailKey, uploadRecord } from "./records.ts";
import { createStorage } from "./storage.ts";
import type { FileStorage } from "./storage.ts";
import { handleSweeping } from "./sweep.ts";

/** Who sends a file, and to which inbox. */
export interface Uploader {
  accountId: number;
  inboxId: number;
  from: { contactInboxId: number } | { userId: number };
}

export interface Attachments {
  storage: FileStorage;
  /** Of contacts and inboxes. */
  avatars: Avatars;
  /** Stores a file that waits for a message. Errors: `invalid`, `too_large`, `too_many_requests`. */
  take(
    uploader: Uploader,
    limits: AttachmentLimits,
    file: { stream: FileStream; name: string | undefined },
  ): Promise<Result<string>>;
  /** An upload of this sender's that waits. Errors: `invalid`. */
  find(uploader: Uploader, uploadId: string): Promise<Result<Upload>>;
  /** Forgets uploads that no message is going to name. */
  discard(uploader: Uploader, uploadIds: string[]): Promise<void>;
  /** Says from where files are served. */
  start(): Promise<void>;
  stop(): void;
}

/** Files of one sender that wait for a message; each is forgotten after a week. */
const WAITING_MAX = 100;
const RETRY_AFTER_S = 60;

const field = { field: "attachments" };
const isFrom = ({ from, inboxId }: Uploader) =>
  and(
    eq(attachments.inbox_id, inboxId),
    "userId" in from
      ? eq(attachments.user_id, from.userId)
      : eq(attachments.contact_inbox_id, from.contactInboxId),
  );
/** Condition: it is this sender's, and waits for a message. */
export const waitsFrom = (uploader: Uploader) =>
  and(isFrom(uploader), isNull(attachments.attached_at), isNull(attachments.conversation_id));

/** Creates the room; what it stores lies where the configuration says. */
export async function createAttachments(
  deps: Pick<RoomDeps, "db" | "clock" | "jobs"> & {
    config: Pick<Config, "dataDirectory" | "s3" | "publicUrl">;
  },
): Promise<Attachments> {
  const { db, clock, config } = deps;
  const storage = await createStorage(config);
  const images = createImages();
  handleSweeping({ ...deps, storage });
  const avatars = createAvatars({ ...deps, storage, images });

  async function mayTakeMore(uploader: Uploader): Promise<boolean> {
    const [row] = await db
      .select({ waiting: count() })
      .from(attachments)
      .where(waitsFrom(uploader));
    return (row?.waiting ?? 0) < WAITING_MAX;
  }

  async function store(
    uploader: Uploader,
    name: string,
    { path, size }: ReceivedFile,
    type: DetectedType,
    image: ImageFacts | undefined,
  ): Promise<string> {
    const token = randomToken();
    const storage_key = randomToken();
    // The row is first: whatever happens from here on, the sweep knows of the file.
    await db.insert(attachments).values({
      token,
      storage_key,
      account_id: uploader.accountId,
      inbox_id: uploader.inboxId,
      ...("userId" in uploader.from
        ? { user_id: uploader.from.userId }
        : { contact_inbox_id: uploader.from.contactInboxId }),
      file_type: type.fileType,
      content_type: type.contentType,
      file_name: name,
      file_size: size,
      width: image?.width ?? null,
      height: image?.height ?? null,
      has_thumbnail: image !== undefined,
      created_at: clock(),
    });
    await storage.putFile(storage_key, path, type.contentType);
    if (image) await storage.putBytes(thumbnailKey(storage_key), image.thumbnail, "image/webp");
    return token;
  }

  return {
    storage,
    avatars,
    async take(uploader, limits, { stream, name }) {
      if (!(await mayTakeMore(uploader))) {
        return failure("too_many_requests", "Too many files wait for a message", {
          retryAfterSeconds: RETRY_AFTER_S,
        });
      }
      const received = await receiveFile(config.dataDirectory, stream, field.field);
      if (!received.ok) return received;
      const { path } = received.data;
      try {
        const detected = await detectType(path);
        const image =
          detected.fileType === "image"
            ? await images.examine(path, detected.contentType)
            : undefined;
        const isBroken = detected.fileType === "image" && !image;
        const type: DetectedType = isBroken ? { ...detected, fileType: "file" } : detected;
        if (!limits.kinds.includes(type.fileType)) {
          return failure("invalid", "is of a kind that is not taken here", field);
        }
        return success(await store(uploader, safeFileName(name), received.data, type, image));
      } finally {
        await rm(path, { force: true });
      }
    },
    async find(uploader, uploadId) {
      const [row] = await db
        .select()
        .from(attachments)
        .where(and(waitsFrom(uploader), eq(attachments.token, uploadId)));
      return row ? success(uploadRecord(row)) : failure("invalid", "must be a file", field);
    },
    async discard(uploader, uploadIds) {
      if (uploadIds.length === 0) return;
      const gone = await db
        .delete(attachments)
        .where(and(waitsFrom(uploader), inArray(attachments.token, uploadIds)))
        .returning();
      await storage.remove(gone.flatMap(keysOf));
    },
    async start() {
      const address = { public_url: config.publicUrl };
      await db
        .insert(server_address)
        .values(address)
        .onConflictDoUpdate({ target: server_address.only, set: address });
      await removeLeftBehind(config.dataDirectory, new Date());
    },
    stop: () => storage.stop(),
  };
}
