// Failures as HTTP: the status and the body of each, and the one handler of everything that is thrown.
import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import { hasZodFastifySchemaValidationErrors } from "fastify-type-provider-zod";
import type { z } from "zod";
import { errorSchema, validationErrorSchema } from "../../protocol/errors.ts";
import { failure } from "../../protocol/result.ts";
import type { Failure, FailureCode } from "../../protocol/result.ts";
import { describeError } from "../describe-error.ts";

const statuses: Record<FailureCode, number> = {
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_many_requests: 429,
  too_large: 413,
  protocol_mismatch: 409,
  origin_not_allowed: 403,
  unreachable: 503,
  internal: 500,
};

/** Every route may answer these. */
export const failureResponses = {
  400: validationErrorSchema,
  401: errorSchema,
  403: errorSchema,
  404: errorSchema,
  409: errorSchema,
  413: errorSchema,
  422: validationErrorSchema,
  429: errorSchema,
  500: errorSchema,
  503: errorSchema,
};

interface FieldError {
  field: string;
  message: string;
  code: string;
}

/** `custom_attributes.plan` reads "Custom attributes plan" in a sentence. */
function sentenceOf({ field, message }: FieldError): string {
  const words = field.replaceAll(/[._]/g, " ");
  return words === "" ? message : `${words.charAt(0).toUpperCase()}${words.slice(1)} ${message}`;
}

function validationBody(errors: FieldError[]): z.infer<typeof validationErrorSchema> {
  const message = errors.map(sentenceOf).join(", ");
  const attributes = [...new Set(errors.flatMap(({ field }) => (field === "" ? [] : [field])))];
  return { error: message, code: "invalid", message, attributes, errors };
}

/** Answers a failure with its documented status and body. */
export function sendFailure(reply: FastifyReply, problem: Failure): FastifyReply {
  if (problem.retryAfterSeconds !== undefined) {
    reply.header("retry-after", String(problem.retryAfterSeconds));
  }
  reply.code(statuses[problem.code]);
  return problem.code === "invalid"
    ? reply.send(
        validationBody([{ field: problem.field ?? "", message: problem.message, code: "invalid" }]),
      )
    : reply.send({ error: problem.message, code: problem.code });
}

export const notFoundFailure = failure("not_found", "Resource could not be found").error;

const frameworkWords: Record<string, string> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE:
    "The content type must be application/json, application/x-www-form-urlencoded or multipart/form-data",
  FST_ERR_BAD_URL: "The address holds a % that is not followed by two hexadecimal digits",
};

/** The one handler: what clients did wrong is 4xx with the field named, the rest is ours and logged. */
export function handleError(error: FastifyError, request: FastifyRequest, reply: FastifyReply) {
  if (hasZodFastifySchemaValidationErrors(error)) {
    // A path that holds no id names nothing.
    if (error.validationContext === "params") return sendFailure(reply, notFoundFailure);
    const errors = error.validation.map(({ instancePath, message = "is invalid", keyword }) => {
      const field = instancePath.replace(/^\//, "").replaceAll("/", ".");
      // Of the whole body, what is wrong has no name to follow.
      const whole = field === "" && /^[a-z]/.test(message);
      return { field, message: whole ? `The request ${message}` : message, code: keyword };
    });
    return reply.code(422).send(validationBody(errors));
  }
  const status = error.statusCode ?? 500;
  if (status === 413) {
    return sendFailure(reply, failure("too_large", "The request is too large").error);
  }
  if (status === 429) return sendFailure(reply, failure("too_many_requests", error.message).error);
  if (status >= 400 && status < 500) {
    const code = /^FST_[A-Z_]+$/.test(error.code)
      ? error.code.slice(4).toLowerCase()
      : "bad_request";
    const message = frameworkWords[error.code] ?? error.message;
    return reply.code(400).send(validationBody([{ field: "", message, code }]));
  }
  request.log.error({ event: "request:failed", error: describeError(error) }, "request failed");
  return sendFailure(reply, failure("internal", "Something went wrong on our side").error);
}
