// Putting to sleep and waking: one conversation or all that a contact has, until a time or a reply, with
// a note and owners. Shown at once, taken back when the server refuses, undoable.
import type { NewSnooze } from "../../client/agent-snoozes.ts";
import type { AgentRest } from "../../client/agent-transport.ts";
import { CONTACT_CONVERSATIONS_PAGE_MAX } from "../../protocol/limits.ts";
import type { Snooze } from "../../protocol/records-snoozes.ts";
import type { ContactSummary, Conversation } from "../../protocol/records.ts";
import type { Result } from "../../protocol/result.ts";
import type { ConversationRecords, Proposal } from "./records.ts";
import type { Notice, Toasts } from "./toasts.ts";
import { saidBy } from "./way-back.ts";
import type { WayBack } from "./way-back.ts";

/** How long, and what for. */
export interface SnoozeWish {
  /** Milliseconds since 1970; null: until the contact replies. */
  untilMs: number | null;
  /** For whoever works on it when it wakes; empty: none. */
  note: string;
  /** Whom it goes to when it wakes: the first who may see it. */
  ownerIds: readonly number[];
}

export interface SnoozeActions {
  /** In the place of whatever keeps it asleep. */
  snooze(conversationId: number, wish: SnoozeWish): Promise<void>;
  /** All that the contact has and that is not resolved. */
  snoozeContact(contact: ContactSummary, wish: SnoozeWish): Promise<void>;
  /** Changes a snooze that is the agent's own, or any for an administrator. */
  changeSnooze(snooze: Snooze, wish: SnoozeWish): Promise<void>;
  /** Wakes everything that it keeps asleep. */
  endSnooze(snooze: Snooze): Promise<void>;
}

interface Deps {
  rest: AgentRest;
  accountId: number;
  records: ConversationRecords;
  toasts: Toasts;
  wayBack: WayBack;
  /** The server has answered: what views hold may have changed, whichever way it decided. */
  onAnswered: () => void;
}

interface Attempt {
  ids: readonly number[];
  patch: Pick<Conversation, "status" | "snoozed_until">;
  call: () => Promise<Result<unknown>>;
  doing: "snooze" | "reopen";
  notice: Notice | null;
  undo: () => void;
}

const secondsOf = (atMs: number | null) => (atMs === null ? null : Math.floor(atMs / 1000));

function requestOf({
  untilMs,
  note,
  ownerIds,
}: SnoozeWish): Omit<NewSnooze, "object_type" | "object_id"> {
  return { snoozed_until: secondsOf(untilMs), message: note.trim() || null, user_ids: ownerIds };
}

/** What a snooze says, as its maker would wish it. */
export function wishOf({ snoozed_until: until, message, users }: Snooze): SnoozeWish {
  return {
    untilMs: until === null ? null : until * 1000,
    note: message ?? "",
    ownerIds: users.map(({ id }) => id),
  };
}

/** Creates the actions over the given records. */
export function createSnoozeActions(deps: Deps): SnoozeActions {
  const { rest, accountId, records, toasts, wayBack } = deps;

  async function attempt({ ids, patch, call, doing, notice, undo }: Attempt): Promise<void> {
    const proposals: Proposal[] = ids.map((id) => records.propose(id, patch));
    const result = await call();
    deps.onAnswered();
    for (const proposal of proposals) {
      if (result.ok) proposal.keep();
      else proposal.withdraw();
    }
    if (!result.ok) toasts.show({ kind: "failed", doing, error: result.error });
    else if (notice) toasts.show(notice, undo);
  }

  const asleep = (untilMs: number | null) =>
    ({ status: "snoozed", snoozed_until: secondsOf(untilMs) }) as const;

  async function snooze(id: number, wish: SnoozeWish): Promise<void> {
    const conversation = records.all.peek().get(id);
    if (!conversation) return;
    let before = { conversation, snooze: null as Snooze | null };
    await attempt({
      ids: [id],
      patch: asleep(wish.untilMs),
      async call() {
        before = await wayBack.remember(conversation);
        const about = { object_type: "conversation", object_id: id } as const;
        return await rest.createSnooze(accountId, { ...about, ...requestOf(wish) });
      },
      doing: "snooze",
      notice: { kind: "snoozed", conversationId: id, untilMs: wish.untilMs },
      undo: () => void wayBack.putBack(before, "snooze"),
    });
  }

  /** All that a contact has, however many pages that is. */
  async function listAll(contactId: number): Promise<Result<Conversation[]>> {
    const all = new Map<number, Conversation>();
    for (let page = 1; ; page += 1) {
      const result = await rest.listContactConversations(accountId, contactId, page);
      if (!result.ok) return result;
      for (const one of result.data) all.set(one.id, one);
      if (result.data.length < CONTACT_CONVERSATIONS_PAGE_MAX) {
        return { ok: true, data: [...all.values()] };
      }
    }
  }

  async function snoozeContact(contact: ContactSummary, wish: SnoozeWish): Promise<void> {
    const isHis = ({ status, meta }: Conversation) =>
      meta.sender.id === contact.id && status !== "resolved";
    const before: Awaited<ReturnType<WayBack["remember"]>>[] = [];
    await attempt({
      ids: [...records.all.peek().values()].filter(isHis).map(({ id }) => id),
      patch: asleep(wish.untilMs),
      async call() {
        // The lists hold some of them only.
        const all = await listAll(contact.id);
        if (!all.ok) return all;
        before.push(
          ...(await Promise.all(all.data.filter(isHis).map((one) => wayBack.remember(one)))),
        );
        const about = { object_type: "contact", object_id: contact.id } as const;
        return await rest.createSnooze(accountId, { ...about, ...requestOf(wish) });
      },
      doing: "snooze",
      notice: { kind: "contact_snoozed", name: contact.name ?? "", untilMs: wish.untilMs },
      undo: () => before.forEach((one) => void wayBack.putBack(one, "snooze")),
    });
  }

  async function changeSnooze(snooze: Snooze, wish: SnoozeWish, isUndo = false): Promise<void> {
    const notice = { kind: "snooze_changed", untilMs: wish.untilMs } as const;
    await attempt({
      ids: snooze.conversation_ids,
      patch: asleep(wish.untilMs),
      call: () => rest.updateSnooze(accountId, snooze.id, requestOf(wish)),
      doing: "snooze",
      notice: isUndo ? null : notice,
      undo: () => void changeSnooze(snooze, wishOf(snooze), true),
    });
  }

  async function endSnooze(snooze: Snooze): Promise<void> {
    const ids = snooze.conversation_ids;
    await attempt({
      ids,
      patch: { status: "open", snoozed_until: null },
      call: () => rest.deleteSnooze(accountId, snooze.id),
      doing: "reopen",
      notice: { kind: "snooze_ended", count: ids.length },
      undo: () =>
        void attempt({
          ids,
          patch: { status: "snoozed", snoozed_until: snooze.snoozed_until },
          call: () => rest.createSnooze(accountId, saidBy(snooze)),
          doing: "snooze",
          notice: null,
          undo: () => undefined,
        }),
    });
  }

  return {
    snooze,
    snoozeContact,
    changeSnooze: (one, wish) => changeSnooze(one, wish),
    endSnooze,
  };
}
