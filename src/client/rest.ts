// The REST side of the wire: one call in, one Result out. Nothing here throws for what a network may do.
import { failure, success } from "../protocol/result.ts";
import type { Failure, FailureCode, Result } from "../protocol/result.ts";

export interface RestOptions {
  /** Where the server is, such as `https://chat.example.com`; empty for this page's own origin. */
  baseUrl: string;
  /** Headers of every call, asked for anew each time. */
  headers?: () => Record<string, string>;
  credentials?: RequestCredentials;
  timeoutMs?: number;
  fetch?: typeof fetch;
}

export type RestMethod = "GET" | "POST" | "PATCH" | "PUT" | "DELETE";

export interface RestCall {
  /** A list goes as one text, separated by commas. */
  query?: Record<string, string | number | boolean | readonly string[] | undefined>;
  body?: unknown;
  signal?: AbortSignal;
}

export interface Rest {
  /** Calls `path` and answers its JSON body, or a failure with a code (`unreachable` without an answer). */
  <Value>(method: RestMethod, path: string, call?: RestCall): Promise<Result<Value>>;
}

/** Of what a proxy says in the server's place, which gives a code itself. */
const codeOfStatus: Record<number, FailureCode> = { 413: "too_large", 429: "too_many_requests" };

/** Creates the function that calls the server's REST API. */
export function createRest(options: RestOptions): Rest {
  const timeoutMs = options.timeoutMs ?? 15_000;

  return async <Value>(
    method: RestMethod,
    path: string,
    call: RestCall = {},
  ): Promise<Result<Value>> => {
    const timeout = new AbortController();
    const abort = () => timeout.abort();
    const timer = setTimeout(abort, timeoutMs);
    call.signal?.addEventListener("abort", abort);
    try {
      // Called as a plain function: a page's patched fetch may look at `this`.
      const send = options.fetch ?? fetch;
      const json = "application/json";
      const hasBody = call.body !== undefined;
      const init: RequestInit = {
        method,
        headers: {
          accept: json,
          ...(hasBody && { "content-type": json }),
          ...options.headers?.(),
        },
        credentials: options.credentials ?? "omit",
        signal: timeout.signal,
        ...(hasBody && { body: JSON.stringify(call.body) }),
      };
      const url = options.baseUrl + path + toSearch(call.query);
      // Tools that watch a page note who asks: then the browser reads each function on the way there once more.
      const response = await Promise.resolve().then(() => send(url, init));
      const body = JSON.parse((await response.text()) || "null") as unknown;
      return response.ok ? success(body as Value) : failureOf(response, body);
    } catch (error) {
      return failure("unreachable", String(error));
    } finally {
      clearTimeout(timer);
      call.signal?.removeEventListener("abort", abort);
    }
  };
}

function toSearch(query: RestCall["query"] = {}): string {
  const said = Object.entries(query).filter(([, value]) => value !== undefined);
  return said[0] ? `?${new URLSearchParams(said as [string, string][]).toString()}` : "";
}

function failureOf(response: Response, body: unknown): { ok: false; error: Failure } {
  const { error, code, attributes } = (body ?? {}) as {
    error?: string;
    code?: FailureCode;
    attributes?: string[];
  };
  const retryAfter = Number(response.headers.get("retry-after"));
  return failure(
    code ?? codeOfStatus[response.status] ?? "internal",
    error ?? `HTTP ${response.status}`,
    {
      ...(attributes?.[0] && { field: attributes[0] }),
      ...(retryAfter > 0 && { retryAfterSeconds: retryAfter }),
    },
  );
}
