import { expect, it, vi } from "vitest";
import type { Upload } from "../protocol/records-attachments.ts";
import { failure, success } from "../protocol/result.ts";
import type { Result } from "../protocol/result.ts";
import { createTray } from "./file-tray.ts";

function openTray(limits = { max_bytes: 100, max_count: 5 }) {
  const sent: {
    name: string;
    signal: AbortSignal;
    onProgress: (fraction: number) => void;
    answer: (result: Result<Upload>) => void;
  }[] = [];
  let ids = 0;
  const tray = createTray({
    limits: () => limits,
    newId: () => String((ids += 1)),
    onChange: () => undefined,
    send: (file, options) =>
      new Promise((answer) => {
        const name = file.name;
        options.signal.addEventListener("abort", () => answer(failure("unreachable", "aborted")));
        sent.push({ name, ...options, answer });
      }),
  });
  const uploaded = (name: string) =>
    success({ upload_id: `id of ${name}`, file_name: name } as unknown as Upload);
  const states = () => tray.items().map(({ file, state }) => [file.name, state]);
  return { tray, sent, uploaded, states };
}
const file = (name: string, size = 10) => new File(["x".repeat(size)], name);

it("uploads three at a time, tells how far each is, and gives them to one message", async () => {
  const { tray, sent, uploaded, states } = openTray();
  tray.add(["a", "b", "c", "d"].map((name) => file(name)));
  expect(sent.map(({ name }) => name)).toEqual(["a", "b", "c"]);
  sent[1]?.onProgress(0.5);
  expect(tray.items().map(({ fraction }) => fraction)).toEqual([0, 0.5, 0, 0]);
  expect(tray.take()).toBeNull();
  sent[0]?.answer(uploaded("a"));
  await vi.waitFor(() => expect(sent).toHaveLength(4));
  for (const { name, answer } of sent) answer(uploaded(name));
  await vi.waitFor(() => expect(states().every(([, state]) => state === "ready")).toBe(true));
  expect(tray.take()?.map(({ upload_id }) => upload_id)).toEqual([
    "id of a",
    "id of b",
    "id of c",
    "id of d",
  ]);
  expect(tray.items()).toEqual([]);
  expect(tray.take()).toEqual([]);
});

it("forgets what is cancelled, and keeps what failed until it is sent again or removed", async () => {
  const { tray, sent, uploaded, states } = openTray();
  tray.add([file("gone"), file("lost"), file("kept")]);
  tray.remove("1");
  expect(sent[0]?.signal.aborted).toBe(true);
  sent[1]?.answer(failure("unreachable", "cut"));
  sent[2]?.answer(uploaded("kept"));
  await vi.waitFor(() =>
    expect(states()).toEqual([
      ["lost", "failed"],
      ["kept", "ready"],
    ]),
  );
  expect(tray.take()?.map(({ file_name }) => file_name)).toEqual(["kept"]);
  expect(states()).toEqual([["lost", "failed"]]);
  tray.retry("2");
  expect(states()).toEqual([["lost", "uploading"]]);
  sent[3]?.answer(uploaded("lost"));
  await vi.waitFor(() => expect(states()).toEqual([["lost", "ready"]]));
});

it("does not even try what the inbox would refuse", () => {
  const { tray, sent, states } = openTray({ max_bytes: 20, max_count: 2 });
  tray.add([file("large", 21), file("empty", 0), file("one"), file("two"), file("three")]);
  expect(states()).toEqual([
    ["large", "failed"],
    ["empty", "failed"],
    ["one", "uploading"],
    ["two", "uploading"],
    ["three", "failed"],
  ]);
  expect(sent).toHaveLength(2);
  expect(tray.items()[0]?.error?.code).toBe("too_large");
  tray.retry("5");
  expect(tray.items()[4]?.state).toBe("failed");
  tray.remove("3");
  tray.retry("5");
  expect(tray.items()[3]?.state).toBe("uploading");
});
