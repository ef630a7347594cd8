// What may be asked of agents (seed 003, rows 16 and 17), and how an invited one sets his password.
import { z } from "zod";
import { NAME_MAX_LENGTH, PASSWORD_MAX_LENGTH, PASSWORD_MIN_LENGTH } from "./limits.ts";
import { userRoles } from "./lists.ts";
import { emailSchema, idSchema, looseBoolean, text } from "./request-fields.ts";
import { setAvailabilitySchema } from "./requests.ts";

const { availability } = setAvailabilitySchema.shape;
const role = z.enum(userRoles);
/** Of an agent; null takes it from him. */
const custom_role_id = idSchema.nullish();

export const addAgentSchema = z.object({
  name: text(NAME_MAX_LENGTH).trim().min(1, "must not be empty"),
  email: emailSchema,
  role,
  custom_role_id,
  availability_status: availability.optional(),
  auto_offline: looseBoolean.optional(),
});
export type AddAgent = z.infer<typeof addAgentSchema>;

/** What is missing stays. `availability_status` is a synonym: the records say it so. */
export const updateAgentSchema = z.object({
  role: role.optional(),
  custom_role_id,
  /** Not: he may do nothing here until it is true again. */
  active: looseBoolean.optional(),
  availability: availability.optional(),
  availability_status: availability.optional(),
  auto_offline: looseBoolean.optional(),
});
export type UpdateAgent = z.infer<typeof updateAgentSchema>;

/** Upper and lower case, a digit and something else (seed 003, row 8). */
export const passwordSchema = text(PASSWORD_MAX_LENGTH)
  .min(PASSWORD_MIN_LENGTH, `is too short (minimum is ${PASSWORD_MIN_LENGTH} characters)`)
  .refine(
    (said) => [/\p{Lu}/u, /\p{Ll}/u, /\d/, /[^\p{L}\d]/u].every((kind) => kind.test(said)),
    "must contain uppercase and lowercase letters, a number and a special character",
  );

export const setPasswordSchema = z.object({
  reset_password_token: text(128).min(1),
  password: passwordSchema,
});

/**
 * What one changes of oneself; what is missing stays. An empty `display_name` means that the name is
 * shown. A new password needs the present one, and ends every other session.
 */
export const updateProfileSchema = z.object({
  name: text(NAME_MAX_LENGTH).trim().min(1, "must not be empty").optional(),
  display_name: text(NAME_MAX_LENGTH).trim().nullish(),
  auto_offline: looseBoolean.optional(),
  current_password: text(PASSWORD_MAX_LENGTH).optional(),
  password: passwordSchema.optional(),
});
export type UpdateProfile = z.infer<typeof updateProfileSchema>;
