// Who the website says that its visitor is: proven to the server, and changed in one go.
import type { PublicContact } from "../../protocol/records.ts";
import type { CreateContact } from "../../protocol/requests-visitors.ts";
import { failure } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import type { Core } from "../core.ts";
import type { CustomerInfo } from "../store/customer-info.ts";
import { ParlorError } from "./error.ts";

export interface IdentityDeps {
  core: Core;
  /** Takes the second stage away, with everything that it knows of the visitor. */
  reset: () => void;
}

type Claims = Record<string, unknown>;

interface Proof {
  identifier: string;
  claims: Claims;
  body: CreateContact;
}

/** What a token says, to see whether this browser knows all that already; the server alone believes it. */
function claimsOf(token: string): Claims {
  try {
    const payload = (token.split(".")[1] ?? "").replace(/-/g, "+").replace(/_/g, "/");
    const bytes = Uint8Array.from(atob(payload), (one) => one.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes)) as Claims;
  } catch {
    return {};
  }
}

/** Whether the token says of its subject what is not known of him. */
function saysMore({ picture, custom_attributes, ...claims }: Claims, contact: PublicContact) {
  const known: Claims = { ...contact };
  const differs = (said: Claims, of: Claims) =>
    Object.entries(said).some(
      ([key, value]) => JSON.stringify(value ?? null) !== JSON.stringify(of[key] ?? null),
    );
  const { name, email, phone_number, avatar_url = picture } = claims;
  const said = Object.entries({ name, email, phone_number, avatar_url });
  return (
    differs(Object.fromEntries(said.filter(([, value]) => value !== undefined)), known) ||
    differs((custom_attributes ?? {}) as Claims, contact.custom_attributes)
  );
}

async function proofOf(given: unknown): Promise<Proof> {
  const { id, hash, token } = (given ?? {}) as Record<string, unknown>;
  if (typeof token === "string" || typeof token === "function") {
    const made: unknown = typeof token === "function" ? await (token as () => unknown)() : token;
    if (typeof made === "string") {
      const claims = claimsOf(made);
      return { identifier: String(claims["sub"]), claims, body: { identity_token: made } };
    }
  } else if (typeof id === "string" && typeof hash === "string") {
    return { identifier: id, claims: {}, body: { identifier: id, identifier_hash: hash } };
  }
  throw new ParlorError("invalid", "identify wants { id, hash } or { token }");
}

/** Forgets the visitor: nothing of him is left in the page, on the device or on the line. */
function leave({ core, reset }: IdentityDeps): void {
  const { storage, customer, chatWindow } = core;
  // First what waits to be sent: nobody else may send it.
  for (const key of storage.keys()) storage.remove(key);
  chatWindow.show({ name: "home" });
  reset();
  for (const key of storage.keys()) storage.remove(key);
  customer.become(null);
}

function tell({ emit }: Core, before: PublicContact | null, after: PublicContact | null): void {
  const detail = {
    contactId: after?.id ?? null,
    verified: after?.hmac_verified ?? false,
    previousContactId: before?.id ?? null,
  };
  emit("identityChange", detail, { source: "api" });
}

/** Whether the page has a newer token whenever one is asked for. */
const canRenew = (given: unknown) => typeof (given as { token?: unknown }).token === "function";

async function prove(deps: IdentityDeps, given: unknown, stop: AbortSignal): Promise<CustomerInfo> {
  const { core } = deps;
  const { customer, rest, emit } = core;
  const check = () => {
    if (stop.aborted) throw new ParlorError("conflict", "the visitor has changed meanwhile");
  };
  let proof = await proofOf(given);
  check();
  const before = customer.contact.peek();
  const isKnown = before?.hmac_verified && before.identifier === proof.identifier;
  if (before?.hmac_verified && !isKnown) leave(deps);
  const send = async ({ body }: Proof): Promise<Result<PublicContact>> => {
    const present = customer.contact.peek();
    return present ? rest.updateContact(present.source_id, body) : rest.createContact(body);
  };
  if (!isKnown || saysMore(proof.claims, before)) {
    let result = await send(proof);
    check();
    // A token that has grown old in the page: its website may have a new one.
    if (!result.ok && result.error.code === "unauthenticated" && canRenew(given)) {
      proof = await proofOf(given);
      check();
      result = await send(proof);
      check();
    }
    core.identityRefusal.value = result.ok ? null : result.error;
    if (!result.ok) {
      const { code, message } = result.error;
      emit("error", { code, message }, { source: "api" });
      if (customer.contact.peek() !== before) tell(core, before, null);
      throw new ParlorError(code, message);
    }
    customer.become(result.data);
    if (!isKnown) tell(core, before, result.data);
  }
  if (canRenew(given)) renewWith(core, given);
  return customer.info.peek();
}

/** Should the server forget the visitor, he is not anonymous for that: the page is asked for a token again. */
function renewWith(core: Core, given: unknown): void {
  core.customer.renewBy(async (input) => {
    try {
      const { body } = await proofOf(given);
      const result = await core.rest.createContact({ ...input, ...body });
      // Once he is the one whom this is told of.
      if (result.ok) setTimeout(() => tell(core, null, result.data));
      return result;
    } catch (error) {
      return failure("unauthenticated", String(error));
    }
  });
}

/**
 * Proves who the visitor is, after what was asked before. Somebody else who was proven before is forgotten at
 * once, whatever the server says of the new one. Errors: `invalid`, `unauthenticated` (also told as `error`),
 * `unreachable`, `conflict` (logged out meanwhile, or somebody else in another tab).
 */
export function identify(deps: IdentityDeps, given: unknown): Promise<CustomerInfo> {
  const { core } = deps;
  let line = core.identifying;
  if (!line || line.stop.signal.aborted) {
    line = core.identifying = { stop: new AbortController(), last: Promise.resolve() };
  }
  const { signal } = line.stop;
  const proven = line.last.then(() => prove(deps, given, signal));
  line.last = proven.catch(() => undefined);
  return proven;
}

/** Forgets who the visitor is, and whoever he is about to become. */
export function logout(deps: IdentityDeps): void {
  deps.core.identifying?.stop.abort();
  const before = deps.core.customer.contact.peek();
  deps.core.identityRefusal.value = null;
  leave(deps);
  if (before) tell(deps.core, before, null);
}
