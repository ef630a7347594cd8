// A contact's identities: under which source ids, in which inboxes, he can be spoken with.
import { randomUUID } from "node:crypto";
import { and, desc, eq } from "drizzle-orm";
import type { ContactInbox } from "../../protocol/records-contacts.ts";
import { failure, success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import type { AgentIdentity } from "../agents/agents.ts";
import { visibleInboxIds, wholeInboxIds } from "../agents/agents.ts";
import { notFound } from "../conversations/find.ts";
import type { Database, Transaction } from "../database/connection.ts";
import { violatesUnique } from "../database/errors.ts";
import { contact_inboxes, contacts } from "../database/contact-tables.ts";
import { inboxes } from "../database/inbox-tables.ts";
import type { InboxRow } from "../inboxes/inboxes.ts";
import { inboxRecord } from "../inboxes/inboxes.ts";
import { randomToken } from "../random.ts";
import type { RoomDeps } from "../room.ts";

type Deps = Pick<RoomDeps, "db" | "events" | "clock" | "config">;
export type ContactInboxRow = typeof contact_inboxes.$inferSelect;

export const notAllowed = () =>
  failure("unauthenticated", "You are not authorized to do this action");

export const sourceIdTaken = () => failure("invalid", "source_id should be unique");

/** Errors: `not_found`, `unauthenticated` (an inbox of the account that this agent is no member of). */
export async function findInboxFor(
  db: Database | Transaction,
  agent: AgentIdentity,
  inboxId: number,
): Promise<Result<InboxRow>> {
  const [row] = await db
    .select()
    .from(inboxes)
    .where(and(eq(inboxes.account_id, agent.accountId), eq(inboxes.id, inboxId)));
  if (!row) return notFound();
  const visible = await visibleInboxIds(db, agent);
  return visible === undefined || visible.includes(row.id) ? success(row) : notAllowed();
}

/** The same, for whoever is to learn a source id of it. */
export async function findWholeInboxFor(
  db: Database | Transaction,
  agent: AgentIdentity,
  inboxId: number,
): Promise<Result<InboxRow>> {
  const found = await findInboxFor(db, agent, inboxId);
  const whole = await wholeInboxIds(db, agent);
  return whole === undefined || whole.includes(inboxId) || !found.ok ? found : notAllowed();
}

/** Throws the database's objection to a source id that the inbox has already. */
export async function insertContactInbox(
  tx: Database | Transaction,
  contactId: number,
  inboxId: number,
  sourceId: string | null,
): Promise<ContactInboxRow> {
  const [row] = await tx
    .insert(contact_inboxes)
    .values({
      contact_id: contactId,
      inbox_id: inboxId,
      source_id: sourceId ?? randomUUID(),
      pubsub_token: randomToken(),
    })
    .returning();
  if (!row) throw new Error("INSERT answered no contact inbox");
  return row;
}

/** Runs `work`; a source id or a proven identifier that is somebody's already becomes a failure. */
export async function refusingTaken<Value>(
  work: () => Promise<Result<Value>>,
): Promise<Result<Value>> {
  try {
    return await work();
  } catch (error) {
    if (violatesUnique(error, "contact_inboxes_source")) return sourceIdTaken();
    if (violatesUnique(error, "contacts_verified_identifier")) {
      return failure("invalid", "has already been taken", { field: "identifier" });
    }
    throw error;
  }
}

export const contactInboxRecord = (
  { config }: Pick<Deps, "config">,
  { source_id }: Pick<ContactInboxRow, "source_id">,
  inbox: InboxRow,
): ContactInbox => ({ source_id, inbox: inboxRecord(inbox, config.publicUrl) });

/**
 * Gives a contact an identity in an inbox. Errors: `not_found` (contact or inbox), `unauthenticated`
 * (no member of the inbox), `invalid` (the source id is somebody's).
 */
export async function addContactInbox(
  deps: Deps,
  agent: AgentIdentity,
  contactId: number,
  inboxId: number,
  sourceId: string | null,
): Promise<Result<ContactInbox>> {
  const inbox = await findWholeInboxFor(deps.db, agent, inboxId);
  if (!inbox.ok) return inbox;
  const [contact] = await deps.db
    .select({ id: contacts.id })
    .from(contacts)
    .where(and(eq(contacts.account_id, agent.accountId), eq(contacts.id, contactId)));
  if (!contact) return notFound();
  return await refusingTaken(async () => {
    const row = await insertContactInbox(deps.db, contactId, inboxId, sourceId);
    return success(contactInboxRecord(deps, row, inbox.data));
  });
}

/** His latest identity in each inbox that is wholly this agent's to see: where he can be written to. */
export async function listContactableInboxes(
  deps: Deps,
  agent: AgentIdentity,
  contactId: number,
): Promise<Result<ContactInbox[]>> {
  const [contact] = await deps.db
    .select({ id: contacts.id })
    .from(contacts)
    .where(and(eq(contacts.account_id, agent.accountId), eq(contacts.id, contactId)));
  if (!contact) return notFound();
  const whole = await wholeInboxIds(deps.db, agent);
  const rows = await deps.db
    .select({ identity: contact_inboxes, inbox: inboxes })
    .from(contact_inboxes)
    .innerJoin(inboxes, eq(inboxes.id, contact_inboxes.inbox_id))
    .where(eq(contact_inboxes.contact_id, contactId))
    .orderBy(desc(contact_inboxes.id));
  const latest = new Map<number, ContactInbox>();
  for (const { identity, inbox } of rows) {
    if (latest.has(inbox.id) || !(whole === undefined || whole.includes(inbox.id))) continue;
    latest.set(inbox.id, contactInboxRecord(deps, identity, inbox));
  }
  return success([...latest.values()]);
}
