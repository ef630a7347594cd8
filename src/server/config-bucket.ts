// The environment's S3_* variables: a bucket for files, in place of a folder.
import { z } from "zod";

export interface BucketConfig {
  bucket: string;
  region: string;
  /** Of a service that is not Amazon's. */
  endpoint?: string;
  /** Nothing: as Amazon's tools find them (environment, profile, role of the machine). */
  credentials?: { accessKeyId: string; secretAccessKey: string };
  /** Stands before every key: `parlor/`. */
  prefix: string;
  /** The bucket stands in the path rather than in the host's name. */
  forcePathStyle: boolean;
}

export const bucketVariables = {
  S3_BUCKET: z
    .string()
    .regex(/^[\w.-]{3,255}$/, "is no name of a bucket")
    .optional(),
  S3_REGION: z
    .string()
    .regex(/^[\w-]{1,64}$/, "is no region; write one like eu-central-1")
    .default("us-east-1"),
  S3_ENDPOINT: z
    .url({
      protocol: /^https?$/,
      error: "is no web address; write it like https://storage.example.com",
    })
    .optional(),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
  S3_PREFIX: z
    .string()
    .regex(/^[\w./-]{1,200}$/, "may hold letters, digits, dots, hyphens and slashes")
    .default(""),
  S3_FORCE_PATH_STYLE: z
    .enum(["true", "false"], { error: "must be true or false" })
    .default("false"),
};

type Values = z.output<z.ZodObject<typeof bucketVariables>>;

/** What is wrong with them together. */
export function explainBucket(values: Values): string | undefined {
  if (!values.S3_BUCKET) {
    const alone = values.S3_ENDPOINT ?? values.S3_ACCESS_KEY_ID ?? values.S3_SECRET_ACCESS_KEY;
    return alone ? "S3_BUCKET is missing; write the bucket that files go to." : undefined;
  }
  const { S3_ACCESS_KEY_ID: id, S3_SECRET_ACCESS_KEY: key } = values;
  if (Boolean(id) === Boolean(key)) return undefined;
  return `${id ? "S3_SECRET_ACCESS_KEY" : "S3_ACCESS_KEY_ID"} is missing; write both or neither.`;
}

export function bucketOf(values: Values): BucketConfig | undefined {
  const { S3_BUCKET: bucket, S3_ACCESS_KEY_ID: accessKeyId } = values;
  const { S3_SECRET_ACCESS_KEY: secretAccessKey, S3_ENDPOINT: endpoint } = values;
  if (!bucket) return undefined;
  return {
    bucket,
    region: values.S3_REGION,
    prefix: values.S3_PREFIX,
    forcePathStyle: values.S3_FORCE_PATH_STYLE === "true",
    ...(endpoint && { endpoint }),
    ...(accessKeyId && secretAccessKey && { credentials: { accessKeyId, secretAccessKey } }),
  };
}
