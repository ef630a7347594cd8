// Work that is looked at again and again.
import { expect, it } from "vitest";
import { createPace } from "./loop.ts";

it("lets the first come at once, and each other no sooner than the pace allows", async () => {
  const pace = createPace(30);
  const startedAt = performance.now();
  await pace();
  const first = performance.now();
  for (let turn = 0; turn < 3; turn += 1) await pace();
  // Timers may be a millisecond early.
  expect(performance.now() - first).toBeGreaterThan(3 * 29);
  expect(first - startedAt).toBeLessThan(performance.now() - first);
});
