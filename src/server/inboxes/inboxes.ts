// Inboxes: the website channels of an account, as agents and as visitors see them.
import { and, asc, desc, eq, sql } from "drizzle-orm";
import type { InboxDetails } from "../../protocol/records-administration.ts";
import type { AttachmentLimits } from "../../protocol/records-attachments.ts";
import type { Inbox, PublicAgent, PublicInbox } from "../../protocol/records.ts";
import { failure, success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import type { AgentIdentity } from "../agents/agents.ts";
import { visibleInboxIds } from "../agents/agents.ts";
import { agentColumns, effectiveAvailability, publicAgentRecord } from "../agents/records.ts";
import type { Database, Transaction } from "../database/connection.ts";
import { account_users, users } from "../database/account-tables.ts";
import { inbox_members, inboxes } from "../database/inbox-tables.ts";
import type { RoomDeps } from "../room.ts";
import { openingHoursOf } from "./opening-hours.ts";
import { publicPreChatForm } from "./pre-chat.ts";

export type InboxRow = typeof inboxes.$inferSelect;

const GREETING_AGENTS_MAX = 5;

/** The inbox that a script tag names. */
export async function findInboxByToken(
  db: Database,
  websiteToken: string,
): Promise<InboxRow | undefined> {
  if (!/^[\w-]{1,64}$/.test(websiteToken)) return undefined;
  const [row] = await db.select().from(inboxes).where(eq(inboxes.website_token, websiteToken));
  return row;
}

export async function findInboxById(
  db: Database | Transaction,
  inboxId: number,
): Promise<InboxRow | undefined> {
  const [row] = await db.select().from(inboxes).where(eq(inboxes.id, inboxId));
  return row;
}

/** What it takes of files. */
export const limitsOf = (inbox: InboxRow): AttachmentLimits => ({
  max_bytes: inbox.attachment_max_bytes,
  max_count: inbox.attachment_max_count,
  kinds: inbox.attachment_kinds,
});

/** The members of an inbox as visitors see them, the available ones first. */
async function listPublicAgents(
  { db, clock }: Pick<RoomDeps, "db" | "clock">,
  inbox: InboxRow,
): Promise<PublicAgent[]> {
  const now = clock();
  const rows = await db
    .select(agentColumns(now))
    .from(inbox_members)
    .innerJoin(users, eq(users.id, inbox_members.user_id))
    .innerJoin(
      account_users,
      and(eq(account_users.user_id, users.id), eq(account_users.account_id, inbox.account_id)),
    )
    .where(and(eq(inbox_members.inbox_id, inbox.id), account_users.active))
    .orderBy(
      desc(sql`(${effectiveAvailability(now)}) = 'available'`),
      desc(sql`(${effectiveAvailability(now)}) = 'busy'`),
      asc(users.id),
    )
    .limit(GREETING_AGENTS_MAX);
  return rows.map(publicAgentRecord);
}

/** What the widget may know of its inbox. */
export async function publicInboxRecord(
  deps: Pick<RoomDeps, "db" | "clock" | "usualReplies" | "config">,
  inbox: InboxRow,
): Promise<PublicInbox> {
  const now = deps.clock();
  const [agents, usualReplySeconds, preChatForm] = await Promise.all([
    listPublicAgents(deps, inbox),
    deps.usualReplies.seconds(inbox.id),
    publicPreChatForm(deps, inbox),
  ]);
  const openingHours = openingHoursOf(inbox, now);
  const isOpen = openingHours?.is_open ?? true;
  return {
    identifier: inbox.website_token,
    name: inbox.name,
    channel_type: inbox.channel_type,
    greeting_enabled: inbox.greeting_enabled,
    welcome_title: inbox.welcome_title,
    welcome_tagline: inbox.welcome_tagline,
    widget_color: inbox.widget_color,
    hmac_mandatory: inbox.hmac_mandatory,
    settings: inbox.settings,
    attachment_limits: limitsOf(inbox),
    agents,
    availability:
      isOpen && agents.some((agent) => agent.availability_status === "available")
        ? "available"
        : "unavailable",
    opening_hours: openingHours,
    usual_reply_seconds: usualReplySeconds,
    pre_chat_form: preChatForm,
    lock_to_single_conversation: inbox.lock_to_single_conversation,
    transcript_by_email:
      deps.config.mail !== undefined && inbox.settings.features?.transcript !== false,
  };
}

/** The inboxes that an agent may see, ordered by name. */
export async function listInboxes(
  { db, config }: Pick<RoomDeps, "db" | "config">,
  agent: AgentIdentity,
): Promise<InboxDetails[]> {
  const visible = await visibleInboxIds(db, agent);
  const rows = await db
    .select()
    .from(inboxes)
    .where(eq(inboxes.account_id, agent.accountId))
    .orderBy(asc(inboxes.name), asc(inboxes.id));
  return rows
    .filter((row) => visible === undefined || visible.includes(row.id))
    .map((row) => inboxDetails(row, agent, config.publicUrl));
}

/** One of them. Errors: `not_found`. */
export async function getInbox(
  deps: Pick<RoomDeps, "db" | "config">,
  agent: AgentIdentity,
  inboxId: number,
): Promise<Result<InboxDetails>> {
  const inbox = (await listInboxes(deps, agent)).find(({ id }) => id === inboxId);
  return inbox ? success(inbox) : failure("not_found", "Resource could not be found");
}

/** As this agent may see it: the secret is for administrators. */
export function inboxDetails(row: InboxRow, agent: AgentIdentity, publicUrl: string): InboxDetails {
  return {
    ...inboxRecord(row, publicUrl),
    allowed_domains: row.allowed_domains,
    hmac_mandatory: row.hmac_mandatory,
    csat_survey_enabled: row.csat_survey_enabled,
    ...(agent.role === "administrator" ? { hmac_token: row.hmac_token } : {}),
    working_hours_enabled: row.working_hours_enabled,
    timezone: row.timezone,
    working_hours: row.working_hours,
    holidays: row.holidays,
    out_of_office_message: row.out_of_office_message,
    agent_away_message: row.agent_away_message,
    enable_email_collect: row.enable_email_collect,
    pre_chat_form_enabled: row.pre_chat_form_enabled,
    pre_chat_form_options: row.pre_chat_form_options,
    lock_to_single_conversation: row.lock_to_single_conversation,
  };
}

export function inboxRecord(row: InboxRow, publicUrl: string): Inbox {
  // Where the chat may not stand on a page, only the page can keep it from standing there until that is known.
  const { visibility, targeting } = row.settings;
  const mayHide = visibility === "hidden" || targeting?.include || targeting?.exclude?.[0];
  const waits = mayHide ? ` data-launcher='{"wait":true}'` : "";
  return {
    id: row.id,
    name: row.name,
    website_url: row.website_url,
    channel_type: row.channel_type,
    avatar_url: row.avatar_url,
    widget_color: row.widget_color,
    website_token: row.website_token,
    enable_auto_assignment: row.enable_auto_assignment,
    web_widget_script: `<script async src="${publicUrl}/widget.js" data-inbox="${row.website_token}"${waits}></script>`,
    welcome_title: row.welcome_title,
    welcome_tagline: row.welcome_tagline,
    greeting_enabled: row.greeting_enabled,
    greeting_message: row.greeting_message,
    settings: row.settings,
    attachment_limits: limitsOf(row),
  };
}

/** The website token that the demo page uses: the oldest inbox's. */
export async function firstWebsiteToken(db: Database): Promise<string | undefined> {
  const [row] = await db
    .select({ token: inboxes.website_token })
    .from(inboxes)
    .orderBy(asc(inboxes.id))
    .limit(1);
  return row?.token;
}

/** The inboxes of which this user is a member, in one account. */
export async function inboxIdsOfMember(
  db: Database,
  accountId: number,
  userId: number,
): Promise<number[]> {
  const rows = await db
    .select({ id: inboxes.id })
    .from(inbox_members)
    .innerJoin(inboxes, eq(inboxes.id, inbox_members.inbox_id))
    .where(and(eq(inboxes.account_id, accountId), eq(inbox_members.user_id, userId)));
  return rows.map((row) => row.id);
}
