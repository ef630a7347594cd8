// Starting a conversation: once for each echo id, with its first message in the same transaction.
import { and, eq } from "drizzle-orm";
import type { StartConversation } from "../../protocol/requests.ts";
import type { PublicConversation } from "../../protocol/records.ts";
import type { Result } from "../../protocol/result.ts";
import type { VisitorIdentity } from "../contacts/visitors.ts";
import { findVisitorById } from "../contacts/visitors.ts";
import type { Transaction } from "../database/connection.ts";
import { databaseErrorOf, violatesUnique } from "../database/errors.ts";
import { contacts, conversations } from "../database/tables.ts";
import type { Actor } from "../events.ts";
import type { RoomDeps } from "../room.ts";
import { getPublicConversation, notFound } from "./find.ts";
import { insertConversation, insertFirstMessage } from "./insert.ts";
import { audienceOf } from "./records.ts";

/** PostgreSQL's SQLSTATE. */
const FOREIGN_KEY_VIOLATION = "23503";

type Deps = Pick<RoomDeps, "db" | "events" | "clock">;

/**
 * Starts a conversation for this visitor. An `echo_id` that he has used answers the first one.
 * Errors: `not_found` (his contact has been removed).
 */
export async function startConversation(
  deps: Deps,
  visitor: VisitorIdentity,
  input: StartConversation,
): Promise<Result<PublicConversation>> {
  const row = (await findStarted(deps, visitor, input)) ?? (await start(deps, visitor, input));
  if (!row) return notFound();
  return await getPublicConversation(deps, eq(conversations.id, row.id));
}

async function findStarted(
  { db }: Deps,
  visitor: VisitorIdentity,
  { echo_id }: StartConversation,
): Promise<{ id: number } | undefined> {
  if (echo_id === undefined) return undefined;
  const [row] = await db
    .select({ id: conversations.id })
    .from(conversations)
    .where(
      and(
        eq(conversations.contact_inbox_id, visitor.contactInboxId),
        eq(conversations.echo_id, echo_id),
      ),
    );
  return row;
}

/** Undefined for a visitor whose contact has been removed. */
async function start(
  deps: Deps,
  visitor: VisitorIdentity,
  input: StartConversation,
): Promise<{ id: number } | undefined> {
  try {
    return await deps.events.transaction(async (tx, record) => {
      const now = deps.clock();
      const isBlocked = await isContactBlocked(tx, visitor.contactId);
      const created = await insertConversation(
        tx,
        {
          account_id: visitor.accountId,
          inbox_id: visitor.inboxId,
          contact_id: visitor.contactId,
          contact_inbox_id: visitor.contactInboxId,
          echo_id: input.echo_id ?? null,
          custom_attributes: input.custom_attributes ?? {},
          status: isBlocked ? "resolved" : "open",
        },
        now,
      );
      const actor: Actor = { type: "contact", id: visitor.contactId };
      record({
        name: "conversation:created",
        audience: audienceOf(created),
        actor,
        seq: 1,
        changes: {},
      });
      if (input.message) {
        const first = {
          actor,
          senderName: visitor.name,
          senderAvatarUrl: visitor.avatarUrl,
          content: input.message.content,
          private: false,
          echoId: input.message.echo_id,
          patch: isBlocked ? {} : { waiting_since: now, agent_unread_count: 1 },
        };
        record(await insertFirstMessage(tx, created, first, now));
      }
      return created;
    });
  } catch (error) {
    if (violatesUnique(error, "conversations_echo_id")) {
      return await findStarted(deps, visitor, input);
    }
    if (databaseErrorOf(error)?.code !== FOREIGN_KEY_VIOLATION) throw error;
    // At this very moment his contact was merged into another, verified, or removed.
    const present = await findVisitorById(deps.db, visitor.contactInboxId);
    if (present?.contactId === visitor.contactId) throw error;
    return present && (await start(deps, present, input));
  }
}

/** Nobody is to be disturbed by what a blocked contact writes; he is not told. */
async function isContactBlocked(tx: Transaction, contactId: number): Promise<boolean> {
  const [row] = await tx
    .select({ blocked: contacts.blocked })
    .from(contacts)
    .where(eq(contacts.id, contactId));
  return row?.blocked ?? false;
}
