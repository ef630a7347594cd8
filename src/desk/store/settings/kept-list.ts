// One list of what is kept in the settings: fetched once it is looked at, and in step with what is done to it.
import { computed, signal } from "@preact/signals";
import type { ReadonlySignal } from "@preact/signals";
import type { KeptList as KeptListRest } from "../../../client/settings-transport.ts";
import type { Failure, Result } from "../../../protocol/result.ts";
import type { Discards } from "../discards.ts";
import type { Discarded } from "../toasts.ts";

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
  /** Gone at once, and removed when nobody has undone that. Only where the list says what it keeps. */
  discard: (id: number, name: string) => void;
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
  discards: Discards;
  /** What one of them is called when it is discarded. */
  what?: Discarded;
}): KeptList<Item, Input, Change, Made> {
  const { rest, accountId, compare, discards, what } = deps;
  const status = signal<KeptListStatus>({ kind: "idle" });
  const items = signal<readonly Item[]>([]);
  const keyOf = (id: number) => `${what}:${id}`;
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

  async function remove(id: number): Promise<Result<null>> {
    const result = await rest.remove(accountId, id);
    if (result.ok || result.error.code === "not_found") {
      latest += 1;
      items.value = items.peek().filter((item) => item.id !== id);
    }
    return result;
  }

  return {
    status,
    items: computed(() => items.value.filter(({ id }) => !discards.isGone(keyOf(id)))),
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
    remove,
    discard(id, name) {
      if (what === undefined) throw new Error("these are removed for good");
      discards.discard(keyOf(id), { kind: "discarded", what, name }, () => remove(id));
    },
  };
}
