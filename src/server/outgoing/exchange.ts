// One HTTP request to addresses that were checked, with a limit on everything the other side decides.
import { request as requestHttp } from "node:http";
import type { Agent, ClientRequest, IncomingMessage } from "node:http";
import { request as requestHttps } from "node:https";
import { isIPv6 } from "node:net";
import type { LookupFunction, Socket } from "node:net";

/** How much of an answer is kept; more is not read. */
const BODY_MAX_BYTES = 4_096;
const HEADERS_MAX_BYTES = 16_384;

export interface TimeLimits {
  connectMs: number;
  /** From the connection to the head of the answer. */
  firstByteMs: number;
  /** From the beginning to the end of the answer. */
  totalMs: number;
}

export interface Exchange {
  url: URL;
  agent: Agent;
  addresses: string[];
  mayConnect: (address: string) => boolean;
  headers: Record<string, string>;
  body: string;
  limits: TimeLimits;
  signal: AbortSignal;
}

export type Exchanged =
  | { ok: true; status: number; body: string }
  | {
      ok: false;
      code: "private_address" | "connection_failed" | "timeout" | "bad_answer" | "stopped";
      message: string;
    };

/** Never rejects, and leaves no connection open. */
export function exchange(options: Exchange): Promise<Exchanged> {
  const { url, limits, body, signal } = options;
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(failed("stopped", "the server is stopping"));
    const request = openRequest(options);
    const timers = new Set<NodeJS.Timeout>();
    const onAbort = () => end(failed("stopped", "the server is stopping"));

    function end(result: Exchanged): void {
      for (const timer of timers) clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
      resolve(result);
      request.destroy();
    }
    function limit(ms: number, message: string): NodeJS.Timeout {
      const timer = setTimeout(() => end(failed("timeout", message)), ms);
      timers.add(timer);
      return timer;
    }

    signal.addEventListener("abort", onAbort);
    limit(limits.totalMs, `took longer than ${limits.totalMs} ms`);
    const connecting = limit(limits.connectMs, `no connection within ${limits.connectMs} ms`);
    let answering: NodeJS.Timeout | undefined;
    request.once("socket", (socket) => {
      socket.once(url.protocol === "https:" ? "secureConnect" : "connect", () => {
        if (!options.mayConnect(remoteAddress(socket))) {
          return end(failed("private_address", "led to a private or reserved network address"));
        }
        clearTimeout(connecting);
        answering = limit(limits.firstByteMs, `no answer within ${limits.firstByteMs} ms`);
        // Only now, so that nothing is said to an address before it is known.
        request.end(body);
      });
    });
    request.once("response", (response) => {
      clearTimeout(answering);
      readBeginning(response, end);
    });
    // Later errors too, after the end: an unheard one would end the process.
    request.on("error", (error) => end(explain(error)));
  });
}

function openRequest({ url, agent, addresses, headers, body }: Exchange): ClientRequest {
  const open = url.protocol === "https:" ? requestHttps : requestHttp;
  return open(url, {
    method: "POST",
    agent,
    headers: {
      ...headers,
      // The only encoding that cannot grow while it is read.
      "accept-encoding": "identity",
      "content-length": Buffer.byteLength(body),
    },
    lookup: answering(addresses),
    maxHeaderSize: HEADERS_MAX_BYTES,
  });
}

/** The name is not asked for again: whatever it answers by now, the connection goes where it was checked. */
function answering(addresses: string[]): LookupFunction {
  const all = addresses.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }));
  return (_hostname, options, callback) => {
    const [first] = all;
    if (options.all) callback(null, all);
    else if (first) callback(null, first.address, first.family);
    else callback(new Error("no address"), "");
  };
}

function remoteAddress(socket: Socket): string {
  return socket.remoteAddress ?? "";
}

function readBeginning(response: IncomingMessage, end: (result: Exchanged) => void): void {
  const chunks: Buffer[] = [];
  let size = 0;
  const finish = () => {
    const kept = Buffer.concat(chunks).subarray(0, BODY_MAX_BYTES);
    // PostgreSQL's text cannot hold U+0000.
    const body = kept.toString("utf8").replaceAll("\u0000", "\uFFFD");
    end({ ok: true, status: response.statusCode ?? 0, body });
  };
  response.on("data", (chunk: Buffer) => {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= BODY_MAX_BYTES) finish();
  });
  response.once("end", finish);
  response.once("error", (error) => end(explain(error)));
}

function failed(code: (Exchanged & { ok: false })["code"], message: string): Exchanged {
  return { ok: false, code, message };
}

function explain(error: NodeJS.ErrnoException): Exchanged {
  const { code = "", message, errors } = error as NodeJS.ErrnoException & { errors?: Error[] };
  if (code.startsWith("HPE_")) return failed("bad_answer", "the answer is not HTTP");
  // One attempt per address: an AggregateError has an empty message of its own.
  const reason = message || errors?.map((one) => one.message).join("; ") || code;
  return failed("connection_failed", reason);
}
