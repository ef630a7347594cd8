// Turns the figures of a run into the table that a person reads.
import type { IdleCost } from "./measure.ts";
import type { StartTimes } from "./start.ts";

export interface Figures {
  latencyP50Ms: number;
  latencyP99Ms: number;
  messagesPerSecond: number;
  idle: IdleCost;
}

export interface BenchReport {
  machine: string;
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

function rowsOf({ parlor, reference }: BenchReport): Row[] {
  const atMost = (limit: number) => ({
    goal: `≤ ${limit} ×`,
    met: (ratio: number) => ratio <= limit,
  });
  return [
    {
      what: "message, visitor to agent, p50",
      parlor: parlor.latencyP50Ms,
      reference: reference.latencyP50Ms,
      unit: "ms",
      ...atMost(2),
    },
    {
      what: "message, visitor to agent, p99",
      parlor: parlor.latencyP99Ms,
      reference: reference.latencyP99Ms,
      unit: "ms",
      ...atMost(2),
    },
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
