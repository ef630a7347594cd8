// Visitors: who a browser is, by the source id or the socket's token that it holds.
import { and, eq } from "drizzle-orm";
import type { PublicContact } from "../../protocol/records.ts";
import type { Database, Transaction } from "../database/connection.ts";
import { contact_inboxes, contacts } from "../database/contact-tables.ts";
import { inboxes } from "../database/inbox-tables.ts";
import { withStated } from "./stated.ts";

/** A contact's identity in one inbox, as a request or socket has proven it. */
export interface VisitorIdentity {
  accountId: number;
  inboxId: number;
  contactInboxId: number;
  contactId: number;
  /** Its identifier was signed by the website. */
  verified: boolean;
  name: string | null;
  avatarUrl: string | null;
}

export interface Visitor extends VisitorIdentity {
  contact: PublicContact;
  allowedDomains: string[];
}

/** Credentials are base64url or UUIDs; anything else names nobody. */
const wellFormed = (credential: string) => /^[\w-]{1,128}$/.test(credential);

function selectVisitors(db: Database | Transaction) {
  return db
    .select({ contact: contacts, contactInbox: contact_inboxes, inbox: inboxes })
    .from(contact_inboxes)
    .innerJoin(contacts, eq(contacts.id, contact_inboxes.contact_id))
    .innerJoin(inboxes, eq(inboxes.id, contact_inboxes.inbox_id));
}

type VisitorRow = Awaited<ReturnType<typeof selectVisitors>>[number];

function visitorOf({ contact, contactInbox, inbox }: VisitorRow): Visitor {
  return {
    accountId: inbox.account_id,
    inboxId: inbox.id,
    contactInboxId: contactInbox.id,
    contactId: contact.id,
    verified: contactInbox.hmac_verified,
    name: contact.name,
    avatarUrl: contact.avatar_url,
    allowedDomains: inbox.allowed_domains,
    contact: {
      id: contact.id,
      source_id: contactInbox.source_id,
      identifier: contact.identifier,
      ...withStated(contact),
      hmac_verified: contactInbox.hmac_verified,
      pubsub_token: contactInbox.pubsub_token,
    },
  };
}

/** The visitor who holds this source id of the inbox. */
export async function findVisitorBySource(
  db: Database | Transaction,
  inboxId: number,
  sourceId: string,
): Promise<Visitor | undefined> {
  if (!wellFormed(sourceId)) return undefined;
  const [row] = await selectVisitors(db).where(
    and(eq(contact_inboxes.inbox_id, inboxId), eq(contact_inboxes.source_id, sourceId)),
  );
  return row && visitorOf(row);
}

/** The visitor whose socket says this token. */
export async function findVisitorByToken(
  db: Database,
  pubsubToken: string,
): Promise<Visitor | undefined> {
  if (!wellFormed(pubsubToken)) return undefined;
  const [row] = await selectVisitors(db).where(eq(contact_inboxes.pubsub_token, pubsubToken));
  return row && visitorOf(row);
}

/** The visitor as he is now: his identity may have been verified since. */
export async function findVisitorById(
  db: Database | Transaction,
  contactInboxId: number,
): Promise<Visitor | undefined> {
  const [row] = await selectVisitors(db).where(eq(contact_inboxes.id, contactInboxId));
  return row && visitorOf(row);
}
