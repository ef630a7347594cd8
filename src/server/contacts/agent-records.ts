// From a contact's rows to the record that agents see.
import { and, asc, desc, eq, inArray } from "drizzle-orm";
import type { Contact, ContactEnvelope, ContactInbox } from "../../protocol/records-contacts.ts";
import type { AgentIdentity } from "../agents/agents.ts";
import { wholeInboxIds } from "../agents/agents.ts";
import type { Database, Transaction } from "../database/connection.ts";
import { contact_inboxes, contacts } from "../database/contact-tables.ts";
import { inboxes } from "../database/inbox-tables.ts";
import { inboxRecord } from "../inboxes/inboxes.ts";
import { unixSeconds } from "../messages/records.ts";
import type { RoomDeps } from "../room.ts";
import { statedBeside } from "./stated.ts";
import type { ContactRow } from "./fields.ts";

type Deps = Pick<RoomDeps, "clock" | "config"> & { db: Database | Transaction };

const ONLINE_MS = 5 * 60 * 1000;

/** The records of these rows as this agent may see them, in their order. */
export async function contactRecords(
  deps: Deps,
  agent: AgentIdentity,
  rows: ContactRow[],
  { withInboxes = true } = {},
): Promise<Contact[]> {
  const identities = withInboxes ? await identitiesOf(deps, agent, rows) : undefined;
  const now = deps.clock().getTime();
  return rows.map((row) => {
    const { id, name, email, phone_number, identifier, blocked, labels } = row;
    const { additional_attributes, custom_attributes, last_activity_at: active } = row;
    return {
      id,
      name,
      email,
      phone_number,
      identifier,
      thumbnail: row.avatar_url,
      blocked,
      labels,
      additional_attributes,
      custom_attributes,
      stated: statedBeside(row),
      availability_status: active && now - active.getTime() < ONLINE_MS ? "online" : "offline",
      last_activity_at: active && unixSeconds(active),
      created_at: unixSeconds(row.created_at),
      ...(identities ? { contact_inboxes: identities.get(id) ?? [] } : {}),
    };
  });
}

/**
 * Whoever knows a source id speaks as its visitor, in all of his conversations there: it is for agents
 * who may see each of them.
 */
async function identitiesOf(
  { db, config }: Deps,
  agent: AgentIdentity,
  rows: ContactRow[],
): Promise<Map<number, ContactInbox[]>> {
  const found = new Map<number, ContactInbox[]>();
  if (rows.length === 0) return found;
  const ids = rows.map((row) => row.id);
  const whole = await wholeInboxIds(db, agent);
  const identities = await db
    .select({ contactInbox: contact_inboxes, inbox: inboxes })
    .from(contact_inboxes)
    .innerJoin(inboxes, eq(inboxes.id, contact_inboxes.inbox_id))
    .where(
      and(
        inArray(contact_inboxes.contact_id, ids),
        whole && inArray(contact_inboxes.inbox_id, whole),
      ),
    )
    .orderBy(asc(contact_inboxes.id));
  for (const { contactInbox, inbox } of identities) {
    const { contact_id, source_id } = contactInbox;
    const record = { source_id, inbox: inboxRecord(inbox, config.publicUrl) };
    found.set(contact_id, [...(found.get(contact_id) ?? []), record]);
  }
  return found;
}

/** Wrapped as the seed prints it. */
export function contactEnvelope(contact: Contact, contactInbox?: ContactInbox): ContactEnvelope {
  return {
    id: contact.id,
    availability_status: contact.availability_status,
    payload: { contact, ...(contactInbox ? { contact_inbox: contactInbox } : {}) },
  };
}

/** The records of the contacts with these ids, in this order; whoever is gone is missing. */
export async function loadContacts(
  deps: Deps,
  agent: AgentIdentity,
  ids: number[],
  options?: { withInboxes: boolean },
): Promise<Contact[]> {
  if (ids.length === 0) return [];
  const rows = await deps.db
    .select()
    .from(contacts)
    .where(inArray(contacts.id, ids))
    .orderBy(desc(contacts.id));
  const byId = new Map(rows.map((row) => [row.id, row]));
  const inOrder = ids.flatMap((id) => byId.get(id) ?? []);
  return await contactRecords(deps, agent, inOrder, options);
}
