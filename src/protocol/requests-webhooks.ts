// What may be asked of webhooks, and what a visitor's browser tells for their sake.
import { z } from "zod";
import {
  URL_MAX_LENGTH,
  WEBHOOK_SECRET_OVERLAP_MAX_SECONDS,
  WEBHOOK_SECRET_OVERLAP_SECONDS,
} from "./limits.ts";
import { webhookDeliveryStates, webhookEvents } from "./lists.ts";
import { customAttributesSchema, idSchema } from "./request-fields.ts";

/** Read further, with its host's addresses, where it is saved. */
const url = z
  .string()
  .max(URL_MAX_LENGTH, `is too long (maximum is ${URL_MAX_LENGTH} characters)`)
  .trim();

/** A form can say a list of one as a text. */
const subscriptions = z.preprocess(
  (value) => (typeof value === "string" ? [value] : value),
  z
    .array(z.enum(webhookEvents, `must be of ${webhookEvents.join(", ")}`))
    .min(1, "must not be empty")
    .max(100, "is too long")
    .transform((names) => [...new Set(names)]),
);

/** Multipart and form clients send booleans as text. */
const looseBoolean = z.preprocess(
  (value) => (value === "true" ? true : value === "false" ? false : value),
  z.boolean(),
);

export const createWebhookSchema = z.object({
  url,
  subscriptions,
  inbox_id: idSchema.nullish(),
});
export type CreateWebhook = z.infer<typeof createWebhookSchema>;

/** What is missing stays. `enabled: true` gives one that was switched off another chance. */
export const updateWebhookSchema = z.object({
  url: url.optional(),
  subscriptions: subscriptions.optional(),
  inbox_id: idSchema.nullish(),
  enabled: looseBoolean.optional(),
});
export type UpdateWebhook = z.infer<typeof updateWebhookSchema>;

/** Seconds for which the secret that is replaced goes on signing; 0 ends it at once. */
export const rotateWebhookSecretSchema = z.object({
  previous_secret_expires_in: z.coerce
    .number()
    .int("must be whole seconds")
    .min(0, "must not be negative")
    .max(WEBHOOK_SECRET_OVERLAP_MAX_SECONDS, "is too long (maximum is a week)")
    .default(WEBHOOK_SECRET_OVERLAP_SECONDS),
});

export const listWebhookDeliveriesSchema = z.object({
  state: z.enum(webhookDeliveryStates).optional(),
  page: z.coerce.number().int().min(1).max(1_000_000).default(1),
});
export type ListWebhookDeliveries = z.infer<typeof listWebhookDeliveriesSchema>;

/** A visitor has opened the chat's window; `event_info` says where and how, as the browser likes to tell. */
export const createVisitorEventSchema = z.object({
  name: z.literal("webwidget.triggered"),
  event_info: customAttributesSchema.default({}),
});
export type CreateVisitorEvent = z.infer<typeof createVisitorEventSchema>;
