// Turns the figures of a run into the table that a person reads.
import type { IdleCost } from "./measure.ts";
import type { StartTimes } from "./start.ts";

export interface Latency {
  p50Ms: number;
  p99Ms: number;
}

export interface Figures {
  /** Of messages that are sent one after another. */
  alone: Latency;
  /** Of as many messages per second to every contender, however long it takes. */
  atRate: Latency;
  messagesPerSecond: number;
  idle: IdleCost;
}

export interface BenchReport {
  machine: string;
  /** The rate of `atRate`. */
  messagesPerSecond: number;
  parlor: Figures;
  reference: Figures;
  starts: StartTimes;
}

interface Row {
  what: string;
  parlor: number;
  reference: number;
  unit: string;
  /** What the ratio should come to (docs: goals). */
  goal: string;
  met: (ratio: number) => boolean;
}

const KIB = 1024;

const atMost = (limit: number) => ({
  goal: `≤ ${limit} ×`,
  met: (ratio: number) => ratio <= limit,
});

function latencyRows(what: string, parlor: Latency, reference: Latency): Row[] {
  const row = (rank: string, own: number, bare: number) => ({
    what: `${what}, ${rank}`,
    parlor: own,
    reference: bare,
    unit: "ms",
    ...atMost(2),
  });
  return [row("p50", parlor.p50Ms, reference.p50Ms), row("p99", parlor.p99Ms, reference.p99Ms)];
}

function rowsOf({ parlor, reference, messagesPerSecond }: BenchReport): Row[] {
  return [
    ...latencyRows("message to the agent", parlor.alone, reference.alone),
    ...latencyRows(`the same at ${messagesPerSecond} a second`, parlor.atRate, reference.atRate),
    {
      what: "messages per second",
      parlor: parlor.messagesPerSecond,
      reference: reference.messagesPerSecond,
      unit: "/s",
      goal: "≥ 0.5 ×",
      met: (ratio) => ratio >= 0.5,
    },
    {
      what: "idle connection, resident memory",
      parlor: parlor.idle.rssBytes / KIB,
      reference: reference.idle.rssBytes / KIB,
      unit: "KiB",
      ...atMost(1.5),
    },
    {
      what: "idle connection, JavaScript heap",
      parlor: parlor.idle.heapBytes / KIB,
      reference: reference.idle.heapBytes / KIB,
      unit: "KiB",
      ...atMost(1.5),
    },
  ];
}

function digits(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

/** A table with one line for each measurement. */
export function formatReport(report: BenchReport): string {
  const cells = rowsOf(report).map((row) => {
    const ratio = row.parlor / row.reference;
    return [
      row.what,
      `${digits(row.parlor)} ${row.unit}`,
      `${digits(row.reference)} ${row.unit}`,
      `${ratio.toFixed(2)} ×`,
      row.goal,
      row.met(ratio) ? "yes" : "no",
    ];
  });
  const { firstMs, laterMs } = report.starts;
  return [
    report.machine,
    "",
    formatTable(["", "Parlor", "bare Socket.IO + INSERT", "ratio", "goal", "met"], cells),
    "",
    `start until ready: first ${firstMs.toFixed(0)} ms (makes the database), later ` +
      `${laterMs.toFixed(0)} ms (goal ≤ 2000 ms: ${laterMs <= 2000 ? "yes" : "no"})`,
  ].join("\n");
}

/** Columns as wide as their widest cell; the first one to the left, the others to the right. */
export function formatTable(head: string[], rows: string[][]): string {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: string[]) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join("  ")
      .trimEnd();
  return [line(head), widths.map((width) => "─".repeat(width)).join("  "), ...rows.map(line)].join(
    "\n",
  );
}
