// Which failures an operation can answer with, and what they are called.
import type { DeclaredRoute } from "./routes-of.ts";
import { securityOf } from "./security.ts";

/** By status; their names in the description are these words without spaces. */
export const statusTexts: Record<string, string> = {
  400: "Malformed",
  401: "Not authorized",
  402: "Payment required",
  403: "Forbidden",
  404: "Not found",
  409: "Conflict",
  413: "Too large",
  422: "Invalid",
  429: "Too many requests",
  500: "Internal error",
  503: "Not available",
};

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
      return securityOf(url).length > 0 || url.startsWith("/auth/");
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
