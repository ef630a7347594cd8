// What every acknowledged event and every REST call of our clients ends in: a value, or a failure with a code.

/**
 * Codes of expected failures. The view chooses the words; `message` is for developers.
 * - `unauthenticated`: no valid token, session or source id
 * - `forbidden`: known, but not allowed
 * - `not_found`: no such object, or somebody else's
 * - `invalid`: bad input, `field` names where
 * - `conflict`: contradicts the present state
 * - `too_many_requests`: slow down, `retryAfterSeconds` says for how long
 * - `too_large`: what was sent is larger than the server takes
 * - `protocol_mismatch`: this client is of another version: reload
 * - `origin_not_allowed`: the inbox does not allow this website
 * - `unreachable`: no answer: offline, timed out, blocked (never sent by the server)
 * - `internal`: a bug on our side
 */
export const failureCodes = [
  "unauthenticated",
  "forbidden",
  "not_found",
  "invalid",
  "conflict",
  "too_many_requests",
  "too_large",
  "protocol_mismatch",
  "origin_not_allowed",
  "unreachable",
  "internal",
] as const;
export type FailureCode = (typeof failureCodes)[number];

export interface Failure {
  code: FailureCode;
  message: string;
  /** Path of the offending input, such as `content` or `custom_attributes.plan`. */
  field?: string;
  /** Everything that is wrong with the input, where the server has said so. */
  fields?: readonly FieldProblem[];
  retryAfterSeconds?: number;
}

export interface FieldProblem {
  field: string;
  /** Goes on after the field's name: `must not be empty`. */
  message: string;
}

export type Result<Value> = { ok: true; data: Value } | { ok: false; error: Failure };

export function success<Value>(data: Value): Result<Value> {
  return { ok: true, data };
}

export function failure(
  code: FailureCode,
  message: string,
  more: Pick<Failure, "field" | "retryAfterSeconds"> = {},
): { ok: false; error: Failure } {
  return { ok: false, error: { code, message, ...more } };
}
