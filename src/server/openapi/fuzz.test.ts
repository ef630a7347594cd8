// Everything that the document describes, asked for rightly and wrongly: never a 5xx, never an answer that
// the document does not list. Seeded, so that what fails fails again.
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { publicPaths } from "../../protocol/paths.ts";
import type { TestApp } from "../test-kit/app.ts";
import { startTestApp } from "../test-kit/app.ts";
import { createDescribedWorld } from "../test-kit/described-world.ts";
import type { DescribedWorld } from "../test-kit/described-world.ts";
import { createDocumentChecks } from "../test-kit/document-checks.ts";
import type { DescribedOperation, DocumentChecks } from "../test-kit/document-checks.ts";
import { encode, requestsTo } from "../test-kit/fuzz-requests.ts";
import type { FuzzRequest } from "../test-kit/fuzz-requests.ts";

const SEED = 20_260_102;
const REQUESTS_PER_ROUND = 4;
const LASTS_MS = 15_000;

async function send(
  app: TestApp,
  world: DescribedWorld,
  operation: DescribedOperation,
  asked: FuzzRequest,
) {
  const [method = "", pattern = ""] = operation.name.split(" ");
  const path = pattern.replaceAll(/\{(\w+)\}/g, (_match, name: string) =>
    encode(asked.wrongIds[name] ?? world.ids[name] ?? "1"),
  );
  const { body } = asked;
  const response = await fetch(app.url + path + asked.query, {
    method,
    redirect: "manual",
    headers: {
      "api-access-token": world.token,
      authorization: `Bearer ${world.token}`,
      ...(body?.type === undefined ? {} : { "content-type": body.type }),
    },
    ...(body ? { body: body.content } : {}),
  });
  return { status: response.status, text: await response.text(), path: path + asked.query };
}

/** What is wrong with the answers to a round of requests. */
async function faultsOf(
  app: TestApp,
  checks: DocumentChecks,
  world: DescribedWorld,
  operation: DescribedOperation,
  seed: number,
): Promise<string[]> {
  const { schemas } = app.app.apiDocument().components;
  const requests = fc.sample(requestsTo(operation, schemas), { seed, numRuns: REQUESTS_PER_ROUND });
  const faults: string[] = [];
  for (const asked of requests) {
    const { status, text, path } = await send(app, world, operation, asked);
    // Such as an id of two dots: this request went elsewhere, or nowhere.
    const described = checks.find(operation.name.split(" ")[0] ?? "", path.replace(/\?.*$/, ""));
    const fault =
      status >= 500
        ? `answers ${status}: ${text}`
        : described?.name === operation.name
          ? checks.faultOfAnswer(operation, status, text)
          : undefined;
    if (fault === undefined) continue;
    const body = asked.body?.content;
    const said = body instanceof FormData ? JSON.stringify([...body]) : body;
    faults.push(
      `${operation.name} ${fault}\n  ${path}\n  ${asked.body?.type} ${said?.slice(0, 600)}`,
    );
  }
  return faults;
}

it("answers whatever is asked as the document says, and never with a fault of its own", async () => {
  const app = await startTestApp({
    config: { allowPrivateAddresses: ["127.0.0.1"], logLevel: "error" },
    limits: { outgoing: { resolveHost: async () => ["127.0.0.1"] } },
  });
  const checks = createDocumentChecks(app.app.apiDocument());
  const isRemoval = ({ name }: DescribedOperation) => name.startsWith("DELETE ");
  // What is removed is not there for the others.
  const operations = [
    ...checks.operations.filter((operation) => !isRemoval(operation)),
    ...checks.operations.filter(isRemoval),
  ];
  const endsAt = performance.now() + LASTS_MS;
  const faults: string[] = [];
  let seed = SEED;
  for (let round = 0; round === 0 || performance.now() < endsAt; round += 1) {
    const world = await createDescribedWorld(app);
    for (const operation of operations) {
      seed += 1;
      if (round > 0 && performance.now() > endsAt) break;
      faults.push(...(await faultsOf(app, checks, world, operation, seed)));
    }
  }
  expect(faults.slice(0, 10).join("\n\n")).toBe("");
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  const inbox = await app.build.anInbox(await app.build.anAccount());
  expect((await fetch(app.url + publicPaths.inbox(inbox.token))).status).toBe(200);
}, 240_000);
