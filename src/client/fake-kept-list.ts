// One kept list of the settings' fake: made, changed and removed in memory, and told of.
import type { SettingsSubject } from "../protocol/lists.ts";
import { failure, success } from "../protocol/result.ts";
import type { KeptList } from "./settings-transport.ts";

export const missing = () => failure("not_found", "Resource could not be found");
export const empty = (field: string) => refused(field, "must not be empty");

export function refused(field: string, message: string) {
  const error = failure("invalid", `${field} ${message}`, { field }).error;
  return { ok: false as const, error: { ...error, fields: [{ field, message }] } };
}

/** What is told once is kept by nobody. */
const withoutSecrets = <Item extends object>(made: Item): Item =>
  Object.fromEntries(
    Object.entries(made).filter(([key]) => !["secret", "token", "invitation"].includes(key)),
  ) as Item;

export interface Holder<Item> {
  items: Item[];
  subject?: SettingsSubject;
}

export type TellSettings = (change: {
  subject: SettingsSubject;
  id: number;
  removed: boolean;
}) => void;

/** Creates what makes such lists; `nextId` numbers what is made in them. */
export function createFakeLists(tell: TellSettings, nextId: () => number) {
  return function kept<
    Item extends { id: number },
    Input extends object,
    Change,
    Made extends Item = Item,
  >(
    { items, subject }: Holder<Item>,
    required: (keyof Input & string)[],
    make: (input: Input, id: number) => Made,
    change: (item: Item, patch: Change) => Item = (item, patch) => ({ ...item, ...patch }),
  ): KeptList<Item, Input, Change, Made> {
    const told = (id: number, removed = false) => subject && tell({ subject, id, removed });
    const faultOf = (input: object) =>
      required.find((key) => {
        const value = (input as Record<string, unknown>)[key];
        return value !== undefined && (typeof value === "string" ? value.trim() === "" : false);
      });
    return {
      list: async () => success([...items]),
      async create(_, input) {
        const fault = faultOf(input);
        if (fault) return empty(fault);
        const made = make(input, nextId());
        items.push(withoutSecrets(made));
        told(made.id);
        return success(made);
      },
      async update(_, id, patch) {
        const at = items.findIndex((item) => item.id === id);
        const before = items[at];
        if (!before) return missing();
        const fault = faultOf(patch as object);
        if (fault) return empty(fault);
        items[at] = change(before, patch);
        told(id);
        return success(items[at]);
      },
      async remove(_, id) {
        const at = items.findIndex((item) => item.id === id);
        if (at < 0) return missing();
        items.splice(at, 1);
        told(id, true);
        return success(null);
      },
    };
  };
}
