// The form before a chat, answered: who the visitor is and what his conversation is about, at once.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestApp } from "../test-kit/app.ts";
import type { TestApp } from "../test-kit/app.ts";
import { aConversationAccount } from "../test-kit/conversations.ts";
import { connectAgent } from "../test-kit/sockets.ts";

let app: TestApp;
const clock = { now: new Date("2026-11-20T12:00:00Z") };
beforeAll(async () => {
  app = await openTestApp({ clock: () => clock.now });
});
afterAll(() => app.close());

const kinds = { text: 0, number: 1, link: 4, date: 5, list: 6, checkbox: 7 };

async function setUp() {
  const all = await aConversationAccount(app, clock);
  const { rule, inbox, visit } = all;
  const define = (key: string, kind: keyof typeof kinds, model: 0 | 1, values: string[] = []) =>
    rule("POST", "/custom_attribute_definitions", {
      body: {
        attribute_display_name: key,
        attribute_key: key,
        attribute_display_type: kinds[kind],
        attribute_values: values,
        attribute_model: model,
      },
    });
  await define("plan", "list", 0, ["free", "pro"]);
  await define("seats", "number", 1);
  await define("since", "date", 1);
  await define("site", "link", 0);
  await define("adult", "checkbox", 1);
  const field = (name: string, field_type: string, required = false) => ({
    name,
    field_type,
    required,
  });
  const set = await rule("PATCH", `/inboxes/${inbox.id}`, {
    body: {
      pre_chat_form_enabled: true,
      pre_chat_form_options: {
        pre_chat_fields: [
          field("fullName", "standard"),
          field("emailAddress", "standard", true),
          field("phoneNumber", "standard"),
          field("plan", "conversation_attribute"),
          field("site", "conversation_attribute"),
          field("seats", "contact_attribute"),
          field("since", "contact_attribute"),
          field("adult", "contact_attribute", true),
        ],
        consent: { text: "We keep it.", privacy_url: "https://example.com/p", required: true },
      },
    },
  });
  expect(set.status).toBe(200);
  const begin = (fields: object, more: object = { consent: true }) =>
    visit("POST", "/conversations", {
      body: {
        echo_id: "c1",
        pre_chat: { fields: { emailAddress: "vera@example.com", adult: true, ...fields }, ...more },
        message: { content: "Hello", echo_id: "m1" },
      },
    });
  return { ...all, begin };
}

describe("answers to the form before a chat", () => {
  it("become the contact's and the conversation's with its first message", async () => {
    const { begin, work, agent, visit } = await setUp();
    const desk = await connectAgent(app.url, agent.pubsubToken);
    const begun = await begin({
      fullName: "  Vera Long ",
      phoneNumber: "+49 30 1234",
      plan: "pro",
      site: "https://example.com/",
      seats: "12",
      since: "2024-02-29",
      shoeSize: 43,
    });
    expect(begun.status).toBe(200);
    expect(begun.body.custom_attributes).toEqual({ plan: "pro", site: "https://example.com/" });
    const { meta, additional_attributes } = (
      await work("GET", `/conversations/${begun.body.id as number}`)
    ).body;
    expect(meta.sender).toMatchObject({
      name: "Vera Long",
      email: "vera@example.com",
      phone_number: "+49 30 1234",
      custom_attributes: { seats: 12, since: "2024-02-29", adult: true },
    });
    expect(additional_attributes.consent).toEqual({
      text: "We keep it.",
      privacy_url: "https://example.com/p",
      at: clock.now.toISOString(),
    });
    const heard = await desk.hears("message:created");
    expect(heard.message.sender?.name).toBe("Vera Long");
    // Sent again, because its answer was lost: the same conversation, whatever it says.
    const again = await visit("POST", "/conversations", {
      body: { echo_id: "c1", pre_chat: { fields: {} } },
    });
    expect(again.body.id).toBe(begun.body.id);
  });

  it.each([
    ["emailAddress", { emailAddress: " " }],
    ["emailAddress", { emailAddress: "vera" }],
    ["phoneNumber", { phoneNumber: "call me" }],
    ["plan", { plan: "gold" }],
    ["site", { site: "javascript:alert(1)" }],
    ["seats", { seats: "many" }],
    ["since", { since: "2024-02-30" }],
    ["adult", { adult: false }],
  ])("that do not fit are refused by name, and nothing is stored: %s", async (name, fields) => {
    const { begin, visit, rule } = await setUp();
    const refused = await begin(fields);
    expect(refused.status).toBe(422);
    expect(refused.body.attributes).toEqual([`pre_chat.fields.${name}`]);
    expect((await visit("GET", "/conversations")).body).toEqual([]);
    expect((await rule("GET", "/contacts/search?q=vera@")).body.payload).toEqual([]);
  });

  it("need the consent that is required", async () => {
    const { begin } = await setUp();
    expect((await begin({}, {})).body.attributes).toEqual(["pre_chat.consent"]);
  });

  it("may be missing altogether: other clients know no form", async () => {
    const { visit } = await setUp();
    expect((await visit("POST", "/conversations", { body: {} })).status).toBe(200);
  });
});
