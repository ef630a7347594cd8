// Every answer of a test's app is held against the API's description, byte for byte as it was sent.
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { inject } from "vitest";
import type { ApiDocument } from "../openapi/document.ts";
import { createDocumentChecks } from "./document-checks.ts";
import type { DocumentChecks } from "./document-checks.ts";
import { noteExercised } from "./exercised.ts";

export interface AnswerWatch {
  /**
   * To be called when the app is closed. Throws when an answer was not as the document describes it,
   * and says what to do about it.
   */
  check(): void;
}

/** The document is the same for each app of a test file, and takes its time. */
let checks: DocumentChecks | undefined;

const RECIPE = [
  "Answers that the API's description does not list (docs/CONTRIBUTING.md, “Add a REST operation”):",
  "- a shape: mend the route's `schema.response`, or what it sends;",
  "- a status: add it to the route's `schema.response`, or to `canAnswer` in src/server/openapi/statuses.ts.",
].join("\n");

/** Listens in on every answer of the server from now on. */
export function watchAnswers(server: Server, app: { apiDocument(): ApiDocument }): AnswerWatch {
  const seen = new Set<string>();
  const faults = new Set<string>();

  function look(method: string, url: string, status: number, body: () => string): void {
    checks ??= createDocumentChecks(app.apiDocument());
    const described = checks.find(method, url.replace(/[?#].*$/, ""));
    if (!described) return;
    seen.add(`${described.name} ${status}`);
    const fault = checks.faultOfAnswer(described, status, body());
    if (fault !== undefined) faults.add(`${described.name} ${fault}`);
  }

  server.prependListener("request", (request: IncomingMessage, response: ServerResponse) => {
    const { method = "", url = "" } = request;
    if (method === "HEAD" || method === "OPTIONS") return;
    const body = keepBody(response);
    response.once("finish", () => look(method, url, response.statusCode, body));
  });
  return {
    check() {
      if (checks) noteExercised(inject("exercisedFolder"), seen, answersOf(checks));
      if (faults.size > 0) throw new Error([RECIPE, ...faults].join("\n\n"));
    },
  };
}

const answersOf = ({ operations }: DocumentChecks) =>
  operations.flatMap(({ name, operation }) =>
    Object.keys(operation.responses).map((status) => `${name} ${status}`),
  );

const unpackers: Record<string, (packed: Buffer) => Buffer> = {
  br: brotliDecompressSync,
  gzip: gunzipSync,
};

/** Answers the text of what is written to a response, once it has been. */
function keepBody(response: ServerResponse): () => string {
  const chunks: Buffer[] = [];
  let encoding: unknown;
  const writeHead = response.writeHead.bind(response) as (...parts: unknown[]) => never;
  response.writeHead = (...parts: unknown[]) => {
    encoding = Object(parts.at(-1))["content-encoding"];
    return writeHead(...parts);
  };
  for (const name of ["write", "end"] as const) {
    const own = response[name].bind(response) as (...parts: unknown[]) => never;
    response[name] = (...parts: unknown[]) => {
      const [chunk] = parts;
      if (typeof chunk === "string") chunks.push(Buffer.from(chunk));
      else if (chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk));
      return own(...parts);
    };
  }
  return () => {
    const sent = Buffer.concat(chunks);
    const unpack = unpackers[String(encoding)];
    return (unpack ? unpack(sent) : sent).toString("utf8");
  };
}
