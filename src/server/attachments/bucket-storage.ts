// Files in a bucket of Amazon S3 or of anything that speaks its language.
import { createReadStream } from "node:fs";
import type { Readable } from "node:stream";
import {
  DeleteObjectsCommand,
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import type { Config } from "../config.ts";
import type { FileStorage } from "./storage.ts";

/** Keys of one question; the service takes a thousand. */
const REMOVED_AT_ONCE_MAX = 500;

export function createBucketStorage(s3: NonNullable<Config["s3"]>): FileStorage {
  const { bucket: Bucket, prefix } = s3;
  const client = new S3Client({
    region: s3.region,
    forcePathStyle: s3.forcePathStyle,
    // Many that speak its language know no checksums but the old ones.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    ...(s3.endpoint && { endpoint: s3.endpoint }),
    ...(s3.credentials && { credentials: s3.credentials }),
  });
  const keyOf = (key: string) => prefix + key;

  return {
    async putFile(key, path, ContentType) {
      const Body = createReadStream(path);
      await new Upload({ client, params: { Bucket, Key: keyOf(key), Body, ContentType } }).done();
    },
    async putBytes(key, Body, ContentType) {
      await client.send(new PutObjectCommand({ Bucket, Key: keyOf(key), Body, ContentType }));
    },
    async read(key, range) {
      const Range = range && `bytes=${range.start}-${range.end}`;
      try {
        const found = await client.send(
          new GetObjectCommand({ Bucket, Key: keyOf(key), ...(Range && { Range }) }),
        );
        return found.Body as Readable | undefined;
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        throw error;
      }
    },
    async remove(keys) {
      for (let at = 0; at < keys.length; at += REMOVED_AT_ONCE_MAX) {
        const Objects = keys
          .slice(at, at + REMOVED_AT_ONCE_MAX)
          .map((key) => ({ Key: keyOf(key) }));
        const { Errors = [] } = await client.send(
          new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }),
        );
        const failed = Errors.find(({ Code }) => Code !== "NoSuchKey");
        if (failed) throw new Error(`the bucket kept a file: ${failed.Code ?? "unknown"}`);
      }
    },
    stop: () => client.destroy(),
  };
}
