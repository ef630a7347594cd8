import { afterEach, describe, expect, it } from "vitest";
import { createBrowserStorage } from "./storage.ts";

afterEach(() => localStorage.clear());

describe("the device's storage", () => {
  it("keeps values under its own prefix and lists only those", () => {
    localStorage.setItem("of the page", "1");
    const storage = createBrowserStorage(() => localStorage, "parlor:");
    storage.set("draft", "Hello");
    expect(localStorage.getItem("parlor:draft")).toBe("Hello");
    expect(storage.keys()).toEqual(["draft"]);
    storage.remove("draft");
    expect(storage.get("draft")).toBeNull();
    expect(localStorage.length).toBe(1);
  });

  it("goes on in memory where the browser refuses", () => {
    const storage = createBrowserStorage(() => {
      throw new DOMException("denied", "SecurityError");
    }, "parlor:");
    storage.set("draft", "Hello");
    expect(storage.get("draft")).toBe("Hello");
    expect(storage.keys()).toEqual(["draft"]);
    storage.remove("draft");
    expect(storage.get("draft")).toBeNull();
  });

  it("prefers what memory holds when the device is full, over an older value there", () => {
    const full = {
      getItem: () => "old",
      setItem() {
        throw new DOMException("full", "QuotaExceededError");
      },
      removeItem: () => undefined,
    };
    const storage = createBrowserStorage(() => full as unknown as Storage, "parlor:");
    storage.set("draft", "new");
    expect(storage.get("draft")).toBe("new");
  });
});
