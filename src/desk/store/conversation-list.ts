// One view's list: which of the known conversations it shows, and how far down the server has been asked.
import { computed, signal } from "@preact/signals";
import type { ReadonlySignal } from "@preact/signals";
import type { AgentRest } from "../../client/agent-transport.ts";
import { CONVERSATIONS_PAGE_SIZE } from "../../protocol/limits.ts";
import type { Conversation, ConversationCounts } from "../../protocol/records.ts";
import type { Failure } from "../../protocol/result.ts";
import type { ConversationRecords } from "./records.ts";
import { isInView, orderOf, viewQuestions } from "./views.ts";
import type { ListPosition, ViewName } from "./views.ts";

export type ListStatus =
  { kind: "idle" | "loading" | "ready" | "loading_more" } | { kind: "failed"; error: Failure };

export interface ConversationList {
  readonly status: ReadonlySignal<ListStatus>;
  /** What the view shows: known conversations that belong to it, down to where it was loaded. */
  readonly conversations: ReadonlySignal<readonly Conversation[]>;
  readonly hasMore: ReadonlySignal<boolean>;
  /** How many it holds on the server, where nobody else counts them. */
  readonly count?: ReadonlySignal<number | undefined>;
  /** Loads the first page, unless it is there. */
  open(): Promise<void>;
  loadMore(): Promise<void>;
  /** Fetches anew as much as is shown. Answers it, or null if the server could not be asked. */
  refetch(): Promise<readonly Conversation[] | null>;
  /** Forgets how far the list was loaded. */
  reset(): void;
}

interface Deps {
  view: ViewName;
  rest: AgentRest;
  accountId: number;
  agentId: number;
  records: ConversationRecords;
  /** Every page brings the counts of its status along. */
  onCounts: (view: ViewName, counts: ConversationCounts) => void;
}

/** After a long absence, more pages than this are not worth the wait: the rest loads on scrolling. */
const REFETCH_PAGES_MAX = 4;

/** Creates a view's list, not yet loaded. */
export function createConversationList(deps: Deps): ConversationList {
  const { view, records } = deps;
  const compare = orderOf(view);
  const status = signal<ListStatus>({ kind: "idle" });
  /** The last conversation of the last page; null where the server has no more. */
  const end = signal<ListPosition | null>(null);
  let generation = 0;

  const conversations = computed(() => {
    const last = end.value;
    return [...records.all.value.values()]
      .filter((one) => isInView(one, view, deps.agentId))
      .filter((one) => last === null || compare(one, last) <= 0)
      .toSorted(compare);
  });

  async function fetchPage(page: number) {
    const result = await deps.rest.listConversations(deps.accountId, {
      ...viewQuestions[view],
      page,
    });
    if (result.ok) deps.onCounts(view, result.data.data.meta);
    return result;
  }

  function finish(payload: readonly Conversation[]): void {
    end.value = payload.length < CONVERSATIONS_PAGE_SIZE ? null : (payload.at(-1) ?? null);
    status.value = { kind: "ready" };
  }

  async function load(page: number, kind: "loading" | "loading_more"): Promise<void> {
    const mine = ++generation;
    status.value = { kind };
    const result = await fetchPage(page);
    if (mine !== generation) return;
    if (!result.ok) {
      status.value = { kind: "failed", error: result.error };
      return;
    }
    records.put(result.data.data.payload);
    finish(result.data.data.payload);
  }

  return {
    status,
    conversations,
    hasMore: computed(() => end.value !== null),
    async open() {
      const { kind } = status.peek();
      if (kind === "idle" || kind === "failed") await load(1, "loading");
    },
    async loadMore() {
      const { kind } = status.peek();
      if (end.peek() === null || kind === "loading" || kind === "loading_more") return;
      // Pages are counted from the top of what the server lists now, which is what is shown here.
      const shown = conversations.peek().length;
      await load(Math.floor(shown / CONVERSATIONS_PAGE_SIZE) + 1, "loading_more");
    },
    async refetch() {
      const mine = ++generation;
      const pages = Math.ceil(conversations.peek().length / CONVERSATIONS_PAGE_SIZE) || 1;
      const fetched: Conversation[] = [];
      let last: readonly Conversation[] = [];
      for (let page = 1; page <= Math.min(pages, REFETCH_PAGES_MAX); page += 1) {
        const result = await fetchPage(page);
        if (mine !== generation) return null;
        if (!result.ok) {
          status.value = { kind: "failed", error: result.error };
          return null;
        }
        last = result.data.data.payload;
        fetched.push(...last);
        if (last.length < CONVERSATIONS_PAGE_SIZE) break;
      }
      finish(last);
      return fetched;
    },
    reset() {
      generation += 1;
      end.value = null;
      status.value = { kind: "idle" };
    },
  };
}
