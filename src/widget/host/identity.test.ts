// Switching customers while answers are on their way: whoever has left stays away.
import { signal } from "../signals.ts";
import { describe, expect, it, vi } from "vitest";
import { aPublicContact } from "../../client/visitor-fake-records.ts";
import { createVisitorFake } from "../../client/visitor-fake.ts";
import type { PublicContact } from "../../protocol/records.ts";
import type { CreateContact } from "../../protocol/requests-visitors.ts";
import { failure, success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import type { Core } from "../core.ts";
import { CONTACT_KEY } from "../store/customer.ts";
import { createMemoryStorage } from "../store/storage.ts";
import { openTab } from "../test-kit/chat.ts";
import { identify, logout } from "./identity.ts";

const encode = (part: object) => btoa(JSON.stringify(part)).replace(/=+$/, "");
const tokenOf = (sub: string, claims = {}) => `${encode({})}.${encode({ sub, ...claims })}.x`;

interface Asked {
  /** Whom the call was about; null: somebody new. */
  source: string | null;
  body: CreateContact;
  answer: (with_?: Result<PublicContact>) => void;
}

/** A tab whose server holds its answers back until the test gives them. */
async function openSlowTab(kept?: PublicContact, storage = createMemoryStorage()) {
  const fake = createVisitorFake();
  const asked: Asked[] = [];
  let ids = 100;
  const wait = (source: string | null, body: CreateContact) =>
    new Promise<Result<PublicContact>>((resolve) => {
      const { identity_token: token, identifier_hash: hash, ...said } = body;
      const sub = token && (JSON.parse(atob(token.split(".")[1] ?? "")) as { sub: string }).sub;
      const identifier = sub ?? (hash && said.identifier) ?? null;
      const own = (ids += 1);
      const contact = aPublicContact({
        id: identifier ? own : Number((source ?? `s-${own}`).split("-")[1]),
        source_id: source ?? `s-${own}`,
        pubsub_token: source ?? `s-${own}`,
        name: said.name ?? null,
        identifier,
        hmac_verified: identifier !== null,
      });
      asked.push({ source, body, answer: (given = success(contact)) => resolve(given) });
    });
  fake.rest.createContact = (body) => wait(null, body);
  fake.rest.updateContact = (source, body) => wait(source, body);
  if (kept) storage.set(CONTACT_KEY, JSON.stringify(kept));
  const tab = await openTab({ fake, storage, isCut: true });
  const reset = vi.fn<() => void>();
  const core = { ...tab, identityRefusal: signal(null), rest: fake.rest } as unknown as Core;
  core.emit = (name, detail) => void tab.told.push({ name, detail, local: true, source: "api" });
  const deps = { core, reset };
  const next = async () => {
    await vi.waitFor(() => expect(asked.length).toBeGreaterThan(0));
    return asked.shift() as Asked;
  };
  return {
    ...tab,
    core,
    asked,
    next,
    storage,
    identify: (given: unknown) => identify(deps, given),
    logout: () => logout(deps),
    kept: () => storage.keys().map((key) => `${key}=${storage.get(key)}`),
  };
}

const ann = aPublicContact({
  id: 1,
  source_id: "s-1",
  name: "Ann",
  identifier: "ann",
  hmac_verified: true,
});
const gone = failure("not_found", "no such contact");
const nobody = { contactId: null, verified: false, name: null };
/** The answer has been looked at. */
const settled = (promise: Promise<unknown>) => promise.catch(() => undefined);

describe("an answer that comes after logout", () => {
  it.each<[string, Result<PublicContact> | undefined]>([
    ["to what the page says", undefined],
    ["that the contact is not known", gone],
    ["that it cannot be", failure("invalid", "no")],
  ])("%s brings nobody back", async (_name, answer) => {
    const tab = await openSlowTab(ann);
    const said = tab.customer.setInfo({ name: "Ann King" });
    const call = await tab.next();
    tab.logout();
    call.answer(answer);
    expect(await said).toMatchObject({ ok: false, error: { code: "conflict" } });
    expect(tab.customer.info.peek()).toMatchObject(nobody);
    expect(tab.kept()).toEqual([]);
  });

  it("and after somebody else has come takes nothing of him away", async () => {
    const tab = await openSlowTab(ann);
    const said = tab.customer.setInfo({ name: "Ann King" });
    const call = await tab.next();
    tab.logout();
    const bob = tab.identify({ token: tokenOf("bob") });
    (await tab.next()).answer();
    await bob;
    call.answer(gone);
    await said;
    expect(tab.customer.contact.peek()).toMatchObject({ identifier: "bob" });
    expect(tab.kept().join()).toContain("bob");
    expect(tab.kept().join()).not.toContain("Ann");
  });

  it("to a first message makes no contact of who is gone, nor sends what he wrote", async () => {
    const tab = await openSlowTab();
    void tab.customer.setInfo({ name: "Ann" });
    const made = tab.customer.ensure();
    const call = await tab.next();
    tab.logout();
    call.answer();
    expect(await made).toMatchObject({ ok: false });
    expect(tab.customer.info.peek()).toMatchObject(nobody);
    expect(tab.kept()).toEqual([]);
    // Who comes next is somebody new.
    void tab.customer.ensure();
    expect((await tab.next()).body).toEqual({});
  });

  it("to a proof makes him nobody; one that is asked for afterwards counts", async () => {
    const tab = await openSlowTab();
    const first = tab.identify({ token: tokenOf("ann") });
    const second = tab.identify({ token: tokenOf("eve") });
    const call = await tab.next();
    tab.logout();
    const third = tab.identify({ id: "bob", hash: "h" });
    call.answer();
    await expect(first).rejects.toMatchObject({ code: "conflict" });
    await expect(second).rejects.toMatchObject({ code: "conflict" });
    const last = await tab.next();
    expect(last.body).toEqual({ identifier: "bob", identifier_hash: "h" });
    expect(tab.customer.info.peek()).toMatchObject(nobody);
    last.answer();
    expect(await third).toMatchObject({ verified: true });
    expect(tab.customer.contact.peek()).toMatchObject({ identifier: "bob" });
    const changes = tab.told.filter(({ name }) => name === "identityChange");
    expect(changes).toHaveLength(1);
  });

  it("of the page's own server, with a token, is not even shown to ours", async () => {
    const tab = await openSlowTab();
    let resolve!: (token: string) => void;
    const proof = tab.identify({ token: () => new Promise<string>((done) => (resolve = done)) });
    await vi.waitFor(() => expect(resolve).toBeDefined());
    tab.logout();
    resolve(tokenOf("ann"));
    await expect(proof).rejects.toMatchObject({ code: "conflict" });
    expect(tab.asked).toEqual([]);
  });
});

describe("two proofs at once", () => {
  it("come one after the other: the second does not get the browser of the first", async () => {
    const anonymous = aPublicContact({ id: 7, source_id: "s-7" });
    const tab = await openSlowTab(anonymous);
    const first = tab.identify({ token: tokenOf("ann") });
    const second = tab.identify({ token: tokenOf("bob") });
    const one = await tab.next();
    expect(one.source).toBe("s-7");
    expect(tab.asked).toEqual([]);
    one.answer();
    await first;
    const two = await tab.next();
    expect(two).toMatchObject({ source: null });
    expect(tab.kept().join()).not.toContain("ann");
    two.answer();
    await second;
    expect(tab.customer.contact.peek()).toMatchObject({ identifier: "bob", source_id: "s-102" });
  });

  it("of which the first is refused leave the second its turn", async () => {
    const tab = await openSlowTab();
    const first = tab.identify({ id: "ann", hash: "wrong" });
    const second = tab.identify({ id: "bob", hash: "right" });
    (await tab.next()).answer(failure("unauthenticated", "no"));
    await expect(first).rejects.toMatchObject({ code: "unauthenticated" });
    (await tab.next()).answer();
    expect(await second).toMatchObject({ verified: true });
  });
});

describe("what the page says while a proof is under way", () => {
  it("is said of the proven contact again when the answer knows only the one before", async () => {
    const tab = await openSlowTab(aPublicContact({ id: 7, source_id: "s-7" }));
    const said = tab.customer.setInfo({ name: "Ann" });
    const info = await tab.next();
    const proof = tab.identify({ token: tokenOf("ann") });
    (await tab.next()).answer();
    await proof;
    info.answer();
    const again = await tab.next();
    expect(again).toMatchObject({ source: "s-7", body: { name: "Ann" } });
    again.answer(success({ ...(tab.customer.contact.peek() ?? ann), name: "Ann" }));
    expect(await said).toMatchObject({ ok: true, data: { verified: true, name: "Ann" } });
  });
});

describe("another tab", () => {
  it("that has logged out keeps a tab without a chat from bringing the customer back", async () => {
    const storage = createMemoryStorage();
    const tab = await openSlowTab(ann, storage);
    const said = tab.customer.setInfo({ name: "Ann King" });
    const call = await tab.next();
    storage.remove(CONTACT_KEY);
    call.answer();
    expect(await said).toMatchObject({ ok: false, error: { code: "conflict" } });
    expect(tab.customer.info.peek()).toMatchObject(nobody);
    expect(storage.get(CONTACT_KEY)).toBeNull();
    storage.set(CONTACT_KEY, JSON.stringify(ann));
    const later = await openSlowTab(undefined, storage);
    storage.remove(CONTACT_KEY);
    await settled(later.customer.setInfo({ name: "Ann King" }));
    expect(later.asked).toEqual([]);
    expect(storage.get(CONTACT_KEY)).toBeNull();
  });
});

describe("a token that the page can make anew", () => {
  it("is asked for again when the server has forgotten who was proven, and when it refuses", async () => {
    const tab = await openSlowTab();
    let jti = 0;
    const token = vi.fn<() => string>(() => tokenOf("ann", { jti: (jti += 1) }));
    const proof = tab.identify({ token });
    (await tab.next()).answer(failure("unauthenticated", "has expired"));
    (await tab.next()).answer();
    await proof;
    expect(token).toHaveBeenCalledTimes(2);
    tab.customer.forget();
    const made = tab.customer.ensure();
    const call = await tab.next();
    expect(call).toMatchObject({
      source: null,
      body: { identity_token: token.mock.results[2]?.value },
    });
    call.answer();
    expect(await made).toMatchObject({
      ok: true,
      data: { identifier: "ann", hmac_verified: true },
    });
    await vi.waitFor(() =>
      expect(tab.told.filter(({ name }) => name === "identityChange")).toHaveLength(2),
    );
    // After logout nobody is proven for it.
    tab.logout();
    void tab.customer.ensure();
    expect((await tab.next()).body).toEqual({});
    expect(token).toHaveBeenCalledTimes(3);
  });

  it("goes to the server once more only where it says something new of who is proven already", async () => {
    const tab = await openSlowTab(ann);
    await tab.identify({ token: tokenOf("ann", { name: "Ann" }) });
    expect(tab.asked).toEqual([]);
    const proof = tab.identify({ token: tokenOf("ann", { name: "Ann King" }) });
    (await tab.next()).answer(success({ ...ann, name: "Ann King" }));
    expect(await proof).toMatchObject({ name: "Ann King", verified: true });
    expect(tab.told.filter(({ name }) => name === "identityChange")).toEqual([]);
  });
});
