// Contacts as agents and their tools make, change and remove them (seed 003, rows 21–23).
import { and, eq, ne, sql } from "drizzle-orm";
import type { Contact, ContactInbox } from "../../protocol/records-contacts.ts";
import type { CreateAgentsContact, UpdateAgentsContact } from "../../protocol/requests-contacts.ts";
import { failure, success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import type { AgentIdentity } from "../agents/agents.ts";
import { actorOf } from "../agents/agents.ts";
import { sweepSoon } from "../attachments/sweep.ts";
import { administer } from "../audit/administer.ts";
import { notFound } from "../conversations/find.ts";
import { audienceOf } from "../conversations/records.ts";
import type { Transaction } from "../database/connection.ts";
import { contact_inboxes, contacts } from "../database/contact-tables.ts";
import { conversations } from "../database/conversation-tables.ts";
import type { RoomDeps } from "../room.ts";
import { contactRecords } from "./agent-records.ts";
import {
  contactInboxRecord,
  findWholeInboxFor,
  insertContactInbox,
  refusingTaken,
} from "./contact-inboxes.ts";
import { applyFields } from "./apply-fields.ts";
import { mergedAttributes, mergedFields } from "./fields.ts";
import type { ContactRow } from "./fields.ts";

type Deps = Pick<RoomDeps, "db" | "events" | "clock" | "config">;

/** Any number that no other lock of two numbers takes. */
const LOCK_SPACE = 5_242;

const ofAccount = ({ accountId }: AgentIdentity, contactId: number) =>
  and(eq(contacts.account_id, accountId), eq(contacts.id, contactId));

/** Errors: `not_found`. */
export async function getContact(
  deps: Deps,
  agent: AgentIdentity,
  contactId: number,
): Promise<Result<Contact>> {
  const rows = await deps.db.select().from(contacts).where(ofAccount(agent, contactId));
  const [contact] = await contactRecords(deps, agent, rows);
  return contact ? success(contact) : notFound();
}

/**
 * Whether another contact of the account has one of these already. Writers wait for each other. What
 * a browser merely claims to be does not keep an identifier from whom an agent vouches for.
 */
async function refuseTaken(
  tx: Transaction,
  { accountId }: AgentIdentity,
  input: Pick<UpdateAgentsContact, "email" | "phone_number" | "identifier">,
  selfId = 0,
): Promise<Result<null>> {
  await tx.execute(sql`select pg_advisory_xact_lock(${LOCK_SPACE}, ${accountId % 2 ** 31}::int)`);
  for (const field of ["email", "phone_number", "identifier"] as const) {
    const value = input[field];
    if (!value) continue;
    const [other] = await tx
      .select({ id: contacts.id })
      .from(contacts)
      .where(
        and(
          eq(contacts.account_id, accountId),
          eq(contacts[field], value),
          field === "identifier" ? eq(contacts.identifier_verified, true) : undefined,
          ne(contacts.id, selfId),
        ),
      )
      .limit(1);
    if (other) return failure("invalid", "has already been taken", { field });
  }
  return success(null);
}

export interface CreatedContact {
  contact: Contact;
  contactInbox: ContactInbox | undefined;
}

/**
 * Makes a contact, and with an inbox his identity in it. The identifier that an agent gives him is as
 * good as a signed one: the website's own people have said it.
 * Errors: `invalid` (address, number, identifier or source id taken), `not_found` (the inbox),
 * `unauthenticated` (no member of it).
 */
export async function createContact(
  deps: Deps,
  agent: AgentIdentity,
  { inbox_id, source_id, ...input }: CreateAgentsContact,
): Promise<Result<CreatedContact>> {
  const inbox = inbox_id == null ? undefined : await findWholeInboxFor(deps.db, agent, inbox_id);
  if (inbox && !inbox.ok) return inbox;
  return await refusingTaken(() =>
    deps.events.transaction<Result<CreatedContact>>(async (tx, record) => {
      const taken = await refuseTaken(tx, agent, input);
      if (!taken.ok) return taken;
      const row = await insertContact(tx, agent, input, deps.clock());
      const identity =
        inbox && (await insertContactInbox(tx, row.id, inbox.data.id, source_id ?? null));
      record({
        name: "contact:created",
        accountId: agent.accountId,
        contactId: row.id,
        actor: actorOf(agent),
        changes: {},
      });
      const [contact] = await contactRecords({ ...deps, db: tx }, agent, [row]);
      if (!contact) throw new Error("a new contact has vanished");
      const contactInbox = inbox && identity && contactInboxRecord(deps, identity, inbox.data);
      return success({ contact, contactInbox });
    }),
  );
}

async function insertContact(
  tx: Transaction,
  agent: AgentIdentity,
  input: UpdateAgentsContact,
  now: Date,
): Promise<ContactRow> {
  const { identifier = null, blocked = false } = input;
  const [row] = await tx
    .insert(contacts)
    .values({
      ...mergedFields({}, input),
      additional_attributes: mergedAttributes({}, input.additional_attributes ?? {}),
      account_id: agent.accountId,
      identifier: identifier === "" ? null : identifier,
      identifier_verified: identifier !== null && identifier !== "",
      blocked,
      created_at: now,
    })
    .returning();
  if (!row) throw new Error("INSERT answered no contact");
  return row;
}

/** Errors: `not_found`, `invalid` (address, number or identifier taken). */
export async function updateContact(
  deps: Deps,
  agent: AgentIdentity,
  contactId: number,
  input: UpdateAgentsContact & { labels?: string[] },
): Promise<Result<Contact>> {
  const change: Parameters<typeof deps.events.transaction<Result<Contact>>>[0] = async (
    tx,
    record,
  ) => {
    const taken = await refuseTaken(tx, agent, input, contactId);
    if (!taken.ok) return taken;
    const [before] = await tx
      .select()
      .from(contacts)
      .where(ofAccount(agent, contactId))
      .for("no key update");
    if (!before) return notFound();
    const more = moreFields(before, input);
    const events = await applyFields(tx, before, input, more, actorOf(agent));
    for (const event of events) record(event);
    const rows = await tx.select().from(contacts).where(eq(contacts.id, contactId));
    const [contact] = await contactRecords({ ...deps, db: tx }, agent, rows);
    return contact ? success(contact) : notFound();
  };
  return await refusingTaken(() => deps.events.transaction(change));
}

/** What only agents may change of a contact, as far as it differs. */
function moreFields(
  before: ContactRow,
  input: UpdateAgentsContact & { labels?: string[] },
): Partial<ContactRow> {
  const { identifier, blocked, labels } = input;
  const vouched = identifier === "" ? null : identifier;
  const additional = mergedAttributes(
    before.additional_attributes,
    input.additional_attributes ?? {},
  );
  const differs = (one: unknown, other: unknown) => JSON.stringify(one) !== JSON.stringify(other);
  return {
    ...(vouched !== undefined && vouched !== before.identifier ? { identifier: vouched } : {}),
    ...(vouched !== undefined && (vouched !== null) !== before.identifier_verified
      ? { identifier_verified: vouched !== null }
      : {}),
    ...(blocked !== undefined && blocked !== before.blocked ? { blocked } : {}),
    ...(labels && differs(labels, before.labels) ? { labels } : {}),
    ...(differs(additional, before.additional_attributes)
      ? { additional_attributes: additional }
      : {}),
  };
}

/**
 * Removes a contact with his conversations, and sends his browsers away. The log says that he is gone,
 * and nothing of who he was. Errors: `not_found`.
 */
export async function deleteContact(
  deps: Deps & Pick<RoomDeps, "jobs">,
  agent: AgentIdentity,
  contactId: number,
): Promise<Result<null>> {
  return await administer(deps, agent, async (tx, { note, tell }) => {
    const [row] = await tx
      .select({ id: contacts.id })
      .from(contacts)
      .where(ofAccount(agent, contactId))
      .for("update");
    if (!row) return notFound();
    const held = await tx
      .select()
      .from(conversations)
      .where(eq(conversations.contact_id, contactId));
    const identities = await tx
      .select({ id: contact_inboxes.id })
      .from(contact_inboxes)
      .where(eq(contact_inboxes.contact_id, contactId));
    await tx.delete(contacts).where(eq(contacts.id, contactId));
    await sweepSoon(deps, tx);
    const changes = { conversation_ids: held.map(({ display_id }) => display_id) };
    note({ action: "destroy", type: "Contact", id: contactId, changes });
    for (const one of held) tell({ name: "conversation:deleted", audience: audienceOf(one) });
    for (const { id } of identities) tell({ name: "visitor:removed", contactInboxId: id });
    return success(null);
  });
}
