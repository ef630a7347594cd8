// Calling the REST doors as their clients do: an answer is its status, headers and body.
import { applicationPaths, publicPaths } from "../../protocol/paths.ts";
import type { TestAgent, TestVisitor } from "./app.ts";

export interface Answer {
  status: number;
  headers: Headers;
  // What came is what a test looks at, field by field.
  // oxlint-disable-next-line typescript/no-explicit-any
  body: any;
}

export interface CallOptions {
  body?: unknown;
  headers?: Record<string, string>;
}

/** Sends JSON unless the body is text already, a form or multipart data. */
export async function call(
  method: string,
  url: string,
  { body, headers = {} }: CallOptions = {},
): Promise<Answer> {
  const isRaw =
    typeof body === "string" || body instanceof URLSearchParams || body instanceof FormData;
  const response = await fetch(url, {
    method,
    redirect: "manual",
    headers: {
      ...(body === undefined || body instanceof URLSearchParams || body instanceof FormData
        ? {}
        : { "content-type": "application/json" }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: isRaw ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json") && text !== "";
  return {
    status: response.status,
    headers: response.headers,
    body: isJson ? (JSON.parse(text) as unknown) : text,
  };
}

/** The application API with an agent's access token; `path` is below his account. */
export function asAgent(url: string, agent: TestAgent) {
  return (method: string, path: string, options: CallOptions = {}) =>
    call(method, `${url}${applicationPaths.account(agent.accountId)}${path}`, {
      ...options,
      headers: { "api-access-token": agent.accessToken, ...options.headers },
    });
}

/** The client API of a visitor; `path` is below his contact. */
export function asVisitor(url: string, visitor: TestVisitor) {
  return (method: string, path: string, options: CallOptions = {}) =>
    call(
      method,
      `${url}${publicPaths.contact(visitor.inbox.token, visitor.sourceId)}${path}`,
      options,
    );
}
