// The records of webhooks: who wants to hear, and what was told (seed 003, rows 73–75, and more).
import { z } from "zod";
import { webhookDeliveryStates, webhookEvents, webhookSwitchOffReasons } from "./lists.ts";

/** Whole seconds since 1970, UTC. */
const unixSeconds = z.int();

export const webhookSchema = z.object({
  id: z.int(),
  url: z.string(),
  subscriptions: z.array(z.enum(webhookEvents)),
  account_id: z.int(),
  /** Null: events of every inbox. */
  inbox_id: z.int().nullable(),
  enabled: z.boolean(),
  /** Every delivery since then has failed. */
  failing_since: unixSeconds.nullable(),
  /** Set when Parlor has switched it off, and why. */
  switched_off_at: unixSeconds.nullable(),
  switched_off_reason: z.enum(webhookSwitchOffReasons).nullable(),
  /** The secret before the present one signs until then. */
  previous_secret_expires_at: unixSeconds.nullable(),
  created_at: unixSeconds,
});
export type Webhook = z.infer<typeof webhookSchema>;

/** Answered once, when the secret is new. */
export const webhookWithSecretSchema = webhookSchema.extend({ secret: z.string() });
export type WebhookWithSecret = z.infer<typeof webhookWithSecretSchema>;

/** One delivery: an event told to one webhook, with the outcome of its latest attempt. */
export const webhookDeliverySchema = z.object({
  /** What the receiver sees as `X-Parlor-Delivery`, the same for every attempt. */
  id: z.string(),
  webhook_id: z.int(),
  event: z.enum(webhookEvents),
  state: z.enum(webhookDeliveryStates),
  payload: z.record(z.string(), z.unknown()),
  attempts: z.int(),
  created_at: unixSeconds,
  last_attempt_at: unixSeconds.nullable(),
  /** Null unless it is the next one of its conversation. */
  next_attempt_at: unixSeconds.nullable(),
  duration_ms: z.int().nullable(),
  response_status: z.int().nullable(),
  /** The beginning of the answer's body. */
  response_body: z.string().nullable(),
  /** Why there was no answer: a code, and a sentence for developers. */
  failure: z.string().nullable(),
  failure_message: z.string().nullable(),
});
export type WebhookDelivery = z.infer<typeof webhookDeliverySchema>;
