// How many conversations each view holds.
import { signal } from "@preact/signals";
import type { ReadonlySignal } from "@preact/signals";
import type { AgentRest } from "../../client/agent-transport.ts";
import type { ConversationStatus } from "../../protocol/lists.ts";
import type { ConversationCounts } from "../../protocol/records.ts";
import type { Clock } from "./clock.ts";
import { countOf, viewQuestions } from "./views.ts";
import type { ViewName } from "./views.ts";

/** A burst of changes asks once. */
const REFRESH_DELAY_MS = 400;
const countedStatuses = ["open", "snoozed", "resolved"] as const;

type Counted = Partial<Record<ConversationStatus | "all", ConversationCounts>>;

export interface Counts {
  readonly byStatus: ReadonlySignal<Counted>;
  /** A view's count; undefined while unknown. Follows `byStatus` when read in a view. */
  of(view: ViewName): number | undefined;
  take(view: ViewName, counts: ConversationCounts): void;
  refresh(): Promise<void>;
  /** Refreshes shortly; several calls until then count as one. */
  refreshSoon(): void;
  stop(): void;
}

/** Creates the counts, all unknown. */
export function createCounts(deps: { rest: AgentRest; accountId: number; clock: Clock }): Counts {
  const byStatus = signal<Counted>({});
  let cancel: (() => void) | null = null;

  function set(status: ConversationStatus | "all", counts: ConversationCounts): void {
    byStatus.value = { ...byStatus.peek(), [status]: counts };
  }

  async function refresh(): Promise<void> {
    await Promise.all(
      countedStatuses.map(async (status) => {
        const result = await deps.rest.countConversations(deps.accountId, { status });
        // A failed count keeps the old one: the next change asks again.
        if (result.ok) set(status, result.data.meta);
      }),
    );
  }

  return {
    byStatus,
    refresh,
    of(view) {
      const counts = byStatus.value[viewQuestions[view].status];
      return counts && countOf(view, counts);
    },
    take: (view, counts) => set(viewQuestions[view].status, counts),
    refreshSoon() {
      cancel ??= deps.clock.after(REFRESH_DELAY_MS, () => {
        cancel = null;
        void refresh();
      });
    },
    stop: () => cancel?.(),
  };
}
