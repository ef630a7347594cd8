// Contacts: made by browsers, changed by them, and verified by their websites.
import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import type { PublicContact } from "../../protocol/records.ts";
import type { CreateContact, UpdateContact } from "../../protocol/requests-visitors.ts";
import { failure, success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import type { Transaction } from "../database/connection.ts";
import { contact_inboxes, contacts } from "../database/contact-tables.ts";
import type { InboxRow } from "../inboxes/inboxes.ts";
import { randomToken } from "../random.ts";
import type { RoomDeps } from "../room.ts";
import { applyFields } from "./apply-fields.ts";
import { mergedFields } from "./fields.ts";
import type { ContactRow, FieldInput } from "./fields.ts";
import { identifierHash, provenIdentifier } from "./identity.ts";
import { nameTaker, readIdentityToken, takeIdentityToken } from "./identity-token.ts";
import type { IdentityToken } from "./identity-token.ts";
import { statedChange } from "./stated.ts";
import { contactCreated, findOrCreateVerified, verifyVisitor } from "./verify.ts";
import { findVisitorById } from "./visitors.ts";
import type { VisitorIdentity } from "./visitors.ts";

type Deps = Pick<RoomDeps, "db" | "events" | "clock">;
/**
 * Makes a visitor: a contact's identity in this inbox, with the credentials that its browser keeps.
 * With a right `identifier_hash` it is the verified contact of that identifier, whom all its
 * browsers share; otherwise a contact of its own, whatever it claims.
 * Errors: `unauthenticated` (a wrong hash or token, or none although the inbox demands it).
 */
export async function createVisitor(
  deps: Deps,
  inbox: InboxRow,
  given: CreateContact,
): Promise<Result<PublicContact>> {
  const read = await readToken(deps, inbox, given);
  if (!read.ok) return read;
  const { input, token, signed } = read.data;
  const proven = provenIdentifier(inbox, input);
  if (!proven.ok) return proven;
  const created = await deps.events.transaction<Result<number>>(async (tx, record) => {
    if (token) {
      const taken = await takeIdentityToken(tx, token, deps.clock());
      if (!taken.ok) return taken;
    }
    const { contact, isNew } =
      proven.data === undefined
        ? { contact: await insertContact(tx, inbox, input), isNew: true }
        : await findOrCreateVerified(tx, inbox.account_id, proven.data);
    if (isNew) record(contactCreated(contact));
    if (proven.data !== undefined) {
      const stated = statedChange(contact, input);
      for (const event of await applyFields(tx, contact, signed, stated)) record(event);
    }
    const [row] = await tx
      .insert(contact_inboxes)
      .values({
        contact_id: contact.id,
        inbox_id: inbox.id,
        source_id: randomUUID(),
        pubsub_token: randomToken(),
        hmac_verified: proven.data !== undefined,
      })
      .returning({ id: contact_inboxes.id });
    if (!row) throw new Error("INSERT answered no contact inbox");
    if (token) await nameTaker(tx, token, row.id);
    return success(row.id);
  });
  return created.ok ? await answer(deps, created.data) : created;
}

/** What a token says in the words of an identifier and its hash, and what it has signed beside that. */
async function readToken<Input extends UpdateContact>(
  { clock }: Pick<Deps, "clock">,
  inbox: InboxRow,
  { identity_token, ...input }: Input,
): Promise<
  Result<{ input: Omit<Input, "identity_token">; token?: IdentityToken; signed: FieldInput }>
> {
  if (identity_token === undefined) return success({ input, signed: {} });
  const token = await readIdentityToken(inbox, identity_token, clock());
  if (!token.ok) return token;
  const { identifier, fields: signed } = token.data;
  const identifier_hash = identifierHash(inbox.hmac_token, identifier);
  return success({ input: { ...input, identifier, identifier_hash }, token: token.data, signed });
}

async function answer({ db }: Pick<Deps, "db">, id: number): Promise<Result<PublicContact>> {
  const visitor = await findVisitorById(db, id);
  if (!visitor) throw new Error("a visitor has vanished");
  return success(visitor.contact);
}

async function insertContact(
  tx: Transaction,
  inbox: InboxRow,
  input: CreateContact,
): Promise<ContactRow> {
  const [row] = await tx
    .insert(contacts)
    .values({
      ...mergedFields({}, input),
      account_id: inbox.account_id,
      identifier: input.identifier ?? null,
    })
    .returning();
  if (!row) throw new Error("INSERT answered no contact");
  return row;
}

/**
 * Changes the contact behind a visitor. With an identifier and its right hash the browser becomes
 * that verified contact, and brings its conversations along.
 * Errors: `unauthenticated` (as for creating one), `conflict` (already verified as somebody else).
 */
export async function updateVisitor(
  deps: Deps,
  inbox: InboxRow,
  visitor: VisitorIdentity,
  given: UpdateContact,
): Promise<Result<PublicContact>> {
  const read = await readToken(deps, inbox, given);
  if (!read.ok) return read;
  const { input, token, signed } = read.data;
  const names = input.identifier !== undefined || input.identifier_hash !== undefined;
  const proven = names ? provenIdentifier(inbox, input) : success(undefined);
  if (!proven.ok) return proven;
  const result = await deps.events.transaction<Result<number | undefined>>(async (tx, record) => {
    const [row] = await tx
      .select({ contact: contacts, verified: contact_inboxes.hmac_verified })
      .from(contact_inboxes)
      .innerJoin(contacts, eq(contacts.id, contact_inboxes.contact_id))
      .where(eq(contact_inboxes.id, visitor.contactInboxId))
      .for("update");
    if (!row) return failure("not_found", "Resource could not be found");
    const { identifier } = input;
    const isOther = identifier !== undefined && identifier !== row.contact.identifier;
    // Without a proof of its own, a browser whose contact an agent has vouched for is nobody else either.
    const isProven = row.verified || (row.contact.identifier_verified && proven.data === undefined);
    if (isProven && isOther) {
      return failure("conflict", "This browser is verified as another contact", {
        field: "identifier",
      });
    }
    if (token) {
      const taken = await takeIdentityToken(tx, token, deps.clock(), visitor.contactInboxId);
      if (!taken.ok) return taken;
    }
    const becomes = row.verified ? undefined : proven.data;
    if (becomes !== undefined) {
      const verified = await verifyVisitor(tx, visitor, row.contact, becomes);
      for (const event of verified.events) record(event);
      const stated = statedChange(verified.contact, input);
      for (const event of await applyFields(tx, verified.contact, signed, stated)) record(event);
      return success(verified.contact.id);
    }
    const events = row.contact.identifier_verified
      ? await applyFields(tx, row.contact, signed, statedChange(row.contact, input))
      : await applyFields(tx, row.contact, input, isOther ? { identifier } : {});
    for (const event of events) record(event);
    return success(undefined);
  });
  if (!result.ok) return result;
  if (result.data !== undefined) {
    const { contactInboxId, inboxId } = visitor;
    const contactId = result.data;
    deps.events.publish({ name: "visitor:verified", contactInboxId, inboxId, contactId });
  }
  return await answer(deps, visitor.contactInboxId);
}
