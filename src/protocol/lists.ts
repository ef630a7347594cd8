// Every closed list of the domain, written once: it gives the type, the schema and the SQL check.

export const userRoles = ["administrator", "agent"] as const;
export type UserRole = (typeof userRoles)[number];

/**
 * What a custom role may hold, by the names that seed 003's product gives them. Of the three about
 * conversations each holds those after it: all of his inboxes, those that nobody has taken, his own.
 */
export const permissions = [
  "conversation_manage",
  "conversation_unassigned_manage",
  "conversation_participating_manage",
  "contact_manage",
] as const;
export type Permission = (typeof permissions)[number];

export const availabilities = ["available", "busy", "offline"] as const;
export type Availability = (typeof availabilities)[number];

export const conversationStatuses = ["open", "pending", "snoozed", "resolved"] as const;
/** `open`: goes on, `pending`: nobody has to answer yet, `snoozed`: waits for later, `resolved`: closed. */
export type ConversationStatus = (typeof conversationStatuses)[number];

export const conversationPriorities = ["urgent", "high", "medium", "low"] as const;
export type ConversationPriority = (typeof conversationPriorities)[number];

/** Whose conversations a list shows, seen from the agent who asks. */
export const assigneeTypes = ["me", "unassigned", "all", "assigned"] as const;
export type AssigneeType = (typeof assigneeTypes)[number];

export const conversationSorts = [
  "last_activity_at_desc",
  "last_activity_at_asc",
  "created_at_desc",
  "created_at_asc",
  "priority_desc",
  "priority_asc",
  "waiting_since_desc",
  "snoozed_until_asc",
  "waiting_since_asc",
] as const;
export type ConversationSort = (typeof conversationSorts)[number];

export const messageTypes = ["incoming", "outgoing", "activity", "template"] as const;
export type MessageType = (typeof messageTypes)[number];

export const messageStatuses = ["sent", "delivered", "read", "failed"] as const;
export type MessageStatus = (typeof messageStatuses)[number];

export const contentTypes = [
  "text",
  "input_text",
  "input_textarea",
  "input_email",
  "input_select",
  "cards",
  "form",
  "article",
  "input_csat",
] as const;
export type ContentType = (typeof contentTypes)[number];

/** What an agent or a program may send (seed 003, row 59). */
export const sentContentTypes = [
  "text",
  "input_email",
  "input_select",
  "cards",
  "form",
  "article",
  "input_csat",
] as const;
export type SentContentType = (typeof sentContentTypes)[number];

/** What a file is, by its content; `file`: nothing that a browser should show. */
export const fileTypes = ["image", "audio", "video", "file"] as const;
export type FileType = (typeof fileTypes)[number];

/** Who did something: wrote a message, changed a conversation. */
export const actorTypes = ["contact", "user", "system"] as const;
export type ActorType = (typeof actorTypes)[number];

export const channelTypes = ["web_widget"] as const;
export type ChannelType = (typeof channelTypes)[number];

/** What a webhook may be subscribed to (seed 003, rows 73–75). */
export const webhookEvents = [
  "conversation_created",
  "conversation_status_changed",
  "conversation_updated",
  "message_created",
  "message_updated",
  "webwidget_triggered",
  "contact_created",
  "contact_updated",
] as const;
export type WebhookEvent = (typeof webhookEvents)[number];

/** `parked`: given up after a day, until somebody asks for it again. */
export const webhookDeliveryStates = ["pending", "delivered", "parked"] as const;
export type WebhookDeliveryState = (typeof webhookDeliveryStates)[number];

/** Why Parlor has switched a webhook off: it failed for days, or its target said that it is gone (410). */
export const webhookSwitchOffReasons = ["failing", "gone"] as const;
export type WebhookSwitchOffReason = (typeof webhookSwitchOffReasons)[number];

/** What custom attributes belong to, in the order of the numbers that seed 003 gives them (row 37). */
export const attributeModels = ["conversation_attribute", "contact_attribute"] as const;
export type AttributeModel = (typeof attributeModels)[number];

/** Of what kind a custom attribute's values are, in the order of their numbers (row 38). */
export const attributeDisplayTypes = [
  "text",
  "number",
  "currency",
  "percent",
  "link",
  "date",
  "list",
  "checkbox",
] as const;
export type AttributeDisplayType = (typeof attributeDisplayTypes)[number];

/** What a field of the form before a chat fills in. */
export const preChatFieldTypes = [
  "standard",
  "contact_attribute",
  "conversation_attribute",
] as const;
export type PreChatFieldType = (typeof preChatFieldTypes)[number];

/** The fields that need no definition: what every contact has. */
export const preChatStandardFields = ["fullName", "emailAddress", "phoneNumber"] as const;
export type PreChatStandardField = (typeof preChatStandardFields)[number];

/** What an access token may be used for; `all` is whatever its user may do. */
export const accessTokenScopes = ["all", "conversations", "contacts", "snooze"] as const;
export type AccessTokenScope = (typeof accessTokenScopes)[number];

/** What can be snoozed. */
export const snoozeObjects = ["conversation", "contact"] as const;
export type SnoozeObject = (typeof snoozeObjects)[number];

/** What a saved filter is for (seed 003, rows 41–44). */
export const customFilterTypes = ["conversation", "contact", "report"] as const;
export type CustomFilterType = (typeof customFilterTypes)[number];

/** What administrators keep, as desks hear of its changes. */
export const settingsSubjects = [
  "account",
  "agent",
  "canned_response",
  "custom_attribute",
  "custom_role",
  "inbox",
  "label",
  "team",
] as const;
export type SettingsSubject = (typeof settingsSubjects)[number];

/** What an administrator has done to something. */
export const auditActions = ["create", "update", "destroy"] as const;
export type AuditAction = (typeof auditActions)[number];
