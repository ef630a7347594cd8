import { describe, expect, it } from "vitest";
import { createMemoryStorage } from "../store/storage.ts";
import { applyConsent } from "./consent.ts";
import { clearance, isTargeted } from "./on-page.ts";
import { createBrowserStorage } from "./storage.ts";

const at = (path: string) => new URL(path, "https://shop.example");

describe("targeting", () => {
  it.each([
    [undefined, "/anything", true],
    [{ include: ["/shop/*"] }, "/shop/tents", true],
    [{ include: ["/shop/*"] }, "/about", false],
    [{ include: ["/shop"] }, "/shop/tents", false],
    [{ exclude: ["/checkout*"] }, "/checkout/pay", false],
    [{ include: ["*"], exclude: ["/a.b"] }, "/aXb", true],
    [{ include: ["*"], exclude: ["/a.b"] }, "/a.b", false],
    [{ include: ["/find?q=*"] }, "/find?q=tent", true],
    [{ include: ["/find"] }, "/find?q=tent", true],
  ])("%j on %s: %s", (targeting, path, expected) => {
    expect(isTargeted(targeting, at(path))).toBe(expected);
  });
});

describe("keeping clear", () => {
  const rect = (left: number, top: number, width: number, height: number) =>
    DOMRect.fromRect({ x: left, y: top, width, height });
  const launcher = rect(900, 700, 56, 56);

  it("moves above what lies at the bottom in the launcher's way, and above nothing else", () => {
    expect(clearance(launcher, [rect(0, 740, 1000, 60)], 800)).toBe(72);
    expect(clearance(launcher, [rect(0, 740, 500, 60)], 800)).toBe(0);
    expect(clearance(launcher, [rect(0, 0, 1000, 60)], 800)).toBe(0);
    expect(clearance(launcher, [rect(0, 740, 1000, 0)], 800)).toBe(0);
    expect(clearance(launcher, [rect(0, 740, 1000, 60), rect(880, 650, 90, 150)], 800)).toBe(162);
  });
});

describe("consent", () => {
  it("empties the device when it is denied, and fills it again when it is granted", () => {
    let isFree = true;
    const storage = createBrowserStorage(() => {
      if (!isFree) throw new Error("not allowed");
      return localStorage;
    }, "parlor:x:");
    localStorage.setItem("of the page", "1");
    storage.set("draft", "Hello");
    isFree = false;
    const deps = { page: window, prefix: "parlor:x:", storage, tabStorage: createMemoryStorage() };
    applyConsent({ ...deps, isDenied: true });
    expect(Object.keys(localStorage)).toEqual(["of the page"]);
    expect(storage.get("draft")).toBe("Hello");
    isFree = true;
    applyConsent({ ...deps, isDenied: false });
    expect(localStorage.getItem("parlor:x:draft")).toBe("Hello");
    localStorage.clear();
  });
});
