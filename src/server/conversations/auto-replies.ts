// What Parlor itself answers while nobody is there: that it is out of hours, and where to send the answer.
import { and, eq } from "drizzle-orm";
import { success } from "../../protocol/result.ts";
import { withStated } from "../contacts/stated.ts";
import type { Transaction } from "../database/connection.ts";
import { contacts, conversations, messages } from "../database/tables.ts";
import { describeError } from "../describe-error.ts";
import { systemActor } from "../events.ts";
import type { DomainEvent, MessageChanged } from "../events.ts";
import { findInboxById, publicInboxRecord } from "../inboxes/inboxes.ts";
import type { Log } from "../log.ts";
import type { RoomDeps } from "../room.ts";
import type { Template } from "./change.ts";
import { changeConversation } from "./change.ts";
import type { ConversationRow } from "./records.ts";

/** So long, a process does not ask again whether somebody is there. */
const REMEMBERED_MS = 5_000;
const INBOXES_MAX = 1_000;
/** Conversations that have been told everything; beyond that, one is looked at once more. */
const DONE_MAX = 10_000;

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
  const done = new Set<number>();
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
    if (done.size >= DONE_MAX) done.clear();
    const where = eq(conversations.id, conversationId);
    await changeConversation(deps, where, systemActor, async (current, tx) => {
      const templates = await unsaid(tx, current, situation);
      return success(templates.length === 0 ? null : { patch: {}, templates });
    });
    if (situation.asksForEmail) done.add(conversationId);
  }

  function hear(event: DomainEvent): void {
    if (event.name === "settings:changed" && event.subject === "inbox") situations.delete(event.id);
    if (event.name === "agent:updated" || event.name === "agent:presence_changed") {
      situations.clear();
    }
    if (event.name !== "message:created" || event.message.message_type !== "incoming") return;
    if (event.state.agents.status === "resolved" || done.has(event.audience.conversationId)) return;
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

/** What this conversation has not been told yet; nothing to one that nobody is to be disturbed by. */
async function unsaid(
  tx: Transaction,
  current: ConversationRow,
  { away, asksForEmail }: Situation,
): Promise<Template[]> {
  const [contact] = await tx.select().from(contacts).where(eq(contacts.id, current.contact_id));
  if (!contact || contact.blocked || current.muted) return [];
  const said = await tx
    .select({ type: messages.content_type, attributes: messages.content_attributes })
    .from(messages)
    .where(and(eq(messages.conversation_id, current.id), eq(messages.message_type, "template")));
  const templates: Template[] = [];
  if (away && !said.some(({ attributes }) => attributes["code"] === away.code)) {
    const { code, content } = away;
    templates.push({ content, content_type: "text", content_attributes: { code } });
  }
  const isReachable = withStated(contact).email !== null;
  if (asksForEmail && !isReachable && !said.some(({ type }) => type === "input_email")) {
    // A view says it in its reader's language, by the code.
    const content_attributes = { code: "ask_email" };
    const content = "Nobody is here right now. Where may we send our answer?";
    templates.push({ content, content_type: "input_email", content_attributes });
  }
  return templates;
}
