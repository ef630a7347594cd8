// What every promise of the package rejects with, whoever failed: the loader, the chat or its server.
import type { ParlorErrorCode } from "../widget/host/parlor.ts";

/**
 * Codes of the package itself, beside those of `window.Parlor`.
 * - `blocked`: a Content Security Policy of the page forbids the script
 * - `unsupported`: the server's Parlor is older than this package and has no such method
 */
export type ErrorCode = ParlorErrorCode | "blocked" | "unsupported";

/** An expected failure; `code` is for programs, `message` for developers. */
export class ParlorError extends Error {
  readonly code: ErrorCode;
  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = "ParlorError";
    this.code = code;
  }
}

/** The same failure as this package's class: the script on the page brings a class of its own. */
export function toParlorError(error: unknown): ParlorError {
  if (error instanceof ParlorError) return error;
  const { code = "internal", message = String(error) } = (error ?? {}) as Partial<ParlorError>;
  return new ParlorError(code, message, { cause: error });
}
