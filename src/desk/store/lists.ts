// The lists behind the second pane: one for each view, one for each filter that is looked at.
import { computed, effect, untracked } from "@preact/signals";
import type { ReadonlySignal } from "@preact/signals";
import type { AgentRest } from "../../client/agent-transport.ts";
import type { Clock } from "./clock.ts";
import { createConversationList } from "./conversation-list.ts";
import type { ConversationList } from "./conversation-list.ts";
import type { Counts } from "./counts.ts";
import { conditionsOf } from "./filter.ts";
import type { FilterDraft } from "./filter.ts";
import { createFilteredList } from "./filtered-list.ts";
import type { FilteredList } from "./filtered-list.ts";
import type { ConversationRecords } from "./records.ts";
import type { Route } from "./route.ts";
import type { SavedViews } from "./saved-views.ts";
import { viewNames } from "./views.ts";
import type { ViewName } from "./views.ts";

export interface Lists {
  /** The one that the address names. */
  readonly current: ReadonlySignal<ConversationList>;
  /** What the address filters by, if it does. */
  readonly filter: ReadonlySignal<FilterDraft | null>;
  /** The others are asked anew when they are shown again. */
  resetOthers(): void;
  /** A conversation has changed. */
  refetchSoon(): void;
  stop(): void;
}

interface Deps {
  rest: AgentRest;
  accountId: number;
  agentId: number;
  records: ConversationRecords;
  counts: Counts;
  clock: Clock;
  route: ReadonlySignal<Route>;
  savedViews: SavedViews;
}

/** Creates the lists; the current one loads itself. */
export function createLists(deps: Deps): Lists {
  const { counts, route, savedViews } = deps;
  const byView = Object.fromEntries(
    viewNames.map((view) => [
      view,
      createConversationList({ ...deps, view, onCounts: (of, found) => counts.take(of, found) }),
    ]),
  ) as Record<ViewName, ConversationList>;
  const byFilter = new Map<string, FilteredList>();

  const filter = computed<FilterDraft | null>(() => {
    const { filter: draft, savedId } = route.value;
    if (savedId === undefined) return draft ?? null;
    return savedViews.all.value?.find(({ id }) => id === savedId)?.draft ?? null;
  });

  function filteredBy(draft: FilterDraft): FilteredList {
    const conditions = conditionsOf(draft);
    const key = JSON.stringify(conditions);
    const list = byFilter.get(key) ?? createFilteredList({ ...deps, conditions });
    byFilter.set(key, list);
    return list;
  }

  const current = computed<ConversationList>(() =>
    filter.value ? filteredBy(filter.value) : byView[route.value.view],
  );
  const stopOpening = effect(() => {
    const opened = current.value;
    untracked(() => void opened.open());
  });

  return {
    current,
    filter,
    resetOthers() {
      for (const other of [...Object.values(byView), ...byFilter.values()]) {
        if (other !== current.peek()) other.reset();
      }
    },
    refetchSoon() {
      for (const list of byFilter.values()) {
        if (list === current.peek()) list.refetchSoon();
        else list.reset();
      }
    },
    stop() {
      stopOpening();
      for (const list of byFilter.values()) list.stop();
    },
  };
}
