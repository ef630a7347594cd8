import { describe, expect, it } from "vitest";
import { createTestRouter } from "../test-kit/test-desk.ts";
import { createLeaveGuard } from "./leave-guard.ts";
import { parseRoute } from "./route.ts";

const to = (path: string) => parseRoute(new URL(path, "http://desk.test"));

function open() {
  const base = createTestRouter("/desk/settings/labels/new");
  const guard = createLeaveGuard(base);
  return { base, guard };
}

describe("leaving", () => {
  it("is free while nothing is unsaved", () => {
    const { base, guard } = open();
    guard.hold(() => false);
    guard.go(to("/desk/settings/labels"));
    expect(base.address()).toBe("/desk/settings/labels");
    expect(guard.route.value.settings).toBe("labels");
    expect(guard.asked.value).toBeNull();
  });

  it("is asked about while something is, and done once it is allowed", () => {
    const { base, guard } = open();
    guard.hold(() => true);
    guard.go(to("/desk/"));
    expect(base.address()).toBe("/desk/settings/labels/new");
    guard.answer(false);
    expect(guard.asked.value).toBeNull();
    expect(guard.route.value.settings).toBe("labels/new");
    guard.go(to("/desk/"));
    guard.answer(true);
    expect(base.address()).toBe("/desk/");
    expect(guard.route.value.settings).toBeUndefined();
  });

  it("by the browser's own button is taken back until it is allowed", () => {
    const { base, guard } = open();
    const release = guard.hold(() => true);
    base.go(to("/desk/settings/labels"));
    expect(base.address()).toBe("/desk/settings/labels/new");
    expect(guard.route.value.settings).toBe("labels/new");
    expect(guard.asked.value?.settings).toBe("labels");
    guard.answer(true);
    expect(base.address()).toBe("/desk/settings/labels");
    release();
    expect(guard.isHeld()).toBe(false);
  });
});
