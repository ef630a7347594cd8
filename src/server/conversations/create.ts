// Starting a conversation on behalf of agents and their tools (seed 003, row 32).
import { and, desc, eq } from "drizzle-orm";
import type { Conversation } from "../../protocol/records.ts";
import type { CreateConversation } from "../../protocol/requests-conversations.ts";
import { failure, success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import type { AgentIdentity } from "../agents/agents.ts";
import { actorOf, findAgentOfInbox } from "../agents/agents.ts";
import { may } from "../agents/permissions.ts";
import { isInScope, outOfScope } from "../agents/scopes.ts";
import {
  findInboxFor,
  insertContactInbox,
  notAllowed,
  refusingTaken,
  sourceIdTaken,
} from "../contacts/contact-inboxes.ts";
import type { ContactInboxRow } from "../contacts/contact-inboxes.ts";
import type { ContactRow } from "../contacts/fields.ts";
import type { Transaction } from "../database/connection.ts";
import { contact_inboxes, contacts } from "../database/contact-tables.ts";
import { conversations } from "../database/conversation-tables.ts";
import { inboxes } from "../database/inbox-tables.ts";
import type { RoomDeps } from "../room.ts";
import { rememberSnooze } from "../snooze/memory.ts";
import { autoAssign } from "./auto-assign.ts";
import { getConversation, isTeamOf, notFound } from "./find.ts";
import { beginning, insertConversation, insertFirstMessage } from "./insert.ts";
import { audienceOf } from "./records.ts";
import type { ConversationRow } from "./details.ts";

type Deps = Pick<RoomDeps, "db" | "events" | "clock">;

interface Recipient {
  identity: ContactInboxRow;
  contact: ContactRow;
}

/**
 * Starts a conversation with the contact of a source id, or with `contact_id` in `inbox_id`, where he
 * gets an identity if he has none. That of a blocked contact is resolved from the start. Its first
 * message is the agent's, and stored in the same transaction. It is his own if otherwise he could not
 * see it.
 * Errors: `not_found`, `unauthenticated` (no member of the inbox, or conversations are not his),
 * `forbidden` (asleep from the start, by a token that is not meant for it), `invalid`.
 */
export async function createConversation(
  deps: Deps,
  agent: AgentIdentity,
  input: CreateConversation,
): Promise<Result<Conversation>> {
  if (!may(agent, "conversation_participating_manage")) return notAllowed();
  if (input.status === "snoozed" && !isInScope(agent, "snooze")) return outOfScope();
  const now = deps.clock();
  const snoozedUntil = snoozeOf(input);
  if (snoozedUntil && snoozedUntil <= now) {
    return failure("invalid", "must be in the future", { field: "snoozed_until" });
  }
  const created = await refusingTaken(() =>
    deps.events.transaction<Result<number>>(async (tx, record) => {
      const recipient = await findRecipient(tx, agent, input);
      if (!recipient.ok) return recipient;
      const { identity, contact } = recipient.data;
      const isAssignable = await mayBeAssigned(tx, agent, identity.inbox_id, input, now);
      if (!isAssignable) return notFound();
      const row = await insertConversation(
        tx,
        {
          account_id: agent.accountId,
          inbox_id: identity.inbox_id,
          contact_id: contact.id,
          contact_inbox_id: identity.id,
          ...ownersOf(agent, input),
          team_id: input.team_id ?? null,
          ...beginning("user", input.status ?? "open", contact.blocked, now),
          snoozed_until: contact.blocked ? null : snoozedUntil,
          custom_attributes: input.custom_attributes ?? {},
          additional_attributes: input.additional_attributes ?? {},
        },
        now,
      );
      if (row.status === "snoozed") await rememberSnooze(tx, snoozeRowOf(row, agent), [row.id]);
      const audience = audienceOf(row);
      const actor = actorOf(agent);
      record({ name: "conversation:created", audience, actor, seq: 1, changes: {} });
      if (input.message) {
        const first = await firstMessage(tx, row, agent, input.message, now);
        if (!first.ok) throw new Error("a first message without files was refused");
        record(first.data);
      }
      await autoAssign(tx, record, row, now);
      return success(row.id);
    }),
  );
  return created.ok ? await getConversation(deps, eq(conversations.id, created.data)) : created;
}

/** Whose it is: he who may only see his own follows what he gives to another. */
function ownersOf(agent: AgentIdentity, { assignee_id: asked }: CreateConversation) {
  const { userId } = agent;
  const seesUnassigned = may(agent, "conversation_unassigned_manage");
  const assignee_id = asked ?? (seesUnassigned ? null : userId);
  const isSeen =
    may(agent, "conversation_manage") || assignee_id === null || assignee_id === userId;
  return { assignee_id, participant_ids: isSeen ? [] : [userId] };
}

function snoozeOf({ status, snoozed_until }: CreateConversation): Date | null {
  return status === "snoozed" && snoozed_until != null ? new Date(snoozed_until * 1000) : null;
}

/** What a list of snoozes shows of it. */
function snoozeRowOf(row: ConversationRow, agent: AgentIdentity) {
  return {
    account_id: row.account_id,
    conversation_id: row.id,
    snoozed_until: row.snoozed_until,
    created_by: agent.userId,
  };
}

/** Whether the agent and the team that are named are there, and the agent may see the inbox. */
async function mayBeAssigned(
  tx: Transaction,
  { accountId }: AgentIdentity,
  inboxId: number,
  { assignee_id: assigneeId, team_id: teamId }: CreateConversation,
  now: Date,
): Promise<boolean> {
  if (teamId != null && !(await isTeamOf(tx, accountId, teamId))) return false;
  if (assigneeId == null) return true;
  return (await findAgentOfInbox(tx, now, accountId, inboxId, assigneeId)) !== undefined;
}

async function firstMessage(
  tx: Transaction,
  row: ConversationRow,
  agent: AgentIdentity,
  message: NonNullable<CreateConversation["message"]>,
  now: Date,
) {
  const patch = message.private
    ? {}
    : {
        first_reply_created_at: now,
        contact_unread_count: 1,
        agent_last_seen_seq: 2,
        agent_last_seen_at: now,
      };
  const first = {
    actor: actorOf(agent),
    senderName: agent.name,
    senderAvatarUrl: agent.avatarUrl,
    content: message.content,
    private: message.private,
    echoId: null,
    patch,
  };
  return await insertFirstMessage(tx, row, first, now);
}

async function findRecipient(
  tx: Transaction,
  agent: AgentIdentity,
  input: CreateConversation,
): Promise<Result<Recipient>> {
  const { inbox_id: inboxId, contact_id: contactId, source_id: sourceId } = input;
  if (inboxId != null) {
    const inbox = await findInboxFor(tx, agent, inboxId);
    if (!inbox.ok) return inbox;
  }
  if (sourceId) {
    const found = await findBySource(tx, agent, sourceId, inboxId ?? undefined);
    if (found) {
      const isAnothers = contactId != null && found.contact.id !== contactId;
      if (isAnothers) return sourceIdTaken();
      const inbox = await findInboxFor(tx, agent, found.identity.inbox_id);
      return inbox.ok ? success(found) : inbox;
    }
  }
  if (contactId == null || inboxId == null) {
    if (sourceId) return notFound();
    return failure("invalid", "must be given, or contact_id with inbox_id", { field: "source_id" });
  }
  return await findOrAddIdentity(tx, agent, contactId, inboxId, sourceId ?? null);
}

async function findBySource(
  tx: Transaction,
  agent: AgentIdentity,
  sourceId: string,
  inboxId: number | undefined,
): Promise<Recipient | undefined> {
  const [row] = await tx
    .select({ identity: contact_inboxes, contact: contacts })
    .from(contact_inboxes)
    .innerJoin(contacts, eq(contacts.id, contact_inboxes.contact_id))
    .innerJoin(inboxes, eq(inboxes.id, contact_inboxes.inbox_id))
    .where(
      and(
        eq(inboxes.account_id, agent.accountId),
        inboxId === undefined ? undefined : eq(inboxes.id, inboxId),
        eq(contact_inboxes.source_id, sourceId),
      ),
    );
  return row;
}

async function findOrAddIdentity(
  tx: Transaction,
  agent: AgentIdentity,
  contactId: number,
  inboxId: number,
  sourceId: string | null,
): Promise<Result<Recipient>> {
  const [contact] = await tx
    .select()
    .from(contacts)
    .where(and(eq(contacts.account_id, agent.accountId), eq(contacts.id, contactId)));
  if (!contact) return notFound();
  if (sourceId !== null && !/^[\w-]{16,128}$/.test(sourceId)) {
    return failure("invalid", "must be 16 to 128 letters, digits, hyphens or underscores", {
      field: "source_id",
    });
  }
  const [present] = await tx
    .select()
    .from(contact_inboxes)
    .where(and(eq(contact_inboxes.contact_id, contactId), eq(contact_inboxes.inbox_id, inboxId)))
    .orderBy(desc(contact_inboxes.id))
    .limit(1);
  const identity =
    present && sourceId === null
      ? present
      : await insertContactInbox(tx, contactId, inboxId, sourceId);
  return success({ identity, contact });
}
