import * as library from "@preact/signals-core";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as own from "./signals.ts";

/** What both can do, as far as the test asks. */
type Signals = Pick<typeof own, "signal" | "computed" | "effect" | "batch" | "untracked">;

const SOURCES = 4;

/** A computed signal over what stands before it: `choice` decides, by its value, which of two others it reads. */
interface Formula {
  choice: number;
  first: number;
  second: number;
  isUntracked: boolean;
  modulo: number;
}

type Step =
  | { kind: "set"; source: number; value: number }
  | { kind: "batch"; values: readonly number[] }
  | { kind: "read"; formula: number }
  | { kind: "watch"; formula: number }
  /** An effect that writes what it reads to another signal. */
  | { kind: "copy"; from: 0 | 1 }
  | { kind: "end"; effect: number };

const index = fc.nat({ max: 30 });
const value = fc.integer({ min: 0, max: 3 });
/** One of modulo 5 may fail. */
const formulasWith = (isUntracked: fc.Arbitrary<boolean>, modulo: number) =>
  fc.array(
    fc.record({
      choice: index,
      first: index,
      second: index,
      isUntracked,
      modulo: fc.integer({ min: 2, max: modulo }),
    }),
    { minLength: 1, maxLength: 8 },
  );
const step = (kind: Step["kind"], rest: object = {}) =>
  fc.record({ kind: fc.constant(kind), ...rest }) as fc.Arbitrary<object> as fc.Arbitrary<Step>;
const usual = [
  step("set", { source: index, value }),
  step("batch", { values: fc.array(value, { minLength: SOURCES, maxLength: SOURCES }) }),
  step("read", { formula: index }),
  step("watch", { formula: index }),
  step("end", { effect: index }),
];
const steps = fc.array(fc.oneof(...usual), { maxLength: 30 });
const stepsWithCopies = fc.array(fc.oneof(...usual, step("copy", { from: fc.nat({ max: 1 }) })), {
  maxLength: 30,
});

interface Seen {
  /** What was answered, in order. */
  answers: string[];
  /** By effect: each run with what it read, and each undoing. */
  effects: string[][];
}

/** Does the steps; answers all that could be seen of it. */
function play(signals: Signals, given: readonly Formula[], program: readonly Step[]): Seen {
  const seen: Seen = { answers: [], effects: [] };
  const sources = Array.from({ length: SOURCES }, (_, at) => signals.signal(at));
  const all: own.ReadonlySignal<number>[] = [...sources];
  for (const { choice, first, second, isUntracked, modulo } of given) {
    const before = [...all];
    const one = (at: number) => before[at % before.length] ?? signals.signal(0);
    all.push(
      signals.computed(() => {
        const chosen = one(one(choice).value % 2 ? first : second);
        const found = isUntracked ? signals.untracked(() => chosen.value) : chosen.value;
        if (found === 4) throw new Error("four");
        return (found + one(choice).value) % modulo;
      }),
    );
  }
  const ends: (() => void)[] = [];
  const attempt = (act: () => unknown) => {
    try {
      seen.answers.push(String(act()));
    } catch (error) {
      seen.answers.push(String(error));
    }
  };
  const watch = (read: () => number) => {
    const log: string[] = [];
    seen.effects.push(log);
    attempt(() => {
      const end = signals.effect(() => {
        log.push("runs");
        log.push(String(read()));
        return () => log.push("undone");
      });
      ends.push(end);
    });
  };
  for (const one of program) {
    if (one.kind === "set") {
      const source = sources[one.source % SOURCES];
      attempt(() => source && (source.value = one.value));
    } else if (one.kind === "batch") {
      attempt(() =>
        signals.batch(() => sources.forEach((to, at) => (to.value = one.values[at] ?? 0))),
      );
    } else if (one.kind === "read") attempt(() => all[one.formula % all.length]?.peek());
    else if (one.kind === "watch") watch(() => all[one.formula % all.length]?.value ?? 0);
    else if (one.kind === "copy") {
      const [from, to] = [sources[one.from], sources[one.from + 2]];
      watch(() => (to && from ? (to.value = from.value) : 0));
    } else ends[one.effect % Math.max(1, ends.length)]?.();
  }
  all.forEach((one) => attempt(() => one.peek()));
  return seen;
}

describe("signals", () => {
  it("answer, and run each effect, as the library that they stand for", () => {
    fc.assert(
      fc.property(formulasWith(fc.boolean(), 5), steps, (given, program) => {
        expect(play(own, given, program)).toEqual(play(library, given, program));
      }),
      { numRuns: 500 },
    );
  });

  // In which order one change runs effects is nobody's promise.
  it("let effects write, and end where the library ends", () => {
    const end = ({ answers, effects }: Seen) => [answers, effects.map((log) => log.slice(-1))];
    fc.assert(
      fc.property(formulasWith(fc.constant(false), 4), stepsWithCopies, (given, program) => {
        expect(end(play(own, given, program))).toEqual(end(play(library, given, program)));
      }),
      { numRuns: 500 },
    );
  });

  it("go on after effects that run in a circle, which is an error", () => {
    const [to, fro] = [own.signal(0), own.signal(0)];
    own.effect(() => void (fro.value = to.value + 1));
    expect(() => own.effect(() => void (to.value = fro.value + 1))).toThrow("circle");
    const other = own.signal(1);
    let seen = 0;
    own.effect(() => void (seen = other.value));
    other.value = 2;
    expect(seen).toBe(2);
  });

  it("end an effect that ends itself, and let nobody listen to what nobody reads", () => {
    const source = own.signal(0);
    let computings = 0;
    const doubled = own.computed(() => (computings += 1) && source.value * 2);
    let runs = 0;
    const end = own.effect(() => {
      runs += 1;
      if (doubled.value === 2) end();
    });
    source.value = 1;
    source.value = 2;
    expect([runs, computings]).toEqual([2, 2]);
    expect([doubled.peek(), doubled.peek(), computings]).toEqual([4, 4, 3]);
  });
});
