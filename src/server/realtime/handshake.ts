// The handshake of a socket: protocol number, credential, and the page it comes from.
import type { Handshake } from "../../protocol/socket.ts";
import { handshakeSchema } from "../../protocol/socket.ts";
import { PROTOCOL_VERSION } from "../../protocol/limits.ts";
import { failure, success } from "../../protocol/result.ts";
import type { Failure, Result } from "../../protocol/result.ts";
import { findUserByPubsubToken } from "../accounts/sessions.ts";
import { findMembership, listMemberships } from "../agents/agents.ts";
import type { AgentIdentity } from "../agents/agents.ts";
import { findVisitorByToken } from "../contacts/visitors.ts";
import type { VisitorIdentity } from "../contacts/visitors.ts";
import { isOwnOrigin } from "../http/origins.ts";
import { allowsOrigin } from "../inboxes/allowed-domains.ts";
import type { RoomDeps } from "../room.ts";
import { findAccess } from "./agent-access.ts";
import type { AgentAccess } from "./agent-access.ts";

/** What a client has said and where it stands. */
export interface Arrival {
  auth: unknown;
  origin: string | undefined;
  host: string | undefined;
}

export interface AgentArrival {
  agent: AgentIdentity;
  access: AgentAccess;
  pubsubToken: string;
  sessionId: string | undefined;
}

const refused = failure("unauthenticated", "This token is not valid (any more)");

/** How Socket.IO carries a refusal: as the `data` of the client's connect_error. */
export function refusal(problem: Failure): Error {
  return Object.assign(new Error(problem.code), { data: problem });
}

function parse(auth: unknown): Result<Handshake> {
  const parsed = handshakeSchema.safeParse(auth);
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join(".") ?? "";
    return failure("invalid", "The handshake is not understood", { field });
  }
  return parsed.data.protocol === PROTOCOL_VERSION
    ? success(parsed.data)
    : failure("protocol_mismatch", `This server speaks protocol ${PROTOCOL_VERSION}`);
}

/** Errors: `invalid`, `protocol_mismatch`, `unauthenticated`, `origin_not_allowed`. */
export async function admitVisitor(
  { db, config }: Pick<RoomDeps, "db" | "config">,
  arrival: Arrival,
): Promise<Result<VisitorIdentity>> {
  const handshake = parse(arrival.auth);
  if (!handshake.ok) return handshake;
  const visitor = await findVisitorByToken(db, handshake.data.pubsub_token);
  if (!visitor) return refused;
  const { origin, host } = arrival;
  const isOwn = origin === undefined || isOwnOrigin(origin, config.publicUrl, host);
  if (!isOwn && !allowsOrigin(visitor.allowedDomains, origin)) {
    return failure("origin_not_allowed", "This inbox does not allow this website");
  }
  const { contact: _contact, allowedDomains: _domains, ...identity } = visitor;
  return success(identity);
}

/** Errors as for visitors; only our own pages, or clients that are no pages, are admitted. */
export async function admitAgent(
  { db, clock, config }: Pick<RoomDeps, "db" | "clock" | "config">,
  arrival: Arrival,
): Promise<Result<AgentArrival>> {
  const handshake = parse(arrival.auth);
  if (!handshake.ok) return handshake;
  const { origin, host } = arrival;
  if (origin !== undefined && !isOwnOrigin(origin, config.publicUrl, host)) {
    return failure("origin_not_allowed", "Only the desk's own pages may connect");
  }
  const { pubsub_token: pubsubToken, account_id: asked } = handshake.data;
  const user = await findUserByPubsubToken(db, clock(), pubsubToken);
  if (!user) return refused;
  const agent =
    asked === undefined
      ? (await listMemberships(db, user.userId))[0]
      : await findMembership(db, asked, user.userId);
  const access = agent && (await findAccess(db, agent));
  return access ? success({ agent, access, pubsubToken, sessionId: user.sessionId }) : refused;
}
