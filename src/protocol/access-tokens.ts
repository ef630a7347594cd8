// Access tokens for tools: their record, and what may be asked of them.
import { z } from "zod";
import { ACCESS_TOKEN_NAME_MAX_LENGTH } from "./limits.ts";
import { accessTokenScopes } from "./lists.ts";

/** Whole seconds since 1970, UTC. */
const unixSeconds = z.int();

export const accessTokenSchema = z.object({
  id: z.int(),
  account_id: z.int(),
  /** Whose it is: it may do at most what he may. */
  user_id: z.int(),
  name: z.string(),
  /** The token's last four characters. */
  hint: z.string(),
  scopes: z.array(z.enum(accessTokenScopes)),
  /** To the minute. */
  last_used_at: unixSeconds.nullable(),
  created_at: unixSeconds,
});
export type AccessToken = z.infer<typeof accessTokenSchema>;

/** The token that an agent has in his profile, as administrators see it. */
export const profileTokenSchema = z.object({
  user_id: z.int(),
  name: z.string(),
  email: z.string(),
  /** The token's last four characters; null: it opens other accounts, too. */
  hint: z.string().nullable(),
  /** To the minute; null: never, or it opens other accounts, too. */
  last_used_at: unixSeconds.nullable(),
  /** Then it is not this account's alone, and cannot be ended from here. */
  is_elsewhere: z.boolean(),
});
export type ProfileToken = z.infer<typeof profileTokenSchema>;

/** Answered once, when the token is new. */
export const newAccessTokenSchema = accessTokenSchema.extend({ token: z.string() });
export type NewAccessToken = z.infer<typeof newAccessTokenSchema>;

export const createAccessTokenSchema = z.object({
  name: z
    .string()
    .trim()
    .min(1, "must not be empty")
    .max(ACCESS_TOKEN_NAME_MAX_LENGTH)
    .refine((value) => !value.includes("\u0000"), "must not contain a null character")
    .refine((value) => !/\p{Surrogate}/u.test(value), "must be well-formed Unicode"),
  scopes: z
    .array(z.enum(accessTokenScopes))
    .min(1, "must not be empty")
    .transform((scopes) => [...new Set(scopes)]),
});
export type CreateAccessToken = z.infer<typeof createAccessTokenSchema>;
