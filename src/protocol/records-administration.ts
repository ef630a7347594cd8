// The records of what administrators keep (seed 003, rows 18, 37–48, 65–72).
import { z } from "zod";
import {
  attributeDisplayTypes,
  attributeModels,
  auditActions,
  customFilterTypes,
  permissions,
} from "./lists.ts";
import { holidayRecordSchema, workingHourRecordSchema } from "./records-opening-hours.ts";
import { preChatFormOptionsRecordSchema } from "./records-pre-chat.ts";
import { agentSchema, inboxSchema } from "./records.ts";

const unixSeconds = z.int();

/** An inbox with what its settings page shows. */
export const inboxDetailsSchema = inboxSchema.extend({
  /** Host names that may embed the widget; none: every website may. */
  allowed_domains: z.array(z.string()),
  hmac_mandatory: z.boolean(),
  /** Asks for a rating when a conversation is resolved. */
  csat_survey_enabled: z.boolean(),
  /** Signs identifiers; administrators alone see it. */
  hmac_token: z.string().optional(),
  working_hours_enabled: z.boolean(),
  /** IANA name. */
  timezone: z.string(),
  /** All seven days, Sunday first. */
  working_hours: z.array(workingHourRecordSchema),
  holidays: z.array(holidayRecordSchema),
  out_of_office_message: z.string(),
  agent_away_message: z.string(),
  enable_email_collect: z.boolean(),
  pre_chat_form_enabled: z.boolean(),
  pre_chat_form_options: preChatFormOptionsRecordSchema,
  lock_to_single_conversation: z.boolean(),
});
export type InboxDetails = z.infer<typeof inboxDetailsSchema>;

/** An agent who has just been added. Only here: what he sets his password with, once. */
export const addedAgentSchema = agentSchema.extend({
  invitation: z.object({ token: z.string(), expires_at: unixSeconds }).nullable(),
});
export type AddedAgent = z.infer<typeof addedAgentSchema>;

export const customRoleSchema = z.object({
  id: z.int(),
  name: z.string(),
  description: z.string(),
  permissions: z.array(z.enum(permissions)),
});
export type CustomRole = z.infer<typeof customRoleSchema>;

export const teamSchema = z.object({
  id: z.int(),
  name: z.string(),
  description: z.string(),
  allow_auto_assign: z.boolean(),
  account_id: z.int(),
  /** Whether the one who asks is in it. */
  is_member: z.boolean(),
});
export type Team = z.infer<typeof teamSchema>;

export const cannedResponseSchema = z.object({
  id: z.int(),
  content: z.string(),
  short_code: z.string(),
  account_id: z.int(),
});
export type CannedResponse = z.infer<typeof cannedResponseSchema>;

export const labelSchema = z.object({
  id: z.int(),
  title: z.string(),
  description: z.string(),
  color: z.string(),
  show_on_sidebar: z.boolean(),
});
export type Label = z.infer<typeof labelSchema>;

export const customAttributeSchema = z.object({
  id: z.int(),
  attribute_display_name: z.string(),
  attribute_display_type: z.enum(attributeDisplayTypes),
  attribute_description: z.string(),
  attribute_key: z.string(),
  /** A list as JSON text: the seed prints a text here. */
  attribute_values: z.string(),
  default_value: z.string(),
  attribute_model: z.enum(attributeModels),
  account_id: z.int(),
});
export type CustomAttribute = z.infer<typeof customAttributeSchema>;

export const customFilterSchema = z.object({
  id: z.int(),
  name: z.string(),
  type: z.enum(customFilterTypes),
  query: z.record(z.string(), z.unknown()),
  /** ISO 8601, UTC. */
  created_at: z.string(),
  updated_at: z.string(),
});
export type CustomFilter = z.infer<typeof customFilterSchema>;

export const accountSchema = z.object({ id: z.int(), name: z.string(), created_at: unixSeconds });
export type Account = z.infer<typeof accountSchema>;

export const auditLogSchema = z.object({
  id: z.int(),
  auditable_type: z.string(),
  auditable_id: z.int(),
  action: z.enum(auditActions),
  user_id: z.int(),
  user_type: z.literal("User"),
  username: z.string(),
  /** `{ attribute: [previous, current] }`; of what was made or removed, its values. */
  audited_changes: z.record(z.string(), z.unknown()),
  remote_address: z.string().nullable(),
  created_at: unixSeconds,
});
export type AuditLog = z.infer<typeof auditLogSchema>;

export const auditLogPageSchema = z.object({
  per_page: z.int(),
  total_entries: z.int(),
  current_page: z.int(),
  audit_logs: z.array(auditLogSchema),
});
