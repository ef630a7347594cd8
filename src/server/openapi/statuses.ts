// Which failures an operation can answer with, and what they are called.
import type { DeclaredRoute } from "./routes-of.ts";
import { securityOf } from "./security.ts";

/** By status: what it is called, and an example of what was wrong. */
export const failureTexts: Record<string, { title: string; example: object }> = {
  400: {
    title: "Malformed",
    example: faulty("", "Body is not valid JSON", "ctp_invalid_json_body"),
  },
  401: { title: "Not authorized", example: said("Invalid Access Token", "unauthenticated") },
  403: { title: "Forbidden", example: said("This access token is not meant for it", "forbidden") },
  404: { title: "Not found", example: said("Resource could not be found", "not_found") },
  409: { title: "Conflict", example: said("It is resolved already", "conflict") },
  413: { title: "Too large", example: said("The request is too large", "too_large") },
  422: {
    title: "Invalid",
    example: faulty("email", "must be an e-mail address", "invalid_format"),
  },
  429: { title: "Too many requests", example: said("Too many requests", "too_many_requests") },
  500: { title: "Internal error", example: said("Something went wrong on our side", "internal") },
  503: { title: "Not available", example: said("The database cannot be reached", "unreachable") },
};

function said(error: string, code: string) {
  return { error, code };
}

function faulty(field: string, fault: string, code: string) {
  const error = field === "" ? fault : `${field.charAt(0).toUpperCase()}${field.slice(1)} ${fault}`;
  const attributes = field === "" ? [] : [field];
  return {
    error,
    code: "invalid",
    message: error,
    attributes,
    errors: [{ field, message: fault, code }],
  };
}

/** The name of a shared answer in the description: `NotFound`. */
export const nameOf = (title: string) =>
  title.replaceAll(/ (\w)/g, (_match, letter: string) => letter.toUpperCase());

/** The status of a shared answer, by its name. */
export function statusOf(name: string): string {
  return Object.entries(failureTexts).find(([, { title }]) => nameOf(title) === name)?.[0] ?? "";
}

/** A door lets every route answer every failure; this is what is left of them at one route. */
export function canAnswer(route: DeclaredRoute, status: number): boolean {
  const { method, url, querystring } = route;
  const writes = method !== "GET";
  const isProbe = url === "/health" || url === "/ready";
  switch (status) {
    case 400:
    case 409:
    case 413:
      return writes || url.startsWith("/dialects/");
    case 401:
      // Visitors prove who they are when they say so, in the body.
      return securityOf(url).length > 0 || url.startsWith("/auth/") || (writes && !isProbe);
    case 403:
    case 429:
      return !isProbe;
    case 404:
      return url.includes(":") || writes;
    case 422:
      return writes || querystring !== undefined;
    case 503:
      return isProbe;
    default:
      return true;
  }
}
