// What happens between people, as a host page is told of it: by whom, with what facts, in which tab, and to whom no more.
import { readFile } from "node:fs/promises";
import { expect } from "@playwright/test";
import type { Page } from "@playwright/test";
import { applicationPaths, publicPaths } from "../src/protocol/paths.ts";
import type { PublicInbox } from "../src/protocol/records.ts";
import { createTestAgent } from "../src/sdk/testing/test-agent.ts";
import { callParlor } from "./kit/call-parlor.ts";
import { chatPageWithScript } from "./kit/host-page.ts";
import type { PublicEvent } from "./kit/host-api.ts";
import { test } from "./kit/host-test.ts";
import { changeInbox, comeBack } from "./kit/inbox-settings.ts";
import type { Server } from "./kit/server.ts";
import { aText } from "./kit/test.ts";

const told = [
  "agentAssign",
  "agentStateChange",
  "attachmentUpload",
  "csatSubmit",
  "messageReceived",
  "prechatSubmit",
  "readReceipt",
  "typing",
];
/** Notes all of these, and who else of five subscribers hears of messages. */
const listening = `window.heard = []; window.callers = [];
window.Parlor = [(parlor) => {
  for (const name of ${JSON.stringify(told)}) parlor.on(name, (event) => heard.push(event));
  const call = (who) => () => void callers.push(who);
  parlor.once("messageReceived", call("once"));
  parlor.on("messageReceived", call("once, as an option"), { once: true });
  const off = call("off");
  parlor.on("messageReceived", off);
  parlor.off("messageReceived", off);
  parlor.on("messageReceived", call("ended"))();
  const stop = new AbortController();
  parlor.on("messageReceived", call("aborted"), { signal: stop.signal });
  parlor.on("messageReceived", call("aborted before"), { signal: AbortSignal.abort() });
  stop.abort();
  parlor.on("messageReceived", () => stop.signal.reason && call("each")());
}];`;

const heardBy = (page: Page, type: string): Promise<PublicEvent[]> =>
  page.evaluate((name) => (window.heard ?? []).filter((event) => event.type === name), type);
const detailsOf = async (page: Page, type: string) =>
  (await heardBy(page, type)).map(({ detail }) => detail);

/** Whoever was at the desk of the test before may count for some seconds after. */
async function nobodyIsThere({ url, websiteToken }: Server): Promise<void> {
  const availability = async () => {
    const response = await fetch(url + publicPaths.inbox(websiteToken));
    return ((await response.json()) as PublicInbox).availability;
  };
  await expect.poll(availability, { timeout: 30_000 }).toBe("unavailable");
}

/** Somebody else who may answer; gone when the test is over. */
async function aColleague({ ask, access }: Server) {
  const name = aText("Bo");
  const email = `${crypto.randomUUID()}@example.com`;
  const agents = applicationPaths.agents(access.accountId);
  const { id } = await ask<{ id: number }>(agents, "POST", { name, email, role: "administrator" });
  return { id, name, leave: () => ask(`${agents}/${id}`, "DELETE") };
}

test("who comes, types, reads, is given and hands over a conversation is told, with the server's facts", async ({
  page,
  agent: desk,
  server,
  openSite,
}) => {
  await nobodyIsThere(server);
  const visitor = await openSite({ script: listening });
  const { access } = server;
  const agent = createTestAgent(access);
  await visitor.startConversation();
  const question = aText("Who is there?");
  const askedAt = Date.now();
  await visitor.send(question);
  await visitor.expectSent(question);
  const { id } = await agent.waitForMessage(question);

  await desk.signIn();
  await comeBack(server);
  const byName = expect.objectContaining({ name: server.agentName }) as unknown;
  await expect
    .poll(() => detailsOf(page, "agentStateChange"))
    .toContainEqual(expect.objectContaining({ scope: "agent", state: "available", agent: byName }));
  await expect
    .poll(() => detailsOf(page, "agentStateChange"))
    .toContainEqual(
      expect.objectContaining({ scope: "team", state: "available", previous: "unavailable" }),
    );

  await desk.openConversation(question);
  await expect
    .poll(() => heardBy(page, "readReceipt"))
    .toMatchObject([{ source: "agent", detail: { conversationId: id, readBy: "agent" } }]);
  const [read] = await detailsOf(page, "readReceipt");
  expect(Number(read?.["readAt"])).toBeGreaterThan(askedAt - 2_000);
  await desk.composer.pressSequentially("I am");
  await expect
    .poll(() => detailsOf(page, "typing"))
    .toContainEqual({ conversationId: id, typing: true, agent: byName });
  await desk.composer.fill("");
  await expect
    .poll(async () => (await detailsOf(page, "typing")).at(-1))
    .toEqual({ conversationId: id, typing: false, agent: byName });

  const colleague = await aColleague(server);
  try {
    await agent.assign(id, access.agentId);
    await agent.assign(id, colleague.id);
    await expect
      .poll(() => heardBy(page, "agentAssign"))
      .toMatchObject([
        { source: "agent", detail: { kind: "assigned", agent: byName, previousAgent: null } },
        {
          source: "agent",
          detail: { kind: "transferred", agent: { name: colleague.name }, previousAgent: byName },
        },
      ]);
    const waits = (await detailsOf(page, "agentAssign")).map(({ waitMs }) => Number(waitMs));
    for (const waitMs of waits) {
      expect(waitMs).toBeGreaterThanOrEqual(0);
      // The server counts from a whole second.
      expect(waitMs).toBeLessThan(Date.now() - askedAt + 2_000);
    }
    // He still waits.
    expect(waits[1]).toBeGreaterThanOrEqual(waits[0] ?? 0);
    await agent.assign(id, access.agentId);
  } finally {
    await colleague.leave();
  }

  await agent.reply(id, "It is me.");
  await visitor.expectMessage("It is me.");
  await agent.reply(id, "Ida.");
  await visitor.expectMessage("Ida.");
  const callers = () =>
    page.evaluate(() => (window as unknown as { callers: string[] }).callers.toSorted());
  await expect.poll(callers).toEqual(["each", "each", "once", "once, as an option"]);
  await expect
    .poll(async () => (await heardBy(page, "readReceipt")).at(-1))
    .toMatchObject({ source: "visitor", local: true, detail: { readBy: "visitor" } });

  const downloading = page.waitForEvent("download");
  expect(await callParlor(page, "requestTranscript", { as: "text" })).toEqual({
    conversationId: id,
    email: null,
  });
  const text = await readFile(await (await downloading).path(), "utf8");
  expect(text).toContain(question);
  expect(text).toContain("Ida.");
  const elsewhere = { as: "email", email: "somebody@else.example" };
  expect(await callParlor(page, "requestTranscript", elsewhere)).toBe("invalid");

  const [choosing] = await Promise.all([
    page.waitForEvent("filechooser"),
    visitor.panel.getByRole("button", { name: "Attach files" }).click(),
  ]);
  const buffer = Buffer.from("%PDF-1.4\n%%EOF\n");
  await choosing.setFiles({ name: "my secret.pdf", mimeType: "application/pdf", buffer });
  const file = { size: buffer.length, contentType: "application/pdf" };
  await expect
    .poll(() => detailsOf(page, "attachmentUpload"))
    .toEqual([
      { state: "uploading", ...file },
      { state: "ready", ...file },
    ]);
});

test("who subscribes late is told the latest state, unless he opts out, and when a closed team opens", async ({
  page,
  server,
  openSite,
}) => {
  const days = [0, 1, 2, 3, 4, 5, 6];
  const opensAt = new Date(Date.now() + 2 * 86_400_000);
  opensAt.setUTCHours(9, 0, 0, 0);
  await changeInbox(server, {
    working_hours_enabled: true,
    timezone: "UTC",
    working_hours: days.map((day_of_week) =>
      day_of_week === opensAt.getUTCDay()
        ? { day_of_week, open_hour: 9, close_hour: 10 }
        : { day_of_week, closed_all_day: true },
    ),
  });
  try {
    await openSite();
    const replayed = (options: object) =>
      page.evaluate(async (given) => {
        const events: unknown[] = [];
        const parlor = window.Parlor as unknown as {
          on: (name: string, handler: (event: unknown) => void, options: object) => void;
        };
        for (const name of ["ready", "agentStateChange", "unreadCountChange", "chatStarted"]) {
          parlor.on(name, (event) => events.push(event), given);
        }
        await new Promise((resolve) => setTimeout(resolve));
        return events;
      }, options);
    const state = {
      type: "agentStateChange",
      detail: { scope: "team", state: "unavailable", previous: null, nextOpenAt: +opensAt },
    };
    const late = (await replayed({})) as PublicEvent[];
    expect(late).toContainEqual(expect.objectContaining({ type: "ready" }));
    expect(late.find(({ type }) => type === "agentStateChange")).toMatchObject(state);
    expect(late.filter(({ type }) => type === "chatStarted")).toEqual([]);
    expect(await replayed({ replay: false })).toEqual([]);
    expect(await callParlor(page, "getAvailability")).toMatchObject({ nextOpenAt: +opensAt });
  } finally {
    await changeInbox(server, { working_hours_enabled: false });
  }
});

test("what is done in one tab is told once in each, and the others know that it was not theirs", async ({
  browser,
  server,
  serve,
  visitorOf,
}) => {
  await changeInbox(server, {
    csat_survey_enabled: true,
    pre_chat_form_enabled: true,
    pre_chat_form_options: {
      pre_chat_message: "Who are you?",
      pre_chat_fields: [{ field_type: "standard", name: "fullName", required: true }],
    },
  });
  const context = await browser.newContext();
  try {
    const host = await serve({ html: (nonce) => chatPageWithScript(server, listening, nonce) });
    const acting = visitorOf(await context.newPage(), host);
    const other = visitorOf(await context.newPage(), host);
    await acting.visit("/");
    await acting.open();
    await acting.panel.getByRole("button", { name: "New conversation" }).click();
    await other.visit("/");
    await other.open();
    await expect(other.panel.getByRole("button", { name: "New conversation" })).toBeVisible();
    const once = async (name: string, detail: Record<string, unknown>) => {
      for (const [{ page }, local] of [
        [acting, true],
        [other, false],
      ] as const) {
        const heard = async () =>
          (await heardBy(page, name)).filter(({ source }) => source === "visitor");
        await expect.poll(heard, { message: name }).toMatchObject([{ local, detail }]);
      }
    };

    const form = acting.panel.getByRole("form");
    await form.getByRole("textbox", { name: "Name" }).fill("Vera");
    await acting.page.keyboard.press("Enter");
    await expect(acting.composer).toBeFocused();
    const question = aText("In both?");
    await acting.send(question);
    await acting.expectSent(question);
    await once("prechatSubmit", { fields: ["fullName"] });

    const agent = createTestAgent(server.access);
    const { id } = await agent.answer(question, "In each.");
    await acting.expectMessage("In each.");
    await once("readReceipt", { conversationId: id, readBy: "visitor" });

    await agent.resolve(id);
    await acting.thread.getByRole("radio", { name: "Good", exact: true }).click();
    await expect(acting.thread.getByText("Thank you for your rating.")).toBeVisible();
    await once("csatSubmit", { conversationId: id, rating: 4 });
  } finally {
    await context.close();
    await changeInbox(server, { csat_survey_enabled: false, pre_chat_form_enabled: false });
  }
});
