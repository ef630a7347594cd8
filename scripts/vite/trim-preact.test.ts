import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { Window } from "happy-dom";
import { afterAll, expect, it, vi } from "vitest";
import { trimPreact } from "./trim-preact.ts";

type Props = Record<string, unknown>;
interface Preact {
  jsx: (type: unknown, props: Props, key?: unknown) => object;
  Fragment: unknown;
  render: (node: unknown, container: unknown) => void;
  useEffect: (run: () => void, deps?: unknown[]) => void;
  useLayoutEffect: (run: () => void, deps?: unknown[]) => void;
  useRef: (first: unknown) => { current: unknown };
}

const folder = path.join(import.meta.dirname, "../../node_modules/preact");
const temporary = await mkdtemp(path.join(tmpdir(), "trimmed-preact-"));
afterAll(async () => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  await rm(temporary, { recursive: true });
});

/** The three files, as they are or trimmed, beside each other. */
async function load(name: string, change: (id: string, code: string) => string): Promise<Preact> {
  const files = ["dist/preact.mjs", "hooks/dist/hooks.mjs", "jsx-runtime/dist/jsxRuntime.mjs"];
  const loaded = await Promise.all(
    files.map(async (file) => {
      const id = path.join(folder, file);
      const code = change(id, await readFile(id, "utf8")).replace(/\/\/# sourceMappingURL=\S+/, "");
      const at = path.join(temporary, `${name}-${path.basename(file)}`);
      await writeFile(at, code.replaceAll('from"preact"', `from"./${name}-preact.mjs"`));
      return pathToFileURL(at).href;
    }),
  );
  const modules = await Promise.all(loaded.map(async (at) => (await import(at)) as object));
  return Object.assign({}, ...modules) as Preact;
}

const whole = await load("whole", (_id, code) => code);
const trimmed = await load("trimmed", (id, code) => trimPreact(id, code) ?? "");

/** The same numbers for the same seed. */
function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return Math.floor((state / 4_294_967_296) * below);
  };
}

/** Draws one random tree after the other, and writes down all that can be seen of it. */
function stage({ jsx, Fragment, render, useEffect, useLayoutEffect, useRef }: Preact) {
  const { document } = new Window();
  const container = document.createElement("div");
  document.body.append(container);
  const log: string[] = [];
  let redraw: (() => void) | undefined;

  function Part(this: { setState(state: object): void }, { name, children }: Props) {
    const element = useRef(null);
    const draws = useRef(0);
    draws.current = Number(draws.current) + 1;
    redraw = () => this.setState({});
    useLayoutEffect(() => {
      log.push(`${String(name)} stands: ${String(element.current)}`);
      return () => log.push(`${String(name)} goes`);
    }, [name]);
    useEffect(() => {
      log.push(`${String(name)} is seen`);
      return () => log.push(`${String(name)} was seen`);
    }, [name]);
    return jsx("section", {
      ref: element,
      title: `${String(name)} ${String(draws.current)}`,
      children,
    });
  }

  function tree(random: (below: number) => number, depth = 0): unknown {
    const kind = random(depth > 3 ? 3 : 9);
    if (kind === 0) return `text ${random(5)}`;
    if (kind === 1) return [null, false, undefined, 7][random(4)];
    if (kind === 2) {
      const value = random(3);
      return jsx("input", {
        type: random(2) ? "checkbox" : "text",
        value: value ? `v${value}` : undefined,
        checked: random(2) === 1,
        disabled: random(2) === 1,
        "aria-invalid": random(2) ? "true" : undefined,
        tabIndex: random(2) ? -1 : undefined,
        onClick: random(2) ? () => log.push(`click ${value}`) : undefined,
      });
    }
    const taken = new Set<number>();
    const children = Array.from({ length: random(5) }, () => {
      const key = random(8);
      const child = tree(random, depth + 1);
      if (taken.has(key) || typeof child !== "object" || child === null) return child;
      taken.add(key);
      return jsx(random(2) ? "li" : Fragment, { children: child }, key);
    });
    if (kind < 5) return jsx(Part, { name: `part ${random(3)}`, children });
    if (kind === 5) return jsx(Fragment, { children });
    if (kind === 6)
      return jsx("svg", {
        viewBox: "0 0 1 1",
        class: "x",
        children: jsx("path", { d: `M${random(3)}` }),
      });
    if (kind === 7) return jsx("progress", { max: 1, value: random(2) });
    const props = {
      class: `c${random(3)}`,
      hidden: random(3) === 0,
      role: random(2) ? "log" : undefined,
    };
    return jsx(random(2) ? "div" : "p", { ...props, children });
  }

  return {
    draw: (seed: number) => render(tree(randomOf(seed)), container),
    redraw: () => redraw?.(),
    click: () => container.querySelectorAll("input").forEach((one) => one.click()),
    empty: () => render(null, container),
    seen: () => ({ html: container.innerHTML, log: log.splice(0) }),
  };
}

it("draws every tree, and every change of one, as the whole of Preact does", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  vi.stubGlobal("requestAnimationFrame", (run: () => void) => setTimeout(run));
  vi.stubGlobal("cancelAnimationFrame", (timer: number) => clearTimeout(timer));
  const stages = [stage(whole), stage(trimmed)] as const;
  const both = (act: (one: (typeof stages)[number]) => void) => stages.forEach(act);
  let drawn = 0;
  for (let seed = 1; seed <= 300; seed += 1) {
    both((one) => one.draw(seed));
    if (seed % 3 === 0) both((one) => one.redraw());
    if (seed % 5 === 0) both((one) => one.click());
    if (seed % 50 === 0) both((one) => one.empty());
    // Effects of what is on screen come after the next frame.
    await vi.advanceTimersByTimeAsync(seed % 10 === 0 ? 40 : 0);
    const [expected, actual] = stages.map((one) => one.seen());
    expect(actual, `seed ${seed}`).toEqual(expected);
    drawn += expected?.html.length ?? 0;
  }
  expect(drawn).toBeGreaterThan(10_000);
});

it("refuses a version that nobody has looked at, and leaves all other files alone", () => {
  expect(() => trimPreact("/x/node_modules/preact/dist/preact.mjs", "export{};")).toThrow(
    "another version",
  );
  expect(trimPreact("/x/src/widget/main.ts", "export{};")).toBeUndefined();
});
