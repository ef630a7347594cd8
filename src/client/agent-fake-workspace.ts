// The part of the desk's fake server that keeps an account's lists, filters and contacts.
import type {
  CannedResponse,
  CustomAttribute,
  Label,
  Team,
} from "../protocol/records-administration.ts";
import { CONTACT_CONVERSATIONS_PAGE_MAX } from "../protocol/limits.ts";
import type { Agent, Conversation, ContactSummary, Message } from "../protocol/records.ts";
import type { UpdateAgentsContact } from "../protocol/requests-contacts.ts";
import { failure, success } from "../protocol/result.ts";
import { fakeContact, findingAnswers } from "./agent-fake-finding.ts";
import { mergedValues } from "./agent-fake-rules.ts";
import type { createFakeSocket } from "./agent-fake-socket.ts";
import type { AgentWorkspaceRest } from "./agent-workspace-rest.ts";

/** What the account's administrators keep. */
export interface FakeLists {
  canned_response: CannedResponse[];
  label: Label[];
  team: Team[];
  custom_attribute: CustomAttribute[];
}

export interface FakeWorld {
  agents: Agent[];
  selfId: number;
  conversations: Map<number, Conversation>;
  history: Map<number, Message[]>;
  change: (conversationId: number, patch: Partial<Conversation>) => void;
  remove: (conversationId: number) => void;
  emit: ReturnType<typeof createFakeSocket>["emit"];
  now: () => number;
}

const missing = () => failure("not_found", "Resource could not be found");

/** Creates the answers, with what they keep. */
export function createFakeWorkspace(world: FakeWorld) {
  const lists: FakeLists = { canned_response: [], label: [], team: [], custom_attribute: [] };
  const answers: AgentWorkspaceRest = {
    listCannedResponses: async () => success([...lists.canned_response]),
    listLabels: async () => success([...lists.label]),
    listTeams: async () => success([...lists.team]),
    listCustomAttributes: async () => success([...lists.custom_attribute]),
    ...conversationAnswers(world, lists),
    ...findingAnswers(world),
    ...contactAnswers(world),
  };
  return {
    answers,
    /** An administrator adds to a list, or puts something in the place of what has the same id. */
    keep<Subject extends keyof FakeLists>(subject: Subject, one: FakeLists[Subject][number]): void {
      const others = (lists[subject] as { id: number }[]).filter(({ id }) => id !== one.id);
      lists[subject] = [...others, one] as FakeLists[Subject];
      world.emit("settings:changed", { subject, id: one.id, removed: false });
    },
  };
}

function conversationAnswers(world: FakeWorld, lists: FakeLists) {
  const { conversations, change } = world;
  const participants = new Map<number, number[]>();
  const isThere = (id: number) => conversations.has(id);
  const agentsOf = (id: number) =>
    success(world.agents.filter((agent) => participants.get(id)?.includes(agent.id)));
  return {
    async assignTeam(_, id, teamId) {
      const found = lists.team.find((team) => team.id === teamId) ?? null;
      const conversation = conversations.get(id);
      if (!conversation || (teamId !== null && !found)) return missing();
      const { team: _before, ...meta } = conversation.meta;
      change(id, {
        meta: found ? { ...meta, team: { id: found.id, name: found.name } } : meta,
      });
      return success(found);
    },
    async setConversationLabels(_, id, labels) {
      if (!isThere(id)) return missing();
      change(id, { labels: [...labels] });
      return success([...labels]);
    },
    async setMuted(_, id, muted) {
      if (!isThere(id)) return missing();
      change(id, { muted, ...(muted ? { status: "resolved", snoozed_until: null } : {}) });
      return success(null);
    },
    async mergeConversationAttributes(_, id, values) {
      const before = conversations.get(id);
      if (!before) return missing();
      change(id, { custom_attributes: mergedValues(before.custom_attributes, values) });
      return success(conversations.get(id) ?? before);
    },
    listParticipants: async (_, id) => (isThere(id) ? agentsOf(id) : missing()),
    async changeParticipant(_, id, how, agentId) {
      if (!isThere(id)) return missing();
      const others = (participants.get(id) ?? []).filter((one) => one !== agentId);
      participants.set(id, how === "add" ? [...others, agentId] : others);
      return agentsOf(id);
    },
    async deleteMessage(_, id, messageId) {
      const message = world.history.get(id)?.find((one) => one.id === messageId);
      const conversation = conversations.get(id);
      if (!message || !conversation) return missing();
      const { content_tree: _gone, ...rest } = message;
      const deleted: Message = {
        ...rest,
        content: "This message was deleted",
        content_attributes: { deleted: true },
        changed_seq: conversation.seq + 1,
        attachments: [],
        attachment: null,
      };
      const messages = world.history.get(id)?.map((one) => (one === message ? deleted : one)) ?? [];
      const after = { ...conversation, seq: deleted.changed_seq, messages: messages.slice(-1) };
      world.history.set(id, messages);
      conversations.set(id, after);
      world.emit("message:updated", { message: deleted, conversation: after });
      return success(deleted);
    },
  } satisfies Partial<AgentWorkspaceRest>;
}

function contactAnswers({ conversations, change, remove }: FakeWorld) {
  const labels = new Map<number, string[]>();
  const ofContact = (id: number) =>
    [...conversations.values()].filter(({ meta }) => meta.sender.id === id);
  const find = (id: number) => ofContact(id)[0]?.meta.sender;
  const answer = (id: number) => {
    const sender = find(id);
    return sender ? success(fakeContact(sender, labels.get(id) ?? [])) : missing();
  };

  function setSender(id: number, next: ContactSummary): void {
    for (const one of ofContact(id)) change(one.id, { meta: { ...one.meta, sender: next } });
  }

  function taken(id: number, { email }: UpdateAgentsContact): boolean {
    return [...conversations.values()].some(
      ({ meta }) => email && meta.sender.id !== id && meta.sender.email === email,
    );
  }

  return {
    getContact: async (_, id) => answer(id),
    async updateContact(_, id, input) {
      const sender = find(id);
      if (!sender) return missing();
      if (taken(id, input)) return failure("invalid", "has already been taken", { field: "email" });
      const { name, email, phone_number, blocked, custom_attributes: values = {} } = input;
      setSender(id, {
        ...sender,
        ...(name === undefined ? {} : { name }),
        ...(email === undefined ? {} : { email }),
        ...(phone_number === undefined ? {} : { phone_number }),
        ...(blocked === undefined ? {} : { blocked }),
        custom_attributes: mergedValues(sender.custom_attributes, values),
      });
      return answer(id);
    },
    async setContactLabels(_, id, next) {
      const sender = find(id);
      if (!sender) return missing();
      labels.set(id, [...next]);
      setSender(id, sender);
      return success([...next]);
    },
    async listContactConversations(_, id, page = 1) {
      const all = ofContact(id).toSorted((a, b) => b.last_activity_at - a.last_activity_at);
      const from = (page - 1) * CONTACT_CONVERSATIONS_PAGE_MAX;
      return success(all.slice(from, from + CONTACT_CONVERSATIONS_PAGE_MAX));
    },
    async mergeContacts(_, baseId, otherId) {
      const base = find(baseId);
      if (!base || !find(otherId)) return missing();
      setSender(otherId, base);
      return answer(baseId);
    },
    async deleteContact(_, id) {
      const held = ofContact(id);
      for (const one of held) remove(one.id);
      return held.length > 0 ? success(null) : missing();
    },
  } satisfies Partial<AgentWorkspaceRest>;
}
