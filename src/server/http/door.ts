// The REST door: Fastify with our schemas, bodies in three forms, one shape of failure, and a log line each.
import multipart from "@fastify/multipart";
import fastify, { LogController } from "fastify";
import type {
  FastifyBaseLogger,
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  RawServerDefault,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
} from "fastify";
import { validatorCompiler } from "fastify-type-provider-zod";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Failure, Result } from "../../protocol/result.ts";
import { answerCompiler } from "./answers.ts";
import { parseForm, parseQuery, readMultipart } from "./bodies.ts";
import { compressAnswers } from "./compress-answers.ts";
import { failureResponses, handleError, notFoundFailure, sendFailure } from "./failures.ts";
import { describeInputInWords } from "./input-words.ts";
import { pageLists } from "./pages.ts";
import { logRequests } from "./request-log.ts";
import { createTextReader } from "./text-values.ts";
import type { TextReader } from "./text-values.ts";
import { DEFAULT_TRUST_PROXY } from "./trust-proxy.ts";

/** Where rooms declare their routes. */
export type RestDoor = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;

declare module "fastify" {
  interface FastifyReply {
    /** Answers a failure with its documented status and body. */
    fail(problem: Failure): FastifyReply;
    /** Answers 200 and `null`: an agent who is nobody. */
    sendNull(): FastifyReply;
  }
}

/** Above the longest message in UTF-8 as JSON escapes, 6 bytes for each of 150,000 characters. */
const BODY_MAX_BYTES = 1_048_576;

/** Creates the door without any route. */
export async function createHttpDoor({
  log,
  trustProxy = DEFAULT_TRUST_PROXY,
}: {
  log: FastifyBaseLogger;
  /** Addresses and networks of hops in front, with commas; `none`: nobody is believed. */
  trustProxy?: string | undefined;
}): Promise<RestDoor> {
  describeInputInWords();
  const app = fastify({
    loggerInstance: log,
    // What fails before a route is found, such as an address that cannot be decoded.
    frameworkErrors: (error, request, reply) => {
      handleError(error, request, reply);
    },
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_MAX_BYTES,
    trustProxy: trustProxy === "none" ? false : trustProxy,
    routerOptions: {
      ignoreTrailingSlash: true,
      // As long as an address may be at all, so that each route says in its own words what it does not find.
      maxParamLength: 16_384,
      querystringParser: parseQuery,
    },
    forceCloseConnections: "idle",
    return503OnClosing: false,
  }).withTypeProvider<ZodTypeProvider>();

  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(answerCompiler);
  app.setErrorHandler(handleError);
  app.setNotFoundHandler((_request, reply) => sendFailure(reply, notFoundFailure));
  app.addHook("onRoute", (route) => {
    route.schema = {
      ...route.schema,
      response: { ...failureResponses, ...(route.schema?.response as object) },
    };
  });
  decorate(app);
  pageLists(app);
  compressAnswers(app);
  await readBodies(app);
  logRequests(app);
  return app;
}

function decorate(app: RestDoor): void {
  app.decorateReply("fail", function fail(this: FastifyReply, problem) {
    return sendFailure(this, problem);
  });
  app.decorateReply("sendNull", function sendNull(this: FastifyReply) {
    return this.type("application/json; charset=utf-8").send("null");
  });
}

async function readBodies(app: RestDoor): Promise<void> {
  const parseJson = app.getDefaultJsonParser("error", "error");
  app.removeContentTypeParser("application/json");
  app.addContentTypeParser(
    /^application\/([\w.+-]*\+)?json\b/,
    { parseAs: "string" },
    (request, body, done) => {
      // Clients name the type of a body that they do not send.
      if (body.toString().trim() === "") done(null, {});
      else void parseJson(request, body as string, done);
    },
  );
  app.addContentTypeParser(
    "application/x-www-form-urlencoded",
    { parseAs: "string" },
    (_request, body, done) => done(null, body),
  );
  await app.register(multipart, {
    limits: { fields: 200, fieldSize: BODY_MAX_BYTES, files: 1, fileSize: BODY_MAX_BYTES },
    throwFileSizeLimit: false,
  });
  readTexts(app);
}

/** Forms, multipart messages and queries hold texts: the route's own schema says what they stand for. */
function readTexts(app: RestDoor): void {
  const readers = new WeakMap<object, TextReader>();
  app.addHook("onRoute", ({ schema }) => {
    for (const part of [schema?.body, schema?.querystring]) {
      if (part instanceof z.ZodType) readers.set(part, createTextReader(part));
    }
  });
  const read = (schema: unknown, fields: unknown) =>
    readers.get(Object(schema) as object)?.(fields) ?? fields;

  app.addHook("preValidation", async (request, reply) => {
    const { schema } = request.routeOptions;
    request.query = read(schema?.querystring, request.query);
    if (request.method === "GET" || request.method === "HEAD") return;
    const form = await readForm(request);
    if (form && !form.ok) return reply.fail(form.error);
    if (form) request.body = read(schema?.body, form.data);
    if (request.body === undefined) request.body = {};
  });
  app.decorateRequest("discardFiles", undefined);
  app.addHook("onSend", async (request, reply) => {
    if (reply.statusCode >= 400) await request.discardFiles?.();
  });
}

/** The fields of a body that is a form; undefined when it is none. */
async function readForm(request: FastifyRequest): Promise<Result<object> | undefined> {
  if (request.isMultipart()) return await readMultipart(request);
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(
    request.headers["content-type"] ?? "",
  );
  return isForm && typeof request.body === "string" ? parseForm(request.body) : undefined;
}
