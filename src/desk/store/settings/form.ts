// What somebody types before it is saved: what has changed, what is wrong with it, how far saving is.
import { computed, signal } from "@preact/signals";
import type { ReadonlySignal } from "@preact/signals";
import type { Failure, FieldProblem, Result } from "../../../protocol/result.ts";

/** What a control of one field is given. */
export interface FormField<Value> {
  value: Value;
  problem: string | undefined;
  onChange: (value: Value) => void;
}

export interface Form<Values extends object> {
  readonly values: ReadonlySignal<Values>;
  readonly isDirty: ReadonlySignal<boolean>;
  readonly isSaving: ReadonlySignal<boolean>;
  /** Saved, and not touched since. */
  readonly isSaved: ReadonlySignal<boolean>;
  /** Why the last attempt failed, unless fields say it. */
  readonly failure: ReadonlySignal<Failure | null>;
  readonly problems: ReadonlySignal<readonly FieldProblem[]>;
  /** What is wrong with a field, or with something in it. */
  problemOf: (field: string) => string | undefined;
  field: <Name extends keyof Values & string>(name: Name) => FormField<Values[Name]>;
  set: (patch: Partial<Values>) => void;
  /** As it was before. */
  reset: () => void;
  /** The kept values have changed elsewhere: shown unless somebody has begun to type. */
  rebase: (values: Values) => void;
  /** True once it is saved. */
  submit: () => Promise<boolean>;
}

export interface FormDeps<Values extends object> {
  initial: Values;
  /** What can be said before the server is asked. */
  check?: (values: Values) => FieldProblem[];
  /** Answers the values as they are kept now. */
  save: (values: Values) => Promise<Result<Values>>;
  /** Fields that the page shows: the server's other complaints belong to the whole. */
  fields: readonly string[];
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
const isIn = (field: string, path: string) => path === field || path.startsWith(`${field}.`);

/** Creates a form that shows `initial`. */
export function createForm<Values extends object>(deps: FormDeps<Values>): Form<Values> {
  const base = signal(deps.initial);
  const values = signal(deps.initial);
  const isSaving = signal(false);
  const isSaved = signal(false);
  const failure = signal<Failure | null>(null);
  const problems = signal<readonly FieldProblem[]>([]);
  const isDirty = computed(() => !isSame(values.value, base.value));

  function clear(): void {
    failure.value = null;
    problems.value = [];
  }

  function refuse(error: Failure): void {
    const said =
      error.fields ?? (error.field ? [{ field: error.field, message: error.message }] : []);
    problems.value = said.filter(({ field }) => deps.fields.some((shown) => isIn(shown, field)));
    failure.value = problems.peek().length > 0 ? null : error;
  }

  const problemOf = (field: string) =>
    problems.value.find((one) => isIn(field, one.field))?.message;

  function set(patch: Partial<Values>): void {
    values.value = { ...values.peek(), ...patch };
    isSaved.value = false;
    const touched = Object.keys(patch);
    problems.value = problems
      .peek()
      .filter(({ field }) => !touched.some((key) => isIn(key, field)));
  }

  return {
    values,
    isDirty,
    isSaving,
    isSaved,
    failure,
    problems,
    problemOf,
    field: (name) => ({
      value: values.value[name],
      problem: problemOf(name),
      onChange: (value) => set({ [name]: value } as unknown as Partial<Values>),
    }),
    set,
    reset() {
      values.value = base.peek();
      clear();
    },
    rebase(next) {
      if (isDirty.peek() || isSaving.peek() || isSame(next, base.peek())) return;
      base.value = next;
      values.value = next;
    },
    async submit() {
      if (isSaving.peek()) return false;
      clear();
      const sent = values.peek();
      problems.value = deps.check?.(sent) ?? [];
      if (problems.peek().length > 0) return false;
      isSaving.value = true;
      const result = await deps.save(sent);
      isSaving.value = false;
      if (!result.ok) {
        refuse(result.error);
        return false;
      }
      base.value = result.data;
      // Whatever was typed meanwhile stays, and is unsaved.
      if (values.peek() === sent) {
        values.value = result.data;
        isSaved.value = true;
      }
      return true;
    },
  };
}
