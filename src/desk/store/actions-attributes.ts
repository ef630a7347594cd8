// What an agent writes on a conversation: labels, priority, team, mute. Shown at once, taken back when
// the server refuses, undoable.
import type { AgentRest } from "../../client/agent-transport.ts";
import type { ConversationPriority } from "../../protocol/lists.ts";
import type { Conversation } from "../../protocol/records.ts";
import type { Result } from "../../protocol/result.ts";
import type { ConversationRecords, ProposedChange } from "./records.ts";
import type { Notice, Toasts } from "./toasts.ts";
import type { Before, WayBack } from "./way-back.ts";

type TeamName = Pick<NonNullable<Conversation["meta"]["team"]>, "id" | "name">;

export interface AttributeActions {
  /** Adds the label, or removes it where it is. */
  toggleLabel(conversationId: number, label: string): Promise<void>;
  /** `null` takes the priority away. */
  setPriority(conversationId: number, priority: ConversationPriority | null): Promise<void>;
  /** `null` takes it from its team. */
  assignTeam(conversationId: number, team: TeamName | null): Promise<void>;
  /** Muting resolves it, too. */
  setMuted(conversationId: number, isMuted: boolean): Promise<void>;
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
  id: number;
  change: ProposedChange;
  call: () => Promise<Result<unknown>>;
  doing: "label" | "priority" | "assign" | "mute";
  /** Null says nothing. */
  notice: Notice | null;
  undo: () => void;
}

const withLabel = (labels: readonly string[], label: string, has: boolean): string[] =>
  has
    ? labels.includes(label)
      ? [...labels]
      : [...labels, label]
    : labels.filter((one) => one !== label);

/** Creates the actions over the given records. */
export function createAttributeActions(deps: Deps): AttributeActions {
  const { rest, accountId, records, toasts, wayBack } = deps;
  const find = (id: number): Conversation | undefined => records.all.peek().get(id);
  /** A set of labels is sent whole: one after the other, each over what the one before has made. */
  const labelling = new Map<number, Promise<void>>();

  async function attempt({ id, change, call, doing, notice, undo }: Attempt): Promise<void> {
    const proposal = records.propose(id, change);
    const result = await call();
    deps.onAnswered();
    if (result.ok) {
      proposal.keep();
      if (notice) toasts.show(notice, undo);
    } else {
      proposal.withdraw();
      toasts.show({ kind: "failed", doing, error: result.error });
    }
  }

  async function setLabel(id: number, label: string, has: boolean, isUndo = false): Promise<void> {
    const before = labelling.get(id);
    const mine = attempt({
      id,
      change: ({ labels }) => ({ labels: withLabel(labels, label, has) }),
      async call() {
        await before;
        const held = records.confirmed(id)?.labels ?? [];
        return await rest.setConversationLabels(accountId, id, withLabel(held, label, has));
      },
      doing: "label",
      notice: has || isUndo ? null : { kind: "label_removed", label },
      undo: () => void setLabel(id, label, true, true),
    });
    labelling.set(id, mine);
    await mine;
    if (labelling.get(id) === mine) labelling.delete(id);
  }

  async function setPriority(
    id: number,
    priority: ConversationPriority | null,
    isUndo = false,
  ): Promise<void> {
    const before = find(id);
    if (!before || before.priority === priority) return;
    await attempt({
      id,
      change: { priority },
      call: () => rest.togglePriority(accountId, id, priority),
      doing: "priority",
      notice: isUndo ? null : { kind: "priority_set", conversationId: id, priority },
      undo: () => void setPriority(id, before.priority, true),
    });
  }

  async function assignTeam(id: number, team: TeamName | null, isUndo = false): Promise<void> {
    const before = find(id)?.meta.team ?? null;
    if (!find(id) || before?.id === team?.id) return;
    const named = team && { id: team.id, name: team.name };
    const teamName = named?.name ?? null;
    await attempt({
      id,
      change({ meta: { team: _before, ...meta } }) {
        return { meta: named ? { ...meta, team: named } : meta };
      },
      call: () => rest.assignTeam(accountId, id, named?.id ?? null),
      doing: "assign",
      notice: isUndo ? null : { kind: "team_assigned", conversationId: id, teamName },
      undo: () => void assignTeam(id, before, true),
    });
  }

  /** The server resolves what is muted; back from that means as it was. */
  async function setMuted(id: number, muted: boolean): Promise<void> {
    const conversation = find(id);
    if (conversation?.muted !== !muted) return;
    let before: Before = { conversation, snooze: null };
    await attempt({
      id,
      change: { muted, ...(muted ? { status: "resolved", snoozed_until: null } : {}) },
      async call() {
        before = await wayBack.remember(conversation);
        return await rest.setMuted(accountId, id, muted);
      },
      doing: "mute",
      notice: { kind: muted ? "muted" : "unmuted", conversationId: id },
      undo: () => void unset(before),
    });
  }

  async function unset(before: Before): Promise<void> {
    const { id, muted, status } = before.conversation;
    await attempt({
      id,
      change: { muted },
      call: () => rest.setMuted(accountId, id, muted),
      doing: "mute",
      notice: null,
      undo: () => undefined,
    });
    if (!muted && status !== "resolved") await wayBack.putBack(before, "mute");
  }

  return {
    async toggleLabel(id, label) {
      const conversation = find(id);
      if (conversation) await setLabel(id, label, !conversation.labels.includes(label));
    },
    setPriority: (id, priority) => setPriority(id, priority),
    assignTeam: (id, team) => assignTeam(id, team),
    setMuted: (id, isMuted) => setMuted(id, isMuted),
  };
}
