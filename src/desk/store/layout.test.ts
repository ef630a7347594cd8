// What of the desk is open, as the window changes.
import { signal } from "@preact/signals";
import { describe, expect, it } from "vitest";
import { createMemoryStorage } from "../test-kit/test-desk.ts";
import { createLayout } from "./layout.ts";

function aLayout({ wide = true, storage = createMemoryStorage() } = {}) {
  const isWide = signal(wide);
  return { isWide, storage, layout: createLayout({ storage, isWide }) };
}

describe("the contact panel", () => {
  it("stands beside the thread, and does not cover it when the window becomes narrow", () => {
    const { isWide, layout } = aLayout();
    expect(layout.isContactPanelOpen.value).toBe(true);
    isWide.value = false;
    expect(layout.isContactPanelOpen.value).toBe(false);
    isWide.value = true;
    expect(layout.isContactPanelOpen.value).toBe(true);
  });

  it("stays closed the next time where it was closed beside the thread", () => {
    const { layout, storage } = aLayout();
    layout.setContactPanelOpen(false);
    expect(aLayout({ storage }).layout.isContactPanelOpen.value).toBe(false);
  });

  it("is opened over the thread for the moment only", () => {
    const { layout, storage } = aLayout({ wide: false });
    layout.setContactPanelOpen(true);
    expect(layout.isContactPanelOpen.value).toBe(true);
    expect(aLayout({ wide: false, storage }).layout.isContactPanelOpen.value).toBe(false);
  });
});
