// The list of a filter. What fits is the server's to say: after changes the list asks again, shortly.
import { computed, signal } from "@preact/signals";
import type { AgentRest } from "../../client/agent-transport.ts";
import { CONVERSATIONS_PAGE_SIZE } from "../../protocol/limits.ts";
import type { FilterCondition } from "../../protocol/requests-filters.ts";
import type { Clock } from "./clock.ts";
import type { ConversationList, ListStatus } from "./conversation-list.ts";
import type { ConversationRecords } from "./records.ts";
import { compareByActivity } from "./views.ts";

export interface FilteredList extends ConversationList {
  /** A conversation has changed: it may fit now, or no longer. */
  refetchSoon(): void;
  stop(): void;
}

interface Deps {
  conditions: readonly FilterCondition[];
  rest: AgentRest;
  accountId: number;
  records: ConversationRecords;
  clock: Clock;
}

/** A burst of changes asks once. */
const REFETCH_DELAY_MS = 400;
/** After a long absence, more pages than this are not worth the wait. */
const REFETCH_PAGES_MAX = 4;

/** Creates the list, not yet loaded. */
export function createFilteredList(deps: Deps): FilteredList {
  const { records, clock } = deps;
  const status = signal<ListStatus>({ kind: "idle" });
  const ids = signal<readonly number[]>([]);
  const count = signal<number | undefined>(undefined);
  const hasMore = signal(false);
  let pages = 1;
  let generation = 0;
  let cancel: (() => void) | null = null;

  const conversations = computed(() =>
    ids.value.flatMap((id) => records.all.value.get(id) ?? []).toSorted(compareByActivity),
  );

  /** Fetches so many pages from the top. Null: not answered, or overtaken by another question. */
  async function fetch(wanted: number) {
    const mine = ++generation;
    const fetched = [];
    let total = 0;
    for (let page = 1; page <= wanted; page += 1) {
      const result = await deps.rest.filterConversations(deps.accountId, deps.conditions, page);
      if (mine !== generation) return null;
      if (!result.ok) {
        status.value = { kind: "failed", error: result.error };
        return null;
      }
      fetched.push(...result.data.data.payload);
      total = result.data.data.meta.all_count;
      if (result.data.data.payload.length < CONVERSATIONS_PAGE_SIZE) break;
    }
    return { fetched, total };
  }

  async function load(wanted: number): Promise<void> {
    const found = await fetch(wanted);
    if (!found) return;
    pages = wanted;
    records.put(found.fetched);
    take(found);
  }

  function take({ fetched, total }: { fetched: { id: number }[]; total: number }): void {
    ids.value = [...new Set(fetched.map(({ id }) => id))];
    count.value = total;
    hasMore.value = fetched.length < total;
    status.value = { kind: "ready" };
  }

  return {
    status,
    conversations,
    hasMore,
    count,
    async open() {
      const { kind } = status.peek();
      if (kind !== "idle" && kind !== "failed") return;
      status.value = { kind: "loading" };
      await load(1);
    },
    async loadMore() {
      const { kind } = status.peek();
      if (!hasMore.peek() || kind === "loading" || kind === "loading_more") return;
      status.value = { kind: "loading_more" };
      await load(pages + 1);
    },
    async refetch() {
      const found = await fetch(Math.min(pages, REFETCH_PAGES_MAX));
      if (!found) return null;
      take(found);
      return found.fetched;
    },
    reset() {
      generation += 1;
      pages = 1;
      ids.value = [];
      hasMore.value = false;
      status.value = { kind: "idle" };
    },
    refetchSoon() {
      if (status.peek().kind === "idle") return;
      cancel ??= clock.after(REFETCH_DELAY_MS, () => {
        cancel = null;
        void load(pages);
      });
    },
    stop() {
      generation += 1;
      cancel?.();
    },
  };
}
