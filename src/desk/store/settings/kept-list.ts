// One list of what is kept in the settings: fetched once it is looked at, and in step with what is done to it.
import { signal } from "@preact/signals";
import type { ReadonlySignal } from "@preact/signals";
import type { KeptList as KeptListRest } from "../../../client/settings-transport.ts";
import type { Failure, Result } from "../../../protocol/result.ts";

export type KeptListStatus =
  { kind: "idle" | "loading" | "ready" } | { kind: "failed"; error: Failure };

export interface KeptList<Item, Input, Change = Partial<Input>, Made = Item> {
  readonly status: ReadonlySignal<KeptListStatus>;
  readonly items: ReadonlySignal<readonly Item[]>;
  /** Fetches the list unless it is there or on its way. */
  open: () => void;
  /** Fetches it anew, if anybody has looked at it. */
  refresh: () => Promise<void>;
  retry: () => Promise<void>;
  create: (input: Input) => Promise<Result<Made>>;
  update: (id: number, change: Change) => Promise<Result<Item>>;
  remove: (id: number) => Promise<Result<null>>;
  /** Takes over what another call has answered. */
  take: (item: Item) => void;
}

/** Creates the list, not yet fetched. */
export function createKeptList<
  Item extends { id: number },
  Input,
  Change,
  Made extends Item,
>(deps: {
  rest: Omit<KeptListRest<Item, Input, Change, Made>, "update"> &
    Partial<Pick<KeptListRest<Item, Input, Change, Made>, "update">>;
  accountId: number;
  /** Where a new one belongs. */
  compare: (one: Item, other: Item) => number;
}): KeptList<Item, Input, Change, Made> {
  const { rest, accountId, compare } = deps;
  const status = signal<KeptListStatus>({ kind: "idle" });
  const items = signal<readonly Item[]>([]);
  let latest = 0;

  async function load(): Promise<void> {
    latest += 1;
    const current = latest;
    if (status.peek().kind !== "ready") status.value = { kind: "loading" };
    const result = await rest.list(accountId);
    if (current !== latest) return;
    if (result.ok) {
      items.value = result.data.toSorted(compare);
      status.value = { kind: "ready" };
    } else if (status.peek().kind !== "ready") {
      status.value = { kind: "failed", error: result.error };
    }
  }

  function take(item: Item): void {
    // An answer that is on its way does not know of it yet.
    latest += 1;
    const others = items.peek().filter(({ id }) => id !== item.id);
    items.value = [...others, item].toSorted(compare);
    if (status.peek().kind === "loading") void load();
  }

  return {
    status,
    items,
    open() {
      if (status.peek().kind === "idle") void load();
    },
    async refresh() {
      if (status.peek().kind !== "idle") await load();
    },
    retry: load,
    take,
    async create(input) {
      const result = await rest.create(accountId, input);
      if (result.ok) take(result.data);
      return result;
    },
    async update(id, change) {
      if (!rest.update) throw new Error("these cannot be changed");
      const result = await rest.update(accountId, id, change);
      if (result.ok) take(result.data);
      return result;
    },
    async remove(id) {
      const result = await rest.remove(accountId, id);
      if (result.ok || result.error.code === "not_found") {
        latest += 1;
        items.value = items.peek().filter((item) => item.id !== id);
      }
      return result;
    },
  };
}
