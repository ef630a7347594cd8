// How the desk's fake finds: filters and searches over what it holds, and filters that are saved.
import { CONVERSATIONS_PAGE_SIZE } from "../protocol/limits.ts";
import type { CustomFilter } from "../protocol/records-administration.ts";
import type { Contact } from "../protocol/records-contacts.ts";
import type { ContactSummary } from "../protocol/records.ts";
import { failure, success } from "../protocol/result.ts";
import { countsOf, fits } from "./agent-fake-rules.ts";
import type { FakeWorld } from "./agent-fake-workspace.ts";
import type { AgentWorkspaceRest } from "./agent-workspace-rest.ts";

const missing = () => failure("not_found", "Resource could not be found");

/** The contact whom conversations show. */
export function fakeContact(
  { channel: _channel, hmac_verified: _verified, ...sender }: ContactSummary,
  labels: string[],
): Contact {
  return {
    ...sender,
    labels,
    additional_attributes: {},
    availability_status: "offline",
    last_activity_at: null,
    created_at: 1_700_000_000,
  };
}

export function findingAnswers({ conversations, history, selfId, now }: FakeWorld) {
  const filters = new Map<number, CustomFilter>();
  let filterId = 0;
  return {
    async filterConversations(_, conditions, page) {
      const found = [...conversations.values()]
        .filter((one) => fits(one, conditions))
        .toSorted((a, b) => b.last_activity_at - a.last_activity_at || b.id - a.id);
      const from = (page - 1) * CONVERSATIONS_PAGE_SIZE;
      const payload = found.slice(from, from + CONVERSATIONS_PAGE_SIZE);
      return success({ data: { meta: countsOf(found, selfId), payload } });
    },
    async searchMessages(_, words, page) {
      const typed = words.toLowerCase().split(/\s+/u);
      const payload = [...conversations.values()].flatMap((conversation) => {
        const message = history
          .get(conversation.id)
          ?.findLast(({ content }) => typed.every((word) => content?.toLowerCase().includes(word)));
        return message ? [{ conversation, message }] : [];
      });
      return success({ meta: { count: payload.length, current_page: page }, payload });
    },
    async searchContacts(_, words, page) {
      if (words === "") return failure("invalid", "Specify search string with parameter q");
      const found = new Map<number, Contact>();
      for (const one of conversations.values()) {
        const { sender } = one.meta;
        const said = [sender.name, sender.email, sender.phone_number].join(" ").toLowerCase();
        const isKnown = sender.email ?? sender.phone_number ?? sender.identifier;
        if (isKnown && said.includes(words.toLowerCase())) {
          found.set(sender.id, fakeContact(sender, []));
        }
      }
      const payload = [...found.values()].map((contact) => ({
        id: contact.id,
        availability_status: contact.availability_status,
        payload: { contact },
      }));
      return success({ meta: { count: payload.length, current_page: page }, payload });
    },
    listCustomFilters: async () => success([...filters.values()]),
    async createCustomFilter(_, filter) {
      const at = new Date(now()).toISOString();
      filterId += 1;
      const made = { ...filter, id: filterId, type: "conversation" as const };
      filters.set(filterId, { ...made, created_at: at, updated_at: at });
      return success({ ...made, created_at: at, updated_at: at });
    },
    async updateCustomFilter(_, id, change) {
      const before = filters.get(id);
      if (!before) return missing();
      filters.set(id, { ...before, ...change });
      return success({ ...before, ...change });
    },
    deleteCustomFilter: async (_, id) => (filters.delete(id) ? success(null) : missing()),
  } satisfies Partial<AgentWorkspaceRest>;
}
