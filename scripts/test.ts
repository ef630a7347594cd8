// `npm test`: every check and every test, in order, from a clean clone; ends in one line that counts them.
// `npm test -- --only unit,e2e` runs the named steps alone.
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { ensureBrowser } from "./browser.ts";
import { prepareMachine } from "./machine.ts";

interface Counts {
  passed: number;
  failed: number;
}

interface Step {
  name: string;
  run: () => Promise<boolean>;
  /** Tests that failed and passed when they were tried again. */
  flaky?: () => string[];
  /** What its tests came to, where it holds tests. */
  count?: () => Counts;
}

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
}

interface PlaywrightSuite {
  file: string;
  suites?: PlaywrightSuite[];
  specs: { title: string; tests: { projectName: string; status: string }[] }[];
}

interface PlaywrightReport {
  stats: { expected: number; flaky: number; unexpected: number };
  suites: PlaywrightSuite[];
}

const root = path.join(import.meta.dirname, "..");
const reports = path.join(root, ".cache", "test");

/** Runs one command with its output passed through; answers whether it succeeded. */
function run(command: string, args: string[], env: Record<string, string> = {}): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: "inherit",
      env: { ...process.env, ...env },
      shell: process.platform === "win32",
    });
    child.on("error", (error) => {
      console.error(error.message);
      resolve(false);
    });
    child.on("exit", (code) => resolve(code === 0));
  });
}

const npm = (script: string) => () => run("npm", ["run", "--silent", script]);
const reportOf = (name: string) => path.join(reports, `${name}.json`);

function readReport(name: string): unknown {
  try {
    return JSON.parse(readFileSync(reportOf(name), "utf8"));
  } catch {
    // The runner fell before it could report; its exit code has said so.
    return undefined;
  }
}

const unit: Step = {
  name: "unit",
  run: () =>
    run("npx", [
      "vitest",
      "run",
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${reportOf("unit")}`,
    ]),
  count: () => {
    const report = readReport("unit") as VitestReport | undefined;
    return { passed: report?.numPassedTests ?? 0, failed: report?.numFailedTests ?? 0 };
  },
};

/** Each with its browser and file. */
function flakyIn({ file, specs, suites = [] }: PlaywrightSuite): string[] {
  const own = specs.flatMap(({ title, tests }) =>
    tests
      .filter(({ status }) => status === "flaky")
      .map(({ projectName }) => `[${projectName}] ${file} › ${title}`),
  );
  return [...own, ...suites.flatMap(flakyIn)];
}

const e2e: Step = {
  name: "e2e",
  run() {
    ensureBrowser();
    return run("npx", ["playwright", "test", "--reporter=list,json"], {
      PLAYWRIGHT_JSON_OUTPUT_FILE: reportOf("e2e"),
    });
  },
  count: () => {
    const report = readReport("e2e") as PlaywrightReport | undefined;
    const stats = report?.stats ?? { expected: 0, flaky: 0, unexpected: 0 };
    return { passed: stats.expected + stats.flaky, failed: stats.unexpected };
  },
  flaky: () => (readReport("e2e") as PlaywrightReport | undefined)?.suites.flatMap(flakyIn) ?? [],
};

function machine(): Promise<boolean> {
  for (const line of prepareMachine()) console.log(line);
  return Promise.resolve(true);
}

const steps: Step[] = [
  { name: "check", run: npm("check") },
  { name: "build", run: npm("build") },
  { name: "size", run: npm("check:size") },
  { name: "package", run: npm("check:package") },
  { name: "machine", run: machine },
  unit,
  e2e,
];

function chosenSteps(): Step[] {
  const at = process.argv.indexOf("--only");
  if (at === -1) return steps;
  const names = (process.argv[at + 1] ?? "").split(",");
  const unknown = names.filter((name) => !steps.some((step) => step.name === name));
  if (unknown.length > 0) {
    const known = steps.map((step) => step.name).join(", ");
    throw new Error(`--only: no step is called ${unknown.join(", ")}; there are ${known}`);
  }
  return steps.filter((step) => names.includes(step.name));
}

function seconds(sinceMs: number): string {
  return `${((Date.now() - sinceMs) / 1000).toFixed(1)} s`;
}

async function main(): Promise<void> {
  const chosen = chosenSteps();
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
  const startedAt = Date.now();
  const total: Counts = { passed: 0, failed: 0 };
  const timings: string[] = [];
  const flaky: string[] = [];
  let fallen: string | undefined;

  for (const step of chosen) {
    console.log(`\n── ${step.name}`);
    const stepStartedAt = Date.now();
    const succeeded = await step.run();
    const counts = step.count?.() ?? { passed: 0, failed: 0 };
    total.passed += counts.passed;
    // A step that fell without a failed test (a type error, a hook that threw) counts as one failure.
    total.failed += succeeded ? counts.failed : Math.max(counts.failed, 1);
    flaky.push(...(step.flaky?.() ?? []));
    timings.push(`${step.name} ${seconds(stepStartedAt)}`);
    if (!succeeded) {
      fallen = step.name;
      break;
    }
  }

  console.log(`\n${timings.join(" · ")} · in all ${seconds(startedAt)}`);
  if (flaky.length > 0) {
    console.error(`\nFLAKY, to be mended: ${flaky.length} failed once and passed when tried again`);
    for (const title of flaky) console.error(`  ${title}`);
  }
  if (fallen !== undefined) console.error(`Stopped: the step "${fallen}" failed.`);
  console.log(`${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed > 0 ? 1 : 0;
}

await main();
