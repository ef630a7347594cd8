// Calls to addresses that operators choose: public ones only, and never for long.
import { setMaxListeners } from "node:events";
import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { isIP } from "node:net";
import { createAddressRules } from "./address-rules.ts";
import { exchange } from "./exchange.ts";
import type { Exchanged, TimeLimits } from "./exchange.ts";
import { parseOutgoingUrl } from "./outgoing-url.ts";
import { createResolveHost } from "./resolve-host.ts";
import type { ResolveHost } from "./resolve-host.ts";

/**
 * - `invalid_url`: no address that may be called; `private_address`: its host is this network's own
 * - `unknown_host`: no such name, or its name server does not answer
 * - `connection_failed`: refused, cut, or its certificate is not valid
 * - `timeout`: too slow to connect, to answer, or to end the answer
 * - `bad_answer`: what came back is not HTTP
 * - `stopped`: this process is ending
 */
export type OutgoingFailureCode =
  | "invalid_url"
  | "private_address"
  | "unknown_host"
  | "connection_failed"
  | "timeout"
  | "bad_answer"
  | "stopped";

export interface OutgoingFailure {
  code: OutgoingFailureCode;
  message: string;
}

/** Any status is an answer, redirects too: nobody follows them. `body` is the beginning of it, as text. */
export interface OutgoingAnswer {
  status: number;
  body: string;
}

export type OutgoingResult =
  { ok: true; answer: OutgoingAnswer } | { ok: false; failure: OutgoingFailure };

export interface OutgoingRequest {
  url: string;
  headers: Record<string, string>;
  body: string;
  signal?: AbortSignal;
}

export interface Outgoing {
  /** Says what is wrong with an address, if anything. A host that is not known (yet) is fine. */
  check(url: string): Promise<OutgoingFailure | undefined>;
  /** Sends a POST and waits for the beginning of the answer. Never rejects. */
  post(request: OutgoingRequest): Promise<OutgoingResult>;
  stop(): void;
}

export interface OutgoingDeps {
  /** Hosts and ranges that may be private; see `createAddressRules`. */
  allowedPrivate: readonly string[];
  resolveHost?: ResolveHost;
  limits?: Partial<TimeLimits>;
  /** Certificates to trust instead of the usual authorities, as PEM. */
  certificateAuthorities?: string;
}

const DEFAULT_LIMITS: TimeLimits = { connectMs: 5_000, firstByteMs: 10_000, totalMs: 15_000 };

type Resolved =
  | { ok: true; url: URL; hostname: string; addresses: string[] }
  | { ok: false; failure: OutgoingFailure };

/**
 * The only door through which this server calls others. A host's name is resolved once; if one of its
 * addresses is private the call is refused, else the connection goes to exactly these addresses.
 */
export function createOutgoing(deps: OutgoingDeps): Outgoing {
  const { allowedPrivate, resolveHost = createResolveHost(), certificateAuthorities } = deps;
  const limits = { ...DEFAULT_LIMITS, ...deps.limits };
  const rules = createAddressRules(allowedPrivate);
  const stopping = new AbortController();
  // One for each call that is under way.
  setMaxListeners(0, stopping.signal);
  // No connection outlives its call: the next one has its host resolved and checked anew.
  const agents = {
    "http:": new HttpAgent({ keepAlive: false }),
    "https:": new HttpsAgent({
      keepAlive: false,
      // Said aloud, because an environment variable can turn the default around.
      rejectUnauthorized: true,
      ...(certificateAuthorities && { ca: certificateAuthorities }),
    }),
  };

  async function resolve(text: string): Promise<Resolved> {
    const parsed = parseOutgoingUrl(text);
    if (!parsed.ok) return refuse("invalid_url", parsed.message);
    const { url, hostname } = parsed;
    let addresses: string[];
    try {
      addresses = isIP(hostname)
        ? [hostname]
        : await resolveHost(hostname, rules.trustsHost(hostname));
    } catch (error) {
      return refuse("unknown_host", `${hostname} cannot be found: ${reasonOf(error)}`);
    }
    if (!addresses.every((address) => rules.mayConnect(hostname, address))) {
      return refuse("private_address", "must not lead to a private or reserved network address");
    }
    return { ok: true, url, hostname, addresses };
  }

  return {
    async check(url) {
      const resolved = await within(limits.connectMs, resolve(url));
      if (!resolved || resolved.ok) return undefined;
      const { failure } = resolved;
      return failure.code === "unknown_host" ? undefined : failure;
    },
    async post({ url, headers, body, signal }) {
      const resolved = await within(limits.connectMs, resolve(url));
      if (!resolved) return refuse("timeout", "the host's name server did not answer in time");
      if (!resolved.ok) return resolved;
      const { hostname, addresses } = resolved;
      const exchanged = await exchange({
        url: resolved.url,
        agent: agents[resolved.url.protocol as keyof typeof agents],
        addresses,
        mayConnect: (address) => rules.mayConnect(hostname, address),
        headers,
        body,
        limits,
        signal: signal ? AbortSignal.any([signal, stopping.signal]) : stopping.signal,
      });
      return resultOf(exchanged);
    },
    stop: () => stopping.abort(),
  };
}

function resultOf(exchanged: Exchanged): OutgoingResult {
  return exchanged.ok
    ? { ok: true, answer: { status: exchanged.status, body: exchanged.body } }
    : refuse(exchanged.code, exchanged.message);
}

function refuse(code: OutgoingFailureCode, message: string) {
  return { ok: false as const, failure: { code, message } };
}

function reasonOf(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  return code ?? message ?? String(error);
}

/** Nothing, if it takes longer. */
async function within<Value>(ms: number, work: Promise<Value>): Promise<Value | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
