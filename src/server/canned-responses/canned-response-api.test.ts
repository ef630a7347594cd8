// Canned responses in the application API: seed 003, rows 18 and 19.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cannedResponseSchema } from "../../protocol/records-administration.ts";
import { openTestApp } from "../test-kit/app.ts";
import type { TestApp } from "../test-kit/app.ts";
import { asAgent } from "../test-kit/call.ts";
import { documentedRequest } from "../test-kit/documented-examples.ts";
import { connectAgent } from "../test-kit/sockets.ts";

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

async function setUp() {
  const agent = await app.build.anAgent(await app.build.anAccount());
  const work = asAgent(app.url, agent);
  const add = (short_code: string, content = "Text") =>
    work("POST", "/canned_responses", { body: { short_code, content } });
  return { agent, work, add };
}

describe("canned responses (rows 18 and 19)", () => {
  it("are made, listed, changed and deleted as printed", async () => {
    const { agent, work } = await setUp();
    const desk = await connectAgent(app.url, agent.pubsubToken);
    const made = await work("POST", "/canned_responses", {
      body: documentedRequest(19),
    });
    expect(made.status).toBe(200);
    cannedResponseSchema.strict().parse(made.body);
    await desk.hears("settings:changed", ({ subject, id, removed }) => {
      return subject === "canned_response" && id === made.body.id && !removed;
    });
    expect((await work("GET", "/canned_responses")).body).toEqual([made.body]);
    const path = `/canned_responses/${made.body.id}`;
    const changed = await work("PATCH", path, { body: { content: "Other" } });
    expect(changed.body).toEqual({ ...made.body, content: "Other" });
    expect((await work("DELETE", path)).status).toBe(200);
    expect((await work("GET", "/canned_responses")).body).toEqual([]);
    expect((await work("DELETE", path)).status).toBe(404);
  });

  it("are found by both fields, the short code first, and by its letters alone", async () => {
    const { work, add } = await setUp();
    await add("bye", "See you. Say hello to all");
    await add("ahello");
    await add("Hello", "100% sure");
    const search = async (text: string) => {
      const found = await work("GET", `/canned_responses?search=${encodeURIComponent(text)}`);
      return found.body.map((row: { short_code: string }) => row.short_code);
    };
    expect(await search("hello")).toEqual(["Hello", "ahello", "bye"]);
    expect(await search("0% s")).toEqual(["Hello"]);
    expect(await search("_")).toEqual([]);
  });

  it("have a short code of their own: one word", async () => {
    const { work, add } = await setUp();
    const { id } = (await add("one")).body;
    await add("two");
    for (const refused of [
      await add("one"),
      await add("two words"),
      await add(""),
      await work("PATCH", `/canned_responses/${id}`, { body: { short_code: "two" } }),
    ]) {
      expect(refused.status).toBe(422);
      expect(refused.body.attributes).toEqual(["short_code"]);
    }
    expect((await (await setUp()).add("one")).status).toBe(200);
  });

  it("of another account are not there", async () => {
    const { id } = (await (await setUp()).add("theirs")).body;
    const { work } = await setUp();
    const body = { content: "mine" };
    expect((await work("PATCH", `/canned_responses/${id}`, { body })).status).toBe(404);
    expect((await work("DELETE", `/canned_responses/${id}`)).status).toBe(404);
  });
});
