// The filters that an agent has saved under a name, as views of their own.
import { signal } from "@preact/signals";
import type { ReadonlySignal } from "@preact/signals";
import type { AgentRest } from "../../client/agent-transport.ts";
import type { CustomFilter } from "../../protocol/records-administration.ts";
import type { Result } from "../../protocol/result.ts";
import { conditionsOf, draftOf } from "./filter.ts";
import type { FilterDraft } from "./filter.ts";
import type { Toasts } from "./toasts.ts";

export interface SavedView {
  id: number;
  name: string;
  /** Null where another program has saved what this desk cannot show. */
  draft: FilterDraft | null;
}

export interface SavedViews {
  /** In the order in which they were saved; null until loaded. */
  readonly all: ReadonlySignal<readonly SavedView[] | null>;
  load(): Promise<void>;
  save(name: string, draft: FilterDraft): Promise<Result<SavedView>>;
  /** What is missing stays. Shown at once, taken back when the server refuses. */
  change(id: number, change: { name?: string; draft?: FilterDraft }): Promise<void>;
  /** Undoable: saved again, under a new number, if the agent says so. */
  remove(id: number): Promise<void>;
}

interface Deps {
  rest: AgentRest;
  accountId: number;
  toasts: Toasts;
}

const viewOf = ({ id, name, query }: CustomFilter): SavedView => ({
  id,
  name,
  draft: draftOf(query["payload"]),
});
const queryOf = (draft: FilterDraft) => ({ payload: conditionsOf(draft) });

/** Creates the store, not yet loaded. */
export function createSavedViews({ rest, accountId, toasts }: Deps): SavedViews {
  const all = signal<readonly SavedView[] | null>(null);
  const put = (view: SavedView) => {
    const others = (all.peek() ?? []).filter(({ id }) => id !== view.id);
    all.value = [...others, view].toSorted((a, b) => a.id - b.id);
  };

  async function save(name: string, draft: FilterDraft): Promise<Result<SavedView>> {
    const result = await rest.createCustomFilter(accountId, { name, query: queryOf(draft) });
    if (!result.ok) return result;
    const view = viewOf(result.data);
    put(view);
    return { ok: true, data: view };
  }

  return {
    all,
    save,
    async load() {
      const result = await rest.listCustomFilters(accountId);
      // Without an answer the list stays as it was; the next connection asks again.
      if (result.ok) all.value = result.data.map(viewOf);
    },
    async change(id, { name, draft }) {
      const before = all.peek()?.find((view) => view.id === id);
      if (!before) return;
      put({ ...before, name: name ?? before.name, draft: draft ?? before.draft });
      const result = await rest.updateCustomFilter(accountId, id, {
        ...(name === undefined ? {} : { name }),
        ...(draft === undefined ? {} : { query: queryOf(draft) }),
      });
      if (result.ok) return;
      put(before);
      toasts.show({ kind: "failed", doing: "view", error: result.error });
    },
    async remove(id) {
      const before = all.peek()?.find((view) => view.id === id);
      if (!before) return;
      all.value = (all.peek() ?? []).filter((view) => view.id !== id);
      const result = await rest.deleteCustomFilter(accountId, id);
      if (!result.ok && result.error.code !== "not_found") {
        put(before);
        toasts.show({ kind: "failed", doing: "view", error: result.error });
        return;
      }
      const { name, draft } = before;
      const undo = async () => {
        if (!draft) return;
        const saved = await save(name, draft);
        if (!saved.ok) toasts.show({ kind: "failed", doing: "view", error: saved.error });
      };
      toasts.show({ kind: "view_deleted", name }, draft ? () => void undo() : undefined);
    },
  };
}
