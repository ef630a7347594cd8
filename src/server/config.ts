// The environment, read once: every variable that Parlor knows, checked, with what to write instead.
import path from "node:path";
import { z } from "zod";
import { EMAIL_MAX_LENGTH, PASSWORD_MAX_LENGTH, PASSWORD_MIN_LENGTH } from "../protocol/limits.ts";
import { bucketOf, bucketVariables, explainBucket } from "./config-bucket.ts";
import type { BucketConfig } from "./config-bucket.ts";
import { mailVariables, missingForMail, readMailConfig } from "./mail/config.ts";
import type { MailConfig } from "./mail/config.ts";
import { trustProxyVariable } from "./http/trust-proxy.ts";
import { createAddressRules } from "./outgoing/address-rules.ts";
import { rateLimitVariables, readRateLimits } from "./rate-limits/rules.ts";
import type { RateLimitConfig } from "./rate-limits/rules.ts";
import { readOrCreateSecret } from "./secret.ts";
import { StartupError } from "./startup-error.ts";

const SECRET_MIN_LENGTH = 32;
const logLevels = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;

export interface Config {
  host: string;
  /** 0 means any free port. */
  port: number;
  /** Where browsers reach the server, without a slash at the end: `https://chat.example.com`. */
  publicUrl: string;
  /** Absolute path of the folder that holds everything Parlor stores on this machine. */
  dataDirectory: string;
  /** Nothing: the embedded PostgreSQL. */
  databaseUrl?: string;
  redisUrl?: string;
  /** Signs and derives tokens; at least 32 characters. */
  secret: string;
  adminEmail?: string;
  adminPassword?: string;
  /** The bucket that files are kept in; nothing: a folder of `dataDirectory`. */
  s3?: BucketConfig;
  /** Hosts, addresses and ranges that webhooks may call although they are private. */
  allowPrivateAddresses?: string[];
  /** What stands in front and may say who asks; nothing: whatever is in a private network. */
  trustProxy?: string;
  /** What is not as generous as usual, or more. */
  rateLimits?: RateLimitConfig;
  logLevel: (typeof logLevels)[number];
  /** Nothing: no e-mail is sent. */
  mail?: MailConfig;
}

// No message repeats the value: half of them are secrets, and an address may hold a password.
const url = (protocols: RegExp, message: string) => z.url({ protocol: protocols, error: message });

const environmentSchema = z.object({
  // This machine alone, so that trying Parlor on a laptop opens nothing to the network around it.
  HOST: z
    .string()
    .regex(
      /^[\w.:-]+$/,
      "is no address to listen on; write 127.0.0.1, or 0.0.0.0 for every network",
    )
    .default("127.0.0.1"),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, "is no port number; write a number from 1 to 65535, or 0 for any free port")
    .transform(Number)
    .refine((port) => port <= 65_535, "is too large; write a port number up to 65535")
    .default(3000),
  PUBLIC_URL: url(
    /^https?$/,
    "is no web address; write the one browsers use, such as https://chat.example.com",
  )
    .refine(
      (text) => isOrigin(text),
      "must end after the host name; write it like https://chat.example.com",
    )
    .transform((text) => new URL(text).origin)
    .optional(),
  DATA_DIR: z.string().default("./data"),
  DATABASE_URL: url(
    /^postgres(ql)?$/,
    "is no PostgreSQL address; write postgres://user:password@host:5432/database",
  ).optional(),
  REDIS_URL: url(/^rediss?$/, "is no Redis address; write redis://host:6379").optional(),
  PARLOR_SECRET: z
    .string()
    .min(
      SECRET_MIN_LENGTH,
      `is too short; write at least ${SECRET_MIN_LENGTH} random characters, such as what ` +
        `"openssl rand -hex 32" prints`,
    )
    .optional(),
  PARLOR_ADMIN_EMAIL: z
    .email("is no e-mail address; write one like ada@example.com")
    .max(EMAIL_MAX_LENGTH, `is too long; write at most ${EMAIL_MAX_LENGTH} characters`)
    .transform((text) => text.toLowerCase())
    .optional(),
  PARLOR_ADMIN_PASSWORD: z
    .string()
    .min(PASSWORD_MIN_LENGTH, `is too short; write at least ${PASSWORD_MIN_LENGTH} characters`)
    .max(PASSWORD_MAX_LENGTH, `is too long; write at most ${PASSWORD_MAX_LENGTH} characters`)
    .optional(),
  PARLOR_ALLOW_PRIVATE_ADDRESSES: z
    .string()
    .transform((text) => text.split(",").map((entry) => entry.trim()))
    .refine(
      (entries) => areAddressRules(entries),
      "is no list of hosts and networks; write it like n8n.internal, 10.0.0.0/8",
    )
    .optional(),
  ...bucketVariables,
  ...mailVariables,
  ...rateLimitVariables,
  TRUST_PROXY: trustProxyVariable,
  LOG_LEVEL: z
    .enum(logLevels, { error: `is no log level; write one of ${logLevels.join(", ")}` })
    .default("info"),
});

function areAddressRules(entries: string[]): boolean {
  try {
    createAddressRules(entries);
    return true;
  } catch {
    return false;
  }
}

/** A web address without path, query, fragment or credentials. */
function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return true;
  const { origin, href } = new URL(text);
  return href === `${origin}/`;
}

/**
 * Reads the configuration; a variable that is empty counts as not set. Without `PARLOR_SECRET`, the
 * secret is read from the data folder, where the first start puts a random one.
 * @throws StartupError naming every variable that is wrong, and what to write
 */
export function readConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(
    Object.keys(environmentSchema.shape)
      .map((name) => [name, env[name]?.trim()] as const)
      .filter(([, value]) => value),
  );
  const parsed = environmentSchema.safeParse(given);
  if (!parsed.success) throw new StartupError(explain(parsed.error));
  const values = parsed.data;
  const mistake = explainBucket(values);
  if (mistake) throw new StartupError(`Parlor's configuration has mistakes:\n  ${mistake}`);
  const s3 = bucketOf(values);
  const missing = missingForMail(values);
  if (missing) throw new StartupError(`Parlor's configuration has mistakes:\n  ${missing}.`);
  const mail = readMailConfig(values);
  const rateLimits = readRateLimits(values);
  const dataDirectory = path.resolve(values.DATA_DIR);
  return {
    host: values.HOST,
    port: values.PORT,
    publicUrl: values.PUBLIC_URL ?? localUrl(values.HOST, values.PORT),
    dataDirectory,
    secret: values.PARLOR_SECRET ?? readOrCreateSecret(dataDirectory, SECRET_MIN_LENGTH),
    logLevel: values.LOG_LEVEL,
    ...(mail && { mail }),
    ...(rateLimits && { rateLimits }),
    ...(values.TRUST_PROXY && { trustProxy: values.TRUST_PROXY }),
    ...(values.DATABASE_URL && { databaseUrl: values.DATABASE_URL }),
    ...(values.REDIS_URL && { redisUrl: values.REDIS_URL }),
    ...(s3 && { s3 }),
    ...(values.PARLOR_ADMIN_EMAIL && { adminEmail: values.PARLOR_ADMIN_EMAIL }),
    ...(values.PARLOR_ADMIN_PASSWORD && { adminPassword: values.PARLOR_ADMIN_PASSWORD }),
    ...(values.PARLOR_ALLOW_PRIVATE_ADDRESSES && {
      allowPrivateAddresses: values.PARLOR_ALLOW_PRIVATE_ADDRESSES,
    }),
  };
}

function explain(error: z.ZodError): string {
  const lines = error.issues.map((issue) => `  ${issue.path.join(".")} ${issue.message}.`);
  return `Parlor's configuration has mistakes:\n${[...new Set(lines)].join("\n")}`;
}

/** How a browser on this machine reaches a server that listens there. */
export function localUrl(host: string, port: number): string {
  const anyOrLoopback = ["0.0.0.0", "::", "127.0.0.1", "::1"].includes(host);
  const name = anyOrLoopback ? "localhost" : host.includes(":") ? `[${host}]` : host;
  return new URL(`http://${name}:${port}`).origin;
}
