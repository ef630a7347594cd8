// Which operations a run of all tests has seen succeed, over every test file and process.
import { appendFileSync } from "node:fs";
import { readFile, readdir } from "node:fs/promises";
import path from "node:path";

/** Adds what one app has answered, and which operations there are. */
export function noteExercised(folder: string, seen: Set<string>, operations: string[]): void {
  const lines = [
    ...[...seen].map((answer) => `seen ${answer}`),
    ...operations.map((o) => `is ${o}`),
  ];
  appendFileSync(path.join(folder, `${process.pid}.txt`), `${lines.join("\n")}\n`);
}

/** Operations that no test has seen succeed. */
export async function findUnexercised(folder: string): Promise<string[]> {
  const files = await readdir(folder);
  const texts = await Promise.all(files.map((file) => readFile(path.join(folder, file), "utf8")));
  const lines = new Set(texts.flatMap((text) => text.split("\n")));
  const succeeded = new Set(
    [...lines].flatMap((line) => /^seen (.+) [23]\d\d$/.exec(line)?.[1] ?? []),
  );
  return [...lines]
    .flatMap((line) => /^is (.+)$/.exec(line)?.[1] ?? [])
    .filter((operation) => !succeeded.has(operation));
}
