// From what happened to who hears of it: events of the domain, to the rooms of each audience.
import { eq } from "drizzle-orm";
import type { Server } from "socket.io";
import { AGENT_NAMESPACE, VISITOR_NAMESPACE } from "../../protocol/path-parts.ts";
import type { AgentEventMap, VisitorEventMap } from "../../protocol/socket.ts";
import { accountIdsOf, findAgent } from "../agents/agents.ts";
import { getConversation, getPublicConversation } from "../conversations/find.ts";
import {
  audienceOf,
  conversationRecord,
  publicConversationRecord,
} from "../conversations/records.ts";
import { conversations } from "../database/conversation-tables.ts";
import { describeError } from "../describe-error.ts";
import type {
  AgentUpdated,
  Audience,
  Changes,
  ConversationChanged,
  DomainEvent,
  MessageChanged,
  TypingChanged,
} from "../events.ts";
import { findInboxById, inboxIdsOfMember, publicInboxRecord } from "../inboxes/inboxes.ts";
import type { Log } from "../log.ts";
import type { RoomDeps } from "../room.ts";
import { createConversationReader } from "./conversation-reader.ts";
import { agentRooms, visitorRooms } from "./rooms.ts";

export interface Broadcast {
  hear(event: DomainEvent): void;
  /** Resolves when everything heard has gone out. */
  settled(): Promise<void>;
}

type Emit<Events> = <Name extends keyof Events & string>(
  rooms: string[],
  name: Name,
  data: Events[Name] extends (data: infer Data) => void ? Data : never,
) => void;

/**
 * Creates what tells sockets. A change of a conversation goes out as the whole record, read after the
 * commit; events of one conversation keep their order while such a reading is under way.
 */
export function createBroadcast(deps: RoomDeps & { log: Log; io: Server }): Broadcast {
  const { io, log } = deps;
  const reader = createConversationReader(deps);
  /** The last thing under way for each conversation; absent when there is none. */
  const underWay = new Map<number, Promise<void>>();
  const others = new Set<Promise<void>>();

  const toAgents: Emit<AgentEventMap> = (rooms, name, data) =>
    void io.of(AGENT_NAMESPACE).to(rooms).emit(name, data);
  const toVisitors: Emit<VisitorEventMap> = (rooms, name, data) =>
    void io.of(VISITOR_NAMESPACE).to(rooms).emit(name, data);

  function messageChanged({ name, audience, message, state }: MessageChanged): void {
    toAgents(agentsOf(audience), name, { message, conversation: state.agents });
    if (message.private || message.message_type === "activity") return;
    toVisitors(visitorsOf(audience), name, { message, conversation: state.visitor });
  }

  async function conversationCreated(audience: Audience): Promise<void> {
    const where = eq(conversations.id, audience.conversationId);
    const [forAgents, forVisitor] = await Promise.all([
      getConversation(deps, where),
      getPublicConversation(deps, where),
    ]);
    // Gone in the meantime: nothing to show.
    if (!forAgents.ok || !forVisitor.ok) return;
    // As it is now: it may have been given to somebody at once.
    const assigneeId = forAgents.data.meta.assignee?.id ?? null;
    toAgents(agentsOf({ ...audience, assigneeId }), "conversation:created", forAgents.data);
    toVisitors(visitorsOf(audience), "conversation:created", forVisitor.data);
  }

  async function conversationUpdated({ audience, changes }: ConversationChanged): Promise<void> {
    const details = await reader.read(audience.conversationId);
    if (!details) return;
    const { messages: _agents, ...agentsRecord } = conversationRecord(details, []);
    const { messages: _visitors, ...visitorRecord } = publicConversationRecord(details, []);
    const rooms = agentsOf(audienceOf(details.conversation));
    toAgents(rooms, "conversation:updated", agentsRecord);
    const lost = agentsBefore(audience, changes).filter((room) => !rooms.includes(room));
    if (lost.length > 0) {
      const { displayId: id } = audience;
      io.of(AGENT_NAMESPACE).to(lost).except(rooms).emit("conversation:deleted", { id });
    }
    toVisitors(visitorsOf(audience), "conversation:updated", visitorRecord);
  }

  function typingChanged({ audience, from, typing, private: isPrivate, sender }: TypingChanged) {
    const { displayId: conversation_id } = audience;
    const agents = io.of(AGENT_NAMESPACE).to(agentsOf(audience));
    const others = from === "agent" ? agents.except(agentRooms.user(sender.id)) : agents;
    others.emit("typing:changed", { conversation_id, typing, private: isPrivate, sender });
    if (from === "visitor" || isPrivate) return;
    toVisitors(visitorsOf(audience), "typing:changed", { conversation_id, typing, sender });
  }

  async function agentUpdated({ accountId, userId }: Pick<AgentUpdated, "accountId" | "userId">) {
    const agent = await findAgent(deps.db, deps.clock(), accountId, userId);
    if (!agent) return;
    toAgents([agentRooms.account(accountId)], "agent:updated", agent);
    const inboxIds = await inboxIdsOfMember(deps.db, accountId, userId);
    if (inboxIds.length === 0) return;
    toVisitors(inboxIds.map(visitorRooms.inbox), "agent:availability_changed", {
      id: agent.id,
      name: agent.available_name,
      avatar_url: agent.avatar_url,
      availability_status: agent.availability_status,
    });
  }

  async function presenceChanged(userId: number): Promise<void> {
    for (const accountId of await accountIdsOf(deps.db, userId)) {
      await agentUpdated({ accountId, userId });
    }
  }

  async function inboxUpdated(inboxId: number): Promise<void> {
    const inbox = await findInboxById(deps.db, inboxId);
    if (!inbox) return;
    const record = await publicInboxRecord(deps, inbox);
    toVisitors([visitorRooms.inbox(inboxId)], "inbox:updated", record);
  }

  const failed = (error: unknown) =>
    log.error({ event: "broadcast:failed", error: describeError(error) }, "broadcast failed");

  function inOrder(conversationId: number, work: () => void | Promise<void>): void {
    const before = underWay.get(conversationId);
    const last = (before ? before.then(work) : Promise.resolve().then(work))
      .catch(failed)
      .finally(() => {
        if (underWay.get(conversationId) === last) underWay.delete(conversationId);
      });
    underWay.set(conversationId, last);
  }

  function aside(work: Promise<void>): void {
    const done = work.catch(failed).finally(() => void others.delete(done));
    others.add(done);
  }

  return {
    hear(event) {
      switch (event.name) {
        case "message:created":
        case "message:updated": {
          const id = event.audience.conversationId;
          // The usual case goes out at once.
          if (underWay.has(id)) inOrder(id, () => messageChanged(event));
          else messageChanged(event);
          return;
        }
        case "conversation:created":
          return inOrder(event.audience.conversationId, () => conversationCreated(event.audience));
        case "conversation:updated":
          return inOrder(event.audience.conversationId, () => conversationUpdated(event));
        case "typing:changed":
          return typingChanged(event);
        case "queue:moved":
          return toVisitors(visitorsOf(event.audience), "queue:moved", {
            conversation_id: event.audience.displayId,
            position: event.position,
            wait_seconds: event.waitSeconds,
          });
        case "agent:updated":
          return aside(agentUpdated(event));
        case "agent:presence_changed":
          return aside(presenceChanged(event.userId));
        case "visitor:verified":
          io.of(VISITOR_NAMESPACE)
            .in(visitorRooms.contactInbox(event.contactInboxId))
            .socketsJoin(visitorRooms.verifiedContact(event.contactId, event.inboxId));
          return;
        case "conversation:deleted": {
          const { conversationId, displayId: id } = event.audience;
          return inOrder(conversationId, () =>
            toAgents(agentsOf(event.audience), "conversation:deleted", { id }),
          );
        }
        case "visitor:removed":
          io.of(VISITOR_NAMESPACE)
            .in(visitorRooms.contactInbox(event.contactInboxId))
            .disconnectSockets();
          return;
        case "settings:changed": {
          const { accountId, subject, id, removed } = event;
          toAgents([agentRooms.account(accountId)], "settings:changed", { subject, id, removed });
          if (subject === "inbox" && !removed) aside(inboxUpdated(id));
          return;
        }
        case "agent:access_changed":
          // Whoever may come back does so at once, and joins the rooms that are his now.
          io.of(AGENT_NAMESPACE)
            .in(agentRooms.member(event.accountId, event.userId))
            .disconnectSockets();
          return;
        case "inbox:removed":
          io.of(VISITOR_NAMESPACE).in(visitorRooms.inbox(event.inboxId)).disconnectSockets();
          return;
        case "user:token_rotated":
          io.of(AGENT_NAMESPACE).in(agentRooms.ownToken(event.userId)).disconnectSockets();
          return;
        case "session:ended":
          io.of(AGENT_NAMESPACE).in(agentRooms.session(event.sessionId)).disconnectSockets();
          return;
        case "contact:created":
        case "widget:opened":
        case "contact:updated":
          // Shows in its conversations, each of which has an event of its own.
          return;
      }
    },
    async settled() {
      while (underWay.size + others.size > 0) {
        await Promise.allSettled([...underWay.values(), ...others]);
      }
    },
  };
}

/** Whoever may see the conversation, by what its row says. */
function agentsOf({ accountId, inboxId, assigneeId, participantIds }: Audience): string[] {
  const own = assigneeId === null ? participantIds : [assigneeId, ...participantIds];
  return [
    agentRooms.inbox(inboxId),
    agentRooms.administrators(accountId),
    ...(assigneeId === null ? [agentRooms.unassigned(inboxId)] : []),
    ...own.map((userId) => agentRooms.own(inboxId, userId)),
  ];
}

/** The same before a change. */
function agentsBefore(audience: Audience, { assignee_id, participant_ids }: Changes): string[] {
  return agentsOf({
    ...audience,
    assigneeId: assignee_id ? (assignee_id[0] as number | null) : audience.assigneeId,
    participantIds: participant_ids ? (participant_ids[0] as number[]) : audience.participantIds,
  });
}

function visitorsOf({ contactInboxId, contactId, inboxId }: Audience): string[] {
  return [
    visitorRooms.contactInbox(contactInboxId),
    visitorRooms.verifiedContact(contactId, inboxId),
  ];
}
