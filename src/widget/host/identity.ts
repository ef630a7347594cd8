// Who the website says that its visitor is: proven to the server, and changed in one go.
import type { PublicContact } from "../../protocol/records.ts";
import type { CreateContact } from "../../protocol/requests.ts";
import type { Result } from "../../protocol/result.ts";
import type { Core } from "../core.ts";
import type { CustomerInfo } from "../store/customer-info.ts";
import { ParlorError } from "./error.ts";

export interface IdentityDeps {
  core: Core;
  /** Takes the second stage away, with everything that it knows of the visitor. */
  reset: () => void;
}

interface Proof {
  identifier: string | undefined;
  body: CreateContact;
}

/** The subject of a token, to see whether this browser is that already; the server alone believes it. */
function subjectOf(token: string): string | undefined {
  try {
    const payload = (token.split(".")[1] ?? "").replace(/-/g, "+").replace(/_/g, "/");
    const bytes = Uint8Array.from(atob(payload), (one) => one.charCodeAt(0));
    return String((JSON.parse(new TextDecoder().decode(bytes)) as { sub?: unknown }).sub);
  } catch {
    return undefined;
  }
}

async function proofOf(given: unknown): Promise<Proof> {
  const { id, hash, token } = (given ?? {}) as Record<string, unknown>;
  if (typeof token === "string" || typeof token === "function") {
    const made: unknown = typeof token === "function" ? await (token as () => unknown)() : token;
    if (typeof made === "string") {
      return { identifier: subjectOf(made), body: { identity_token: made } };
    }
  } else if (typeof id === "string" && typeof hash === "string") {
    return { identifier: id, body: { identifier: id, identifier_hash: hash } };
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

/**
 * Proves who the visitor is. Somebody else who was proven before is forgotten at once, whatever the server
 * says of the new one. Errors: `invalid`, `unauthenticated` (also told as `error`), `unreachable`.
 */
export async function identify(deps: IdentityDeps, given: unknown): Promise<CustomerInfo> {
  const { core } = deps;
  const { customer, rest, emit } = core;
  const before = customer.contact.peek();
  let proof = await proofOf(given);
  if (before?.hmac_verified) {
    if (before.identifier === proof.identifier) return customer.info.peek();
    leave(deps);
  }
  const send = async ({ body }: Proof): Promise<Result<PublicContact>> => {
    const present = customer.contact.peek();
    return present ? rest.updateContact(present.source_id, body) : rest.createContact(body);
  };
  let result = await send(proof);
  // A token that has grown old in the page: its website may have a new one.
  const isOld = !result.ok && result.error.code === "unauthenticated";
  if (isOld && typeof (given as { token?: unknown }).token === "function") {
    proof = await proofOf(given);
    result = await send(proof);
  }
  core.identityRefusal.value = result.ok ? null : result.error;
  if (!result.ok) {
    const { code, message } = result.error;
    emit("error", { code, message }, { source: "api" });
    if (customer.contact.peek() !== before) tell(core, before, null);
    throw new ParlorError(code, message);
  }
  customer.become(result.data);
  tell(core, before, result.data);
  return customer.info.peek();
}

/** Forgets who the visitor is. */
export function logout(deps: IdentityDeps): void {
  const before = deps.core.customer.contact.peek();
  leave(deps);
  if (before) tell(deps.core, before, null);
}
