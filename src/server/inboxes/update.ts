// What administrators do to inboxes: make, change, remove (seed 003, rows 47 and 48).
import { domainToASCII } from "node:url";
import { and, eq, sql } from "drizzle-orm";
import type { InboxDetails } from "../../protocol/records-administration.ts";
import type { CreateInbox, UpdateInbox } from "../../protocol/requests-inboxes.ts";
import { failure, success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import type { AgentIdentity } from "../agents/agents.ts";
import { sweepSoon } from "../attachments/sweep.ts";
import { administer, changesBetween } from "../audit/administer.ts";
import type { Ledger } from "../audit/administer.ts";
import { refuseOverfull } from "../audit/room-left.ts";
import type { Transaction } from "../database/connection.ts";
import { inboxes } from "../database/inbox-tables.ts";
import { randomToken } from "../random.ts";
import type { RoomDeps } from "../room.ts";
import { inboxDetails } from "./inboxes.ts";
import type { InboxRow } from "./inboxes.ts";
import { findUndefinedField } from "./pre-chat.ts";

type Deps = Pick<RoomDeps, "db" | "events" | "config" | "jobs">;

const notFound = () => failure("not_found", "Resource could not be found");

/** Nothing that could sign goes into the log. */
const loggable = ({ hmac_token: _secret, ...row }: InboxRow) => row;

function note(
  ledger: Ledger,
  action: "create" | "update" | "destroy",
  id: number,
  changes: Record<string, unknown>,
): void {
  ledger.note({ action, type: "Inbox", id, changes, subject: "inbox" });
}

/** A host name as it stands in `Origin`. */
const asBrowsersSay = (domain: string) =>
  domain.startsWith("*.") ? `*.${domainToASCII(domain.slice(2))}` : domainToASCII(domain);

/** The columns that are given, wherever they are said. */
function columnsOf({ channel, settings: _settings, attachment_limits, ...input }: UpdateInbox) {
  const { website_url, welcome_title, welcome_tagline, widget_color } = { ...channel, ...input };
  const { allowed_domains, hmac_mandatory, agent_away_message } = { ...channel, ...input };
  const { avatar_url, name, enable_auto_assignment, greeting_enabled, greeting_message } = input;
  const { working_hours_enabled, timezone, working_hours, holidays } = input;
  const { out_of_office_message, enable_email_collect, lock_to_single_conversation } = input;
  const { pre_chat_form_enabled, pre_chat_form_options } = input;
  const { csat_survey_enabled } = input;
  const said = {
    name,
    avatar_url,
    agent_away_message,
    enable_auto_assignment,
    greeting_enabled,
    greeting_message,
    csat_survey_enabled,
    website_url,
    welcome_title,
    welcome_tagline,
    widget_color,
    allowed_domains: allowed_domains?.map(asBrowsersSay),
    hmac_mandatory,
    working_hours_enabled,
    timezone,
    working_hours,
    holidays,
    out_of_office_message,
    enable_email_collect,
    pre_chat_form_enabled,
    pre_chat_form_options,
    lock_to_single_conversation,
    attachment_max_bytes: attachment_limits?.max_bytes,
    attachment_max_count: attachment_limits?.max_count,
    attachment_kinds: attachment_limits?.kinds,
  };
  return Object.fromEntries(
    Object.entries(said).filter(([, value]) => value !== undefined),
  ) as Partial<InboxRow>;
}

const mergedSettings = (settings: UpdateInbox["settings"]) =>
  settings === undefined
    ? {}
    : {
        settings: sql`jsonb_strip_nulls(${inboxes.settings} || ${JSON.stringify(settings)}::jsonb)`,
      };

/** Makes a website inbox; its members are added apart. */
export async function createInbox(
  deps: Deps,
  agent: AgentIdentity,
  input: CreateInbox,
): Promise<Result<InboxDetails>> {
  return await administer(deps, agent, async (tx, ledger) => {
    const room = await refuseOverfull(tx, inboxes, agent.accountId, "inboxes");
    if (!room.ok) return room;
    const undefinedField = await findUndefinedField(tx, agent.accountId, input);
    if (undefinedField) return undefinedField;
    const [made] = await tx
      .insert(inboxes)
      .values({
        ...columnsOf(input),
        name: input.name,
        account_id: agent.accountId,
        website_token: randomToken(),
        hmac_token: randomToken(),
      })
      .returning();
    if (!made) throw new Error("INSERT answered no inbox");
    const row = input.settings === undefined ? made : await write(tx, made, input);
    note(ledger, "create", row.id, loggable(row));
    return success(inboxDetails(row, agent, deps.config.publicUrl));
  });
}

async function write(tx: Transaction, before: InboxRow, input: UpdateInbox): Promise<InboxRow> {
  const patch = { ...columnsOf(input), ...mergedSettings(input.settings) };
  if (Object.keys(patch).length === 0) return before;
  const [row] = await tx.update(inboxes).set(patch).where(eq(inboxes.id, before.id)).returning();
  if (!row) throw new Error("a locked inbox has vanished");
  return row;
}

async function lock(tx: Transaction, { accountId }: AgentIdentity, inboxId: number) {
  const own = and(eq(inboxes.account_id, accountId), eq(inboxes.id, inboxId));
  const [row] = await tx.select().from(inboxes).where(own).for("update");
  return row;
}

/** Changes what is given; a setting that is `null` is forgotten. Errors: `not_found` (also: another account's). */
export async function updateInbox(
  deps: Deps,
  agent: AgentIdentity,
  inboxId: number,
  input: UpdateInbox,
): Promise<Result<InboxDetails>> {
  return await administer(deps, agent, async (tx, ledger) => {
    const before = await lock(tx, agent, inboxId);
    if (!before) return notFound();
    const undefinedField = await findUndefinedField(tx, agent.accountId, input);
    if (undefinedField) return undefinedField;
    const row = await write(tx, before, input);
    const changes = changesBetween(loggable(before), loggable(row));
    if (Object.keys(changes).length > 0) note(ledger, "update", row.id, changes);
    return success(inboxDetails(row, agent, deps.config.publicUrl));
  });
}

/** Removes it with its conversations, and closes the chats that are open. Errors: `not_found`. */
export async function deleteInbox(
  deps: Deps,
  agent: AgentIdentity,
  inboxId: number,
): Promise<Result<null>> {
  return await administer(deps, agent, async (tx, ledger) => {
    const before = await lock(tx, agent, inboxId);
    if (!before) return notFound();
    // As long as its history takes: a limit would make a big inbox stay for ever.
    await tx.execute(sql`set local statement_timeout = 0`);
    await tx.delete(inboxes).where(eq(inboxes.id, before.id));
    await sweepSoon(deps, tx);
    note(ledger, "destroy", before.id, loggable(before));
    ledger.tell({ name: "inbox:removed", inboxId: before.id });
    return success(null);
  });
}
