// Which answers a run of all tests has seen, over every test file and process, of those that are described.
import { appendFileSync } from "node:fs";
import { readFile, readdir } from "node:fs/promises";
import path from "node:path";

/** Adds what one app has answered, and what there is to answer: each an operation and a status. */
export function noteExercised(folder: string, seen: Iterable<string>, described: string[]): void {
  const lines = [
    ...[...seen].map((answer) => `seen ${answer}`),
    ...described.map((answer) => `is ${answer}`),
  ];
  appendFileSync(path.join(folder, `${process.pid}.txt`), `${lines.join("\n")}\n`);
}

/** Answers that no test can bring about, and why. */
const unseen: [answers: RegExp, reason: string][] = [
  [/^GET \/health 503$/, "the process that answers lives"],
  [/^PUT \/auth\/password 500$/, "an invitation is sealed: it is read before any table is"],
];

/** Descriptions without an answer that some test has seen. */
export async function findUnexercised(folder: string): Promise<string[]> {
  const files = await readdir(folder);
  const texts = await Promise.all(files.map((file) => readFile(path.join(folder, file), "utf8")));
  const lines = new Set(texts.flatMap((text) => text.split("\n")));
  return [...lines]
    .flatMap((line) => /^is (.+)$/.exec(line)?.[1] ?? [])
    .filter((answer) => !lines.has(`seen ${answer}`))
    .filter((answer) => !unseen.some(([answers]) => answers.test(answer)));
}
