import { expect, it, vi } from "vitest";
import { failure, success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import { createTestClock } from "../test-kit/test-desk.ts";
import { createDiscards } from "./discards.ts";
import { createToasts } from "./toasts.ts";

function start(answer: Result<unknown> = success(null)) {
  const clock = createTestClock();
  const toasts = createToasts({ clock });
  const discards = createDiscards({ toasts });
  const sent: string[] = [];
  const discard = (name: string) =>
    discards.discard(`label:${name}`, { kind: "discarded", what: "label", name }, async () => {
      sent.push(name);
      return answer;
    });
  const isGone = (name: string) => discards.isGone(`label:${name}`);
  return { clock, toasts, discards, discard, isGone, sent };
}

it("is gone at once, and told to the server when its notice has gone by itself", () => {
  const { clock, discard, isGone, sent } = start();
  discard("vip");
  expect([isGone("vip"), isGone("other"), sent]).toEqual([true, false, []]);
  clock.advance(60_000);
  expect([isGone("vip"), sent]).toEqual([true, ["vip"]]);
});

it("comes back with the undo, and the server never hears of it", () => {
  const { clock, toasts, discard, isGone, sent } = start();
  discard("vip");
  toasts.undo(toasts.all.value[0]?.id ?? 0);
  expect([isGone("vip"), toasts.all.value]).toEqual([false, []]);
  clock.advance(60_000);
  expect(sent).toEqual([]);
});

it("waits while the pointer holds the notices, and is sent once however the notice goes", async () => {
  const { clock, toasts, discards, discard, sent } = start();
  discard("held");
  toasts.hold(true);
  clock.advance(600_000);
  expect(sent).toEqual([]);
  toasts.dismiss(toasts.all.value[0]?.id ?? 0);
  toasts.hold(false);
  clock.advance(600_000);
  await discards.flush();
  expect(sent).toEqual(["held"]);
});

it("is sent when later notices push its own away", () => {
  const { discard, sent } = start();
  for (const name of ["a", "b", "c", "d"]) discard(name);
  expect(sent).toEqual(["a"]);
});

it("is sent at once when the page is about to go", async () => {
  const { toasts, discards, discard, sent } = start();
  discard("a");
  discard("b");
  await discards.flush();
  expect([sent, toasts.all.value]).toEqual([["a", "b"], []]);
});

it("comes back and says so when the server refuses, and stays gone when it was gone already", async () => {
  const refused = start(failure("forbidden", ""));
  refused.discard("vip");
  await refused.discards.flush();
  expect(refused.isGone("vip")).toBe(false);
  expect(refused.toasts.all.value.map(({ notice }) => notice)).toMatchObject([
    { kind: "failed", doing: "discard" },
  ]);
  const missing = start(failure("not_found", ""));
  missing.discard("vip");
  await missing.discards.flush();
  expect(missing.isGone("vip")).toBe(true);
  await vi.waitFor(() => expect(missing.toasts.all.value).toEqual([]));
});
