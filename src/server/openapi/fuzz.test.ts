// Everything that the document describes, asked for rightly and wrongly: never a 5xx, never an answer that
// the document does not list. Seeded, so that what fails fails again.
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { publicPaths } from "../../protocol/paths.ts";
import type { TestApp } from "../test-kit/app.ts";
import { startTestApp } from "../test-kit/app.ts";
import { asAgent, asVisitor } from "../test-kit/call.ts";
import { createDocumentChecks } from "../test-kit/document-checks.ts";
import type { DescribedOperation, DocumentChecks } from "../test-kit/document-checks.ts";
import { encode, requestsTo } from "../test-kit/fuzz-requests.ts";
import type { FuzzRequest } from "../test-kit/fuzz-requests.ts";

const SEED = 20_260_102;
const REQUESTS_PER_ROUND = 4;
const LASTS_MS = 15_000;

/** Somebody with one of everything, to whom any of it may be done. */
interface World {
  /** By the names of parameters in paths. */
  ids: Record<string, string>;
  token: string;
}

async function createWorld(app: TestApp): Promise<World> {
  const account = await app.build.anAccount();
  const inbox = await app.build.anInbox(account);
  const admin = await app.build.anAgent(account, { role: "administrator", inboxes: [inbox] });
  const bea = await app.build.anAgent(account, { inboxes: [inbox] });
  const visitor = await app.build.aVisitor(inbox, { email: "vera@example.com", name: "Vera" });
  const work = asAgent(app.url, admin);
  const made = async (path: string, body: object) => {
    const answer = await work("POST", path, { body });
    expect([path, answer.status, answer.body]).toMatchObject([path, 200, {}]);
    return String(answer.body.id);
  };
  const begun = await asVisitor(app.url, visitor)("POST", "/conversations", {
    body: { message: { content: "Hello", echo_id: "one" } },
  });
  const conversation = String(begun.body.id);
  const webhook = { url: "http://hook.test/", subscriptions: ["message_created"] };
  const attribute = { attribute_display_name: "Plan", attribute_key: "plan" };
  // Not that of the profile, which may be asked to reset itself.
  const tool = await work("POST", "/access_tokens", { body: { name: "Fuzz", scopes: ["all"] } });
  return {
    token: tool.body.token as string,
    ids: {
      account_id: String(account),
      agent_id: String(bea.id),
      inbox_id: String(inbox.id),
      inbox_identifier: inbox.token,
      contact_identifier: visitor.sourceId,
      contact_id: String(visitor.id),
      conversation_id: conversation,
      message_id: String(begun.body.messages[0].id),
      custom_role_id: await made("/custom_roles", { name: "Lead", permissions: [] }),
      team_id: await made("/teams", { name: "sales" }),
      label_id: await made("/labels", { title: "billing" }),
      canned_response_id: await made("/canned_responses", { short_code: "hi", content: "Hello" }),
      custom_attribute_id: await made("/custom_attribute_definitions", attribute),
      custom_filter_id: await made("/custom_filters", { name: "mine", query: {} }),
      webhook_id: await made("/webhooks", webhook),
      token_id: await made("/access_tokens", { name: "Tool", scopes: ["all"] }),
      snooze_id: await made("/snoozes", {
        object_id: Number(conversation),
        snoozed_until: Math.floor(Date.now() / 1_000) + 3_600,
      }),
      delivery_id: crypto.randomUUID(),
    },
  };
}

async function send(app: TestApp, world: World, operation: DescribedOperation, asked: FuzzRequest) {
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
  world: World,
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
    const world = await createWorld(app);
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
