// Values that know who has read them: a change is told to whoever reads it, once, and nobody else runs anew.
// The part of @preact/signals-core that the widget needs, in a third of its bytes: every page pays for each.

export interface ReadonlySignal<Value> {
  readonly value: Value;
  /** The value; whoever asks does not hear when it changes. */
  peek(): Value;
}

export interface Signal<Value> extends ReadonlySignal<Value> {
  value: Value;
}

/** More effects than that in one go run in a circle. */
const EFFECTS_MAX = 9_999;

/** What is being computed: it will hear of whatever it reads. */
let reader: Cell | undefined;
/** Moves with every change of anything. */
let clock = 0;
let batchDepth = 0;
let queue: Cell[] = [];

/** A value; one with a formula is made of others, and listens to them only while somebody listens to it. */
class Cell<Value = unknown> implements Signal<Value> {
  // Private, and so without names in what a page loads.
  #held: Value;
  readonly #formula: (() => Value) | undefined;
  readonly #isEffect: boolean;
  /** Moves with every change of the value. */
  #version = 0;
  /** Who has read it, and wants to hear. */
  readonly #readers = new Set<Cell>();
  /** What it has read, and the version that it has seen. */
  #sources: Map<Cell, number> | undefined;
  #failure: { error: unknown } | undefined;
  #isStale = true;
  #seenAt = -1;

  constructor(held: Value, formula?: () => Value, isEffect = false) {
    this.#held = held;
    this.#formula = formula;
    this.#isEffect = isEffect;
  }

  peek(): Value {
    this.#refresh();
    return this.#take();
  }

  get value(): Value {
    this.#refresh();
    if (reader && !reader.#sources?.has(this)) {
      reader.#sources?.set(this, this.#version);
      if (reader.#isLive()) this.#join(reader);
    }
    return this.#take();
  }

  set value(next: Value) {
    if (next === this.#held) return;
    this.#held = next;
    this.#version += 1;
    clock += 1;
    batch(() => this.#tell());
  }

  /** Of an effect: runs where something that it has read has changed, and fails only where it has run. */
  run(): void {
    this.#failure = undefined;
    this.peek();
  }

  /** Of an effect: hears no more. */
  end(): void {
    this.#sources?.forEach((_seen, one) => one.#leave(this));
    this.#sources?.clear();
  }

  #take(): Value {
    if (this.#failure) throw this.#failure.error;
    return this.#held;
  }

  #isLive(): boolean {
    return this.#isEffect || this.#readers.size > 0;
  }

  #tell(): void {
    this.#readers.forEach((one) => {
      if (one.#isStale) return;
      one.#isStale = true;
      if (one.#isEffect) queue.push(one);
      one.#tell();
    });
  }

  #join(one: Cell): void {
    const wasLive = this.#isLive();
    this.#readers.add(one);
    if (!wasLive) this.#sources?.forEach((_seen, source) => source.#join(this));
  }

  #leave(one: Cell): void {
    if (!this.#readers.delete(one) || this.#isLive()) return;
    this.#sources?.forEach((_seen, source) => source.#leave(this));
  }

  /** Computes it anew, if something that it has read is not as it was. */
  #refresh(): void {
    if (this.#formula && this.#seenAt !== clock && (this.#isStale || !this.#isLive()))
      this.#compute(this.#formula);
  }

  // Without a `for` or a pattern, each of which has code for an iterator that ends early: V8 keeps all of it.
  #compute(formula: () => Value): void {
    this.#isStale = false;
    this.#seenAt = clock;
    const before = this.#sources;
    let isSame = before !== undefined;
    before?.forEach((seen, one) => {
      if (!isSame) return;
      one.#refresh();
      isSame = one.#version === seen;
    });
    if (isSame) return;
    const held = this.#held;
    const failure = this.#failure;
    const outer = reader;
    // oxlint-disable-next-line typescript/no-this-alias -- what is computed is what reads
    reader = this;
    const read = (this.#sources = new Map<Cell, number>());
    this.#failure = undefined;
    try {
      this.#held = formula();
    } catch (error) {
      this.#failure = { error };
    }
    reader = outer;
    if (!before || held !== this.#held || failure || this.#failure) this.#version += 1;
    before?.forEach((_seen, one) => read.has(one) || one.#leave(this));
  }
}

export const signal = <Value>(held: Value): Signal<Value> => new Cell(held);

/** What `compute` makes of other signals, when it is asked for, and only if one of them has changed. */
export const computed = <Value>(compute: () => Value): ReadonlySignal<Value> =>
  new Cell<Value>(undefined as Value, compute);

/**
 * Runs now, and whenever a signal that it has read changes; a function that it answers runs before the next time. Answers
 * the function that ends it.
 */
export function effect(run: () => void | (() => void)): () => void {
  let isOver = false;
  let undo: void | (() => void);
  const clean = () => {
    const last = undo;
    undo = undefined;
    if (typeof last === "function") batch(() => untracked(last));
  };
  const stop = () => {
    isOver = true;
    cell.end();
    clean();
  };
  const compute = () => {
    clean();
    undo = run();
    if (isOver) stop();
  };
  const cell = new Cell<unknown>(undefined, compute, true);
  try {
    batch(() => cell.run());
  } catch (error) {
    stop();
    throw error;
  }
  return stop;
}

export function untracked<Value>(act: () => Value): Value {
  const outer = reader;
  reader = undefined;
  try {
    return act();
  } finally {
    reader = outer;
  }
}

/** Does it; effects run once all of it is done. */
export function batch<Value>(act: () => Value): Value {
  batchDepth += 1;
  try {
    return act();
  } finally {
    if (batchDepth > 1) batchDepth -= 1;
    else settle();
  }
}

/** Runs the effects that have heard of a change, and those that hear of one meanwhile. */
function settle(): void {
  let failure: { error: unknown } | undefined;
  for (const one of queue) {
    try {
      if (queue.length > EFFECTS_MAX) throw new Error("effects run in a circle");
      one.run();
    } catch (error) {
      failure ??= { error };
    }
  }
  queue = [];
  batchDepth = 0;
  if (failure) throw failure.error;
}
