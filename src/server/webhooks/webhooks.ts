// Webhooks of an account: who wants to hear of what, kept by its administrators.
import { and, asc, count, eq, sql } from "drizzle-orm";
import { WEBHOOKS_MAX_PER_ACCOUNT } from "../../protocol/limits.ts";
import type { Webhook, WebhookWithSecret } from "../../protocol/records-webhooks.ts";
import type { CreateWebhook, UpdateWebhook } from "../../protocol/requests-webhooks.ts";
import { failure, success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import type { AgentIdentity } from "../agents/agents.ts";
import { administer, changesBetween } from "../audit/administer.ts";
import { inboxes } from "../database/inbox-tables.ts";
import { webhooks } from "../database/webhook-tables.ts";
import { unixSeconds } from "../messages/records.ts";
import type { Outgoing } from "../outgoing/outgoing.ts";
import { randomToken } from "../random.ts";
import type { RoomDeps } from "../room.ts";
import { parkPending } from "./outcome.ts";
import { webhookSecret } from "./secrets.ts";

export type WebhookRow = typeof webhooks.$inferSelect;

export interface WebhookRoomDeps extends RoomDeps {
  outgoing: Outgoing;
  /** Says that there is something to deliver. */
  wake: () => void;
}

const secondsOrNull = (time: Date | null) => time && unixSeconds(time);

const notFound = () => failure("not_found", "Resource could not be found");
const urlTaken = { index: "webhooks_url", field: "url" };
const type = "Webhook";
type Work<Value> = Parameters<typeof administer<Value>>[2];

export function webhookRecord(row: WebhookRow): Webhook {
  return {
    id: row.id,
    url: row.url,
    subscriptions: row.subscriptions,
    account_id: row.account_id,
    inbox_id: row.inbox_id,
    enabled: row.enabled,
    failing_since: secondsOrNull(row.failing_since),
    switched_off_at: secondsOrNull(row.switched_off_at),
    switched_off_reason: row.switched_off_reason,
    previous_secret_expires_at: secondsOrNull(row.previous_secret_expires_at),
    created_at: unixSeconds(row.created_at),
  };
}

const ofAccount = (accountId: number, id: number) =>
  and(eq(webhooks.account_id, accountId), eq(webhooks.id, id));

/** The webhooks of an account, the oldest first. */
export async function listWebhooks(
  { db }: Pick<RoomDeps, "db">,
  accountId: number,
): Promise<Webhook[]> {
  const rows = await db
    .select()
    .from(webhooks)
    .where(eq(webhooks.account_id, accountId))
    .orderBy(asc(webhooks.id));
  return rows.map(webhookRecord);
}

/** Errors: `not_found` (also: another account's). */
export async function findWebhook(
  { db }: Pick<RoomDeps, "db">,
  accountId: number,
  id: number,
): Promise<Result<WebhookRow>> {
  const [row] = await db.select().from(webhooks).where(ofAccount(accountId, id));
  return row ? success(row) : notFound();
}

/** Errors: `invalid` (address, inbox, too many). The answer alone holds the secret. */
export async function createWebhook(
  deps: WebhookRoomDeps,
  agent: AgentIdentity,
  input: CreateWebhook,
): Promise<Result<WebhookWithSecret>> {
  const { accountId } = agent;
  const checked = await checkInput(deps, accountId, input);
  if (!checked.ok) return checked;
  const nonce = randomToken();
  const work: Work<WebhookWithSecret> = async (tx, { note }) => {
    const [held] = await tx
      .select({ count: count() })
      .from(webhooks)
      .where(eq(webhooks.account_id, accountId));
    if ((held?.count ?? 0) >= WEBHOOKS_MAX_PER_ACCOUNT) {
      return failure("invalid", `An account may have ${WEBHOOKS_MAX_PER_ACCOUNT} webhooks`);
    }
    const [row] = await tx
      .insert(webhooks)
      .values({
        account_id: accountId,
        inbox_id: input.inbox_id ?? null,
        url: input.url,
        subscriptions: input.subscriptions,
        secret_nonce: nonce,
      })
      .returning();
    if (!row) throw new Error("INSERT answered no webhook");
    note({ action: "create", type, id: row.id, changes: webhookRecord(row) });
    return success({ ...webhookRecord(row), secret: webhookSecret(deps.config.secret, nonce) });
  };
  return await administer(deps, agent, work, urlTaken);
}

async function checkInput(
  { db, outgoing }: WebhookRoomDeps,
  accountId: number,
  { url, inbox_id }: UpdateWebhook,
): Promise<Result<null>> {
  const problem = url === undefined ? undefined : await outgoing.check(url);
  if (problem) return failure("invalid", problem.message, { field: "url" });
  if (inbox_id == null) return success(null);
  const [inbox] = await db
    .select({ id: inboxes.id })
    .from(inboxes)
    .where(and(eq(inboxes.id, inbox_id), eq(inboxes.account_id, accountId)));
  return inbox ? success(null) : failure("invalid", "does not exist", { field: "inbox_id" });
}

/**
 * Changes what is given. A new address, or switching on again, forgets the failures; switching off
 * parks what still waits. Errors: `not_found`, `invalid`.
 */
export async function updateWebhook(
  deps: WebhookRoomDeps,
  agent: AgentIdentity,
  id: number,
  input: UpdateWebhook,
): Promise<Result<Webhook>> {
  const checked = await checkInput(deps, agent.accountId, input);
  if (!checked.ok) return checked;
  const { url, subscriptions, inbox_id, enabled } = input;
  const work: Work<Webhook> = async (tx, { note }) => {
    const [current] = await tx
      .select()
      .from(webhooks)
      .where(ofAccount(agent.accountId, id))
      .for("no key update");
    if (!current) return notFound();
    const startsAnew =
      (enabled === true && !current.enabled) || (url ?? current.url) !== current.url;
    const [row] = await tx
      .update(webhooks)
      .set({
        url: url ?? current.url,
        subscriptions: subscriptions ?? current.subscriptions,
        inbox_id: inbox_id === undefined ? current.inbox_id : inbox_id,
        enabled: enabled ?? current.enabled,
        // By the clock of the database, which the events go by.
        ...(enabled === true && !current.enabled ? { enabled_at: sql`now()` } : {}),
        ...(startsAnew
          ? { failing_since: null, switched_off_at: null, switched_off_reason: null }
          : {}),
      })
      .where(eq(webhooks.id, id))
      .returning();
    if (!row) throw new Error("a locked webhook has vanished");
    if (!row.enabled) await parkPending(tx, row.id);
    const changes = changesBetween({ ...webhookRecord(current) }, { ...webhookRecord(row) });
    if (Object.keys(changes).length > 0) note({ action: "update", type, id, changes });
    return success(webhookRecord(row));
  };
  return await administer(deps, agent, work, urlTaken);
}

/** Removes it with its log. Errors: `not_found`. */
export async function deleteWebhook(
  deps: Pick<RoomDeps, "db" | "events">,
  agent: AgentIdentity,
  id: number,
): Promise<Result<null>> {
  return await administer(deps, agent, async (tx, { note }) => {
    const [row] = await tx.delete(webhooks).where(ofAccount(agent.accountId, id)).returning();
    if (!row) return notFound();
    note({ action: "destroy", type, id, changes: webhookRecord(row) });
    return success(null);
  });
}

/**
 * Gives it a new secret; the old one signs beside it for so long. The answer alone holds the secret.
 * Errors: `not_found`.
 */
export async function rotateSecret(
  deps: WebhookRoomDeps,
  agent: AgentIdentity,
  id: number,
  overlapSeconds: number,
): Promise<Result<WebhookWithSecret>> {
  const { clock, config } = deps;
  const nonce = randomToken();
  const keeps = overlapSeconds > 0;
  const work: Work<WebhookWithSecret> = async (tx, { note }) => {
    const [row] = await tx
      .update(webhooks)
      .set({
        previous_secret_nonce: keeps ? webhooks.secret_nonce : null,
        previous_secret_expires_at: keeps
          ? new Date(clock().getTime() + overlapSeconds * 1000)
          : null,
        secret_nonce: nonce,
      })
      .where(ofAccount(agent.accountId, id))
      .returning();
    if (!row) return notFound();
    note({ action: "update", type, id, changes: { secret: ["(hidden)", "(hidden)"] } });
    return success({ ...webhookRecord(row), secret: webhookSecret(config.secret, nonce) });
  };
  return await administer(deps, agent, work);
}
