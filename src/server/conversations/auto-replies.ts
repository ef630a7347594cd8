// What Parlor itself answers while nobody is there: that it is out of hours, and where to send the answer.
import { and, eq } from "drizzle-orm";
import { success } from "../../protocol/result.ts";
import { withStated } from "../contacts/stated.ts";
import type { Database, Transaction } from "../database/connection.ts";
import { contacts } from "../database/contact-tables.ts";
import { conversations } from "../database/conversation-tables.ts";
import { messages } from "../database/message-tables.ts";
import { describeError } from "../describe-error.ts";
import { systemActor } from "../events.ts";
import type { DomainEvent, MessageChanged } from "../events.ts";
import { findInboxById, publicInboxRecord } from "../inboxes/inboxes.ts";
import type { Log } from "../log.ts";
import type { RoomDeps } from "../room.ts";
import type { Template } from "./change.ts";
import { changeConversation } from "./change.ts";

/** So long, a process does not ask again whether somebody is there. */
const REMEMBERED_MS = 5_000;
const INBOXES_MAX = 1_000;
/** Conversations that are known to have been told; beyond that, each is looked at once more. */
const TOLD_MAX = 10_000;

export interface AutoReplies {
  /** Resolves when nothing is under way. */
  stop(): Promise<void>;
}

interface Situation {
  /** What is said once under this code; undefined: nothing. */
  away?: { code: string; content: string };
  asksForEmail: boolean;
}

type Deps = Pick<RoomDeps, "db" | "events" | "clock" | "usualReplies" | "config"> & { log: Log };

/**
 * Starts to follow what visitors write. It is answered after it is stored: nobody waits for this, and a
 * crash in between leaves it unsaid.
 */
export function createAutoReplies(deps: Deps): AutoReplies {
  const { db, events, clock, log } = deps;
  const situations = new Map<number, { until: number; situation: Promise<Situation> }>();
  /** What each conversation has been told, as `keyOf` says it. */
  const told = new Map<number, string>();
  const running = new Set<Promise<void>>();

  async function look(inboxId: number): Promise<Situation> {
    const inbox = await findInboxById(db, inboxId);
    if (!inbox) return { asksForEmail: false };
    const { availability, opening_hours } = await publicInboxRecord(deps, inbox);
    const isClosed = opening_hours?.is_open === false;
    const isAway = availability === "unavailable";
    const { out_of_office_message: closed, agent_away_message: nobodyThere } = inbox;
    const asksForEmail = inbox.enable_email_collect && isAway;
    if (isClosed && closed !== "") {
      return { asksForEmail, away: { code: "out_of_office", content: closed } };
    }
    return isAway && nobodyThere !== ""
      ? { asksForEmail, away: { code: "agent_away", content: nobodyThere } }
      : { asksForEmail };
  }

  function situationOf(inboxId: number): Promise<Situation> {
    const now = clock().getTime();
    const known = situations.get(inboxId);
    if (known && known.until > now) return known.situation;
    if (situations.size >= INBOXES_MAX) situations.clear();
    const situation = look(inboxId);
    situation.catch(() => situations.delete(inboxId));
    situations.set(inboxId, { until: now + REMEMBERED_MS, situation });
    return situation;
  }

  async function answer({ audience }: MessageChanged): Promise<void> {
    const { conversationId, inboxId } = audience;
    const situation = await situationOf(inboxId);
    if (!situation.away && !situation.asksForEmail) return;
    const key = keyOf(situation);
    if (told.get(conversationId) === key) return;
    // Most have been told: nothing is locked for them.
    const unsaid = await readUnsaid(db, conversationId, situation);
    if (!unsaid) return;
    if (unsaid.length > 0) {
      const where = eq(conversations.id, conversationId);
      await changeConversation(deps, where, systemActor, async ({ id }, tx) => {
        const templates = await readUnsaid(tx, id, situation);
        return success(templates?.length ? { patch: {}, templates } : null);
      });
    }
    if (told.size >= TOLD_MAX) told.clear();
    told.set(conversationId, key);
  }

  function hear(event: DomainEvent): void {
    if (event.name === "settings:changed" && event.subject === "inbox") situations.delete(event.id);
    if (event.name === "agent:updated" || event.name === "agent:presence_changed") {
      situations.clear();
    }
    if (event.name !== "message:created" || event.message.message_type !== "incoming") return;
    if (event.state.agents.status === "resolved") return;
    const work = answer(event)
      .catch((error: unknown) =>
        log.error({ event: "auto_replies:failed", error: describeError(error) }),
      )
      .finally(() => running.delete(work));
    running.add(work);
  }

  const unsubscribe = events.subscribe(hear);
  return {
    async stop() {
      unsubscribe();
      await Promise.all(running);
    },
  };
}

const keyOf = ({ away, asksForEmail }: Situation) => `${away?.code ?? ""} ${asksForEmail}`;

/** What a conversation has not been told yet; undefined: nobody is to be disturbed by it. */
async function readUnsaid(
  db: Database | Transaction,
  conversationId: number,
  { away, asksForEmail }: Situation,
): Promise<Template[] | undefined> {
  const rows = await db
    .select({
      muted: conversations.muted,
      contact: contacts,
      type: messages.content_type,
      attributes: messages.content_attributes,
    })
    .from(conversations)
    .innerJoin(contacts, eq(contacts.id, conversations.contact_id))
    .leftJoin(
      messages,
      and(eq(messages.conversation_id, conversations.id), eq(messages.message_type, "template")),
    )
    .where(eq(conversations.id, conversationId));
  const [first] = rows;
  if (!first || first.contact.blocked || first.muted) return undefined;
  const templates: Template[] = [];
  if (away && !rows.some(({ attributes }) => attributes?.["code"] === away.code)) {
    const { code, content } = away;
    templates.push({ content, content_type: "text", content_attributes: { code } });
  }
  const isReachable = withStated(first.contact).email !== null;
  if (asksForEmail && !isReachable && !rows.some(({ type }) => type === "input_email")) {
    // A view says it in its reader's language, by the code.
    const content_attributes = { code: "ask_email" };
    const content = "Nobody is here right now. Where may we send our answer?";
    templates.push({ content, content_type: "input_email", content_attributes });
  }
  return templates;
}
