import { signal } from "../signals.ts";
import { describe, expect, it, vi } from "vitest";
import { aPublicContact, aPublicInbox } from "../../client/visitor-fake-records.ts";
import { createVisitorFake } from "../../client/visitor-fake.ts";
import type { PublicInbox } from "../../protocol/records.ts";
import type { Chat } from "../core.ts";
import { CONTACT_KEY, createCustomerStore } from "../store/customer.ts";
import type { Emit } from "../store/events.ts";
import type { SettingsPatch } from "../store/host-settings.ts";
import { createSettings } from "../store/settings.ts";
import { LIVE_UNTIL_KEY, createMemoryStorage } from "../store/storage.ts";
import { applyConsent, followConsent } from "./consent.ts";
import { hearConsent } from "./hear-consent.ts";
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

  it.each<[string, string, SettingsPatch, SettingsPatch[]]>([
    ["local", "session", {}, [{ storage: "session" }]],
    ["session", "local", {}, [{ storage: "session" }, { storage: null }]],
    ["local", "memory", {}, [{ storage: "memory" }]],
    ["nowhere", "local", { consent: "pending" }, [{ consent: "granted" }]],
    ["local", "memory", {}, [{ consent: "denied" }]],
  ])(
    "and storage: from %s to %s, whoever was here stays, and is nowhere else",
    (_from, to, atStart, changes) => {
      const page = openKept(atStart);
      const [first, ...later] = changes;
      if (_from === "session") page.settings.update(first ?? {});
      page.storage.set(CONTACT_KEY, JSON.stringify(aPublicContact({ id: 5, source_id: "s-5" })));
      for (const change of _from === "session" ? later : changes) page.settings.update(change);
      const lies = (area: Storage) => area.getItem(`parlor:x:${CONTACT_KEY}`) !== null;
      expect(lies(localStorage)).toBe(to === "local");
      if (to !== "local") expect(lies(sessionStorage)).toBe(to === "session");
      expect(page.customer.contact.peek()).toMatchObject({ id: 5 });
      page.end();
    },
  );

  it("that is given by opening finds who was here before, and whether his chat is worth a connection", () => {
    const kept = aPublicContact({ id: 5, source_id: "s-5", hmac_verified: true });
    localStorage.setItem(`parlor:x:${CONTACT_KEY}`, JSON.stringify(kept));
    localStorage.setItem(`parlor:x:${LIVE_UNTIL_KEY}`, String(Date.now() + 60_000));
    const page = openKept({ consent: "pending" });
    expect(page.customer.contact.peek()).toBeNull();
    expect(page.onIntent).not.toHaveBeenCalled();
    page.hasOpened.value = true;
    expect(page.customer.contact.peek()).toMatchObject({ id: 5, hmac_verified: true });
    expect(page.reread).toHaveBeenCalledOnce();
    expect(page.onIntent).toHaveBeenCalledOnce();
    page.settings.update({ greeting: "Hi" });
    expect(page.reread).toHaveBeenCalledOnce();
    page.end();
  });

  it("that is denied in another tab is denied here, told once, and keeps the visitor as long as the page", () => {
    const one = openKept({});
    const two = openKept({});
    const contact = aPublicContact({ id: 5, source_id: "s-5" });
    for (const page of [one, two]) page.customer.become(contact);
    const written: string[] = [];
    const setItem = localStorage.setItem.bind(localStorage);
    vi.spyOn(localStorage, "setItem").mockImplementation((key, value) => {
      written.push(`${key} ${value} beside ${localStorage.length}`);
      setItem(key, value);
    });
    one.settings.update({ consent: "denied" });
    // Told before anything is gone, and gone itself.
    expect(written).toEqual(["parlor:x:consent denied beside 1"]);
    for (const newValue of ["denied", null]) two.hear("parlor:x:consent", newValue);
    const detail = { consent: "denied", previous: "granted" };
    expect(two.told).toEqual([["consentChange", detail, { source: "api", local: false }]]);
    expect(two.settings.host.peek().consent).toBe("denied");
    expect(JSON.parse(two.storage.get(CONTACT_KEY) ?? "null")).toEqual(contact);
    expect(localStorage).toHaveLength(0);
    expect(one.told).toHaveLength(1);
    for (const page of [one, two]) page.end();
  });

  it("is told when it changes, by whatever way, and not when it is as the page has it at first", () => {
    const page = openKept({ consent: "pending" });
    expect(page.told).toEqual([]);
    page.settings.update({ consent: "pending" });
    page.settings.update({ consent: "granted" });
    page.settings.update({ consent: null });
    page.inbox.value = aPublicInbox({ settings: { consent: "denied" } });
    expect(page.told).toEqual([
      [
        "consentChange",
        { consent: "granted", previous: "pending" },
        { source: "api", local: true },
      ],
      [
        "consentChange",
        { consent: "denied", previous: "granted" },
        { source: "system", local: true },
      ],
    ]);
    page.end();
  });
});

/** A page as the first stage leaves it, with what keeps and finds on its device. */
function openKept(atStart: SettingsPatch) {
  const inbox = signal<PublicInbox | null>(null);
  const settings = createSettings({ inbox, language: "en" });
  settings.update(atStart);
  const hasOpened = signal(false);
  const area = () => {
    const { consent, storage: wanted } = settings.host.peek();
    const isFree = consent === "pending" ? hasOpened.peek() : consent !== "denied";
    if (!isFree || wanted === "memory") return undefined;
    return wanted === "session" ? sessionStorage : localStorage;
  };
  const storage = createBrowserStorage(area, "parlor:x:");
  const tabStorage = createBrowserStorage(area, "parlor:x:");
  const told: unknown[] = [];
  const emit: Emit = (...event) => void told.push(event);
  const customer = createCustomerStore({ rest: createVisitorFake().rest, storage, emit });
  const reread = vi.fn<() => void>();
  const onIntent = vi.fn<() => void>();
  const stopping = new AbortController();
  const page = Object.assign(new EventTarget(), { localStorage, sessionStorage }) as Window;
  const kept = {
    prefix: "parlor:x:",
    storage,
    tabStorage,
    hasOpened,
    consentAtStart: settings.host.peek().consent,
  };
  hearConsent(page, kept, settings, stopping.signal);
  const hear = (key: string, newValue: string | null) =>
    page.dispatchEvent(Object.assign(new Event("storage"), { key, newValue }));
  const stop = followConsent({
    page,
    settings,
    customer,
    emit,
    chat: signal({ stores: { reread } } as unknown as Chat),
    onIntent,
    stop: stopping.signal,
    kept,
  });
  const end = () => {
    stop();
    stopping.abort();
    localStorage.clear();
    sessionStorage.clear();
  };
  return { inbox, settings, storage, customer, hasOpened, told, reread, onIntent, hear, end };
}
