// What is limited: how often, in which time, and what is said to whoever does it more often.
import { z } from "zod";

export interface Rule {
  /** 0: not limited. */
  points: number;
  windowSeconds: number;
  message: string;
}

const MINUTE = 60;
const QUARTER = 15 * MINUTE;
const HOUR = 60 * MINUTE;
const slow = "Too many requests";

const rules = {
  /** An address of the internet that nobody has signed in from; many visitors may share one. */
  address: { points: 3_000, windowSeconds: MINUTE, message: slow },
  /** An access token or a session of the application API. */
  token: { points: 1_200, windowSeconds: MINUTE, message: slow },
  visitor: { points: 600, windowSeconds: MINUTE, message: slow },
  /** Requests with files, of a visitor or an agent. */
  upload: { points: 60, windowSeconds: MINUTE, message: "Too many files" },
  /** Of everybody in one conversation (seed 003, row 59). */
  message: { points: 200, windowSeconds: MINUTE, message: "Too many messages" },
  /** HelpCrunch's own limit for a token. */
  helpcrunch: { points: 120, windowSeconds: MINUTE, message: slow },
  /** Openings of the chat: more than anybody's, fewer than a script's. */
  visitor_event: { points: 10, windowSeconds: MINUTE, message: "Too many events" },
  sign_in_email: { points: 10, windowSeconds: QUARTER, message: "Too many attempts" },
  sign_in_address: { points: 100, windowSeconds: QUARTER, message: "Too many attempts" },
  mail_visitor: { points: 5, windowSeconds: HOUR, message: "Too many e-mails" },
  mail_agent: { points: 60, windowSeconds: HOUR, message: "Too many e-mails" },
  /** To one address, whoever asks. */
  mail_address: { points: 10, windowSeconds: HOUR, message: "Too many e-mails" },
} satisfies Record<string, Rule>;

export type LimitName = keyof typeof rules;

/** What the operator may set, in points per minute; 0 means no limit. */
export type RateLimitConfig = Partial<
  Record<"address" | "token" | "visitor" | "upload" | "message", number>
>;

/** The rules of an installation. */
export const rulesOf = (config: RateLimitConfig = {}): Record<LimitName, Rule> => {
  const all: Record<LimitName, Rule> = { ...rules };
  for (const name of ["address", "token", "visitor", "upload", "message"] as const) {
    all[name] = { ...rules[name], points: config[name] ?? rules[name].points };
  }
  return all;
};

const perMinute = z
  .string()
  .regex(/^\d{1,7}$/, "is no number; write how many a minute are allowed, or 0 for no limit")
  .transform(Number)
  .optional();

/** The environment's variables, for the schema of the configuration. */
export const rateLimitVariables = {
  RATE_LIMIT_ADDRESS: perMinute,
  RATE_LIMIT_TOKEN: perMinute,
  RATE_LIMIT_VISITOR: perMinute,
  RATE_LIMIT_UPLOADS: perMinute,
  RATE_LIMIT_MESSAGES: perMinute,
};

/** What the environment sets, or nothing. */
export function readRateLimits(
  values: z.output<z.ZodObject<typeof rateLimitVariables>>,
): RateLimitConfig | undefined {
  const given = Object.entries({
    address: values.RATE_LIMIT_ADDRESS,
    token: values.RATE_LIMIT_TOKEN,
    visitor: values.RATE_LIMIT_VISITOR,
    upload: values.RATE_LIMIT_UPLOADS,
    message: values.RATE_LIMIT_MESSAGES,
  }).filter(([, points]) => points !== undefined);
  return given.length > 0 ? Object.fromEntries(given) : undefined;
}
