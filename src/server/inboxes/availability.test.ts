// What an administrator sets of hours and of the form before a chat, and what a visitor learns of it.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { publicPaths } from "../../protocol/paths.ts";
import { publicInboxSchema } from "../../protocol/records.ts";
import type { PublicInbox } from "../../protocol/records.ts";
import { openTestApp } from "../test-kit/app.ts";
import type { TestApp } from "../test-kit/app.ts";
import { asAgent, call } from "../test-kit/call.ts";
import { aConversationAccount } from "../test-kit/conversations.ts";

let app: TestApp;
const clock = { now: new Date("2026-11-20T12:00:00Z") };
beforeAll(async () => {
  app = await openTestApp({ clock: () => clock.now });
});
afterAll(() => app.close());

async function setUp() {
  clock.now = new Date("2026-11-20T12:00:00Z");
  const account = await app.build.anAccount();
  const inbox = await app.build.anInbox(account);
  const administrator = await app.build.anAgent(account, {
    role: "administrator",
    autoOffline: false,
    inboxes: [inbox],
  });
  const work = asAgent(app.url, administrator);
  const patch = (body: object) => work("PATCH", `/inboxes/${inbox.id}`, { body });
  const seen = async (): Promise<PublicInbox> =>
    publicInboxSchema
      .strict()
      .parse((await call("GET", app.url + publicPaths.inbox(inbox.token))).body);
  return { account, inbox, work, patch, seen };
}

const seconds = (iso: string) => Date.parse(iso) / 1_000;

describe("an inbox's hours", () => {
  it("make its agents unavailable when it is closed, and tell when it opens", async () => {
    const { patch, seen } = await setUp();
    expect(await seen()).toMatchObject({ availability: "available", opening_hours: null });
    const set = await patch({
      working_hours_enabled: true,
      timezone: "America/New_York",
      working_hours: [
        { day_of_week: 5, open_hour: 9, open_minutes: 30, close_hour: 17, close_minutes: 0 },
        { day_of_week: 1, open_all_day: true },
      ],
      holidays: [{ starts_on: "2026-11-23", name: "Day off" }],
      out_of_office_message: "Back soon.",
    });
    expect(set.body).toMatchObject({
      working_hours_enabled: true,
      timezone: "America/New_York",
      holidays: [{ name: "Day off", starts_on: "2026-11-23", ends_on: "2026-11-23" }],
      out_of_office_message: "Back soon.",
    });
    expect(
      set.body.working_hours.map((day: { closed_all_day: boolean }) => day.closed_all_day),
    ).toEqual([true, false, true, true, true, false, true]);
    const closed = await seen();
    expect(closed.availability).toBe("unavailable");
    expect(closed.opening_hours?.is_open).toBe(false);
    expect(closed.opening_hours?.changes_at.slice(0, 3)).toEqual([
      seconds("2026-11-20T14:30:00Z"),
      seconds("2026-11-20T22:00:00Z"),
      seconds("2026-11-27T14:30:00Z"),
    ]);
    expect(JSON.stringify(closed)).not.toContain("New_York");
    clock.now = new Date("2026-11-20T14:30:00Z");
    expect(await seen()).toMatchObject({
      availability: "available",
      opening_hours: { is_open: true },
    });
  });

  it.each([
    ["timezone", { timezone: "Europe/Atlantis" }],
    ["timezone", { timezone: "+01:00" }],
    ["working_hours", { working_hours: [{ day_of_week: 1 }, { day_of_week: 1 }] }],
    ["working_hours.0.day_of_week", { working_hours: [{ day_of_week: 7 }] }],
    ["working_hours.0.open_hour", { working_hours: [{ day_of_week: 1, open_hour: 24 }] }],
    ["working_hours", { working_hours: [{ day_of_week: 1, open_hour: 9, close_hour: 9 }] }],
    ["holidays.0.starts_on", { holidays: [{ starts_on: "2026-02-30" }] }],
    ["holidays.0", { holidays: [{ starts_on: "2026-02-03", ends_on: "2026-02-02" }] }],
  ])("that make no sense are refused by name: %s", async (field, body) => {
    const { patch } = await setUp();
    const refused = await patch(body);
    expect(refused.status).toBe(422);
    expect(refused.body.attributes).toContain(field);
  });
});

describe("the form before a chat", () => {
  it("shows its enabled fields in their order, with the kinds of their attributes", async () => {
    const { work, patch, seen } = await setUp();
    const plan = await work("POST", "/custom_attribute_definitions", {
      body: {
        attribute_display_name: "Your plan",
        attribute_key: "plan",
        attribute_display_type: 6,
        attribute_values: ["free", "pro"],
        attribute_model: 0,
      },
    });
    const form = {
      pre_chat_message: "Who are you?",
      pre_chat_fields: [
        { field_type: "conversation_attribute", name: "plan", required: true },
        { field_type: "standard", name: "phoneNumber", enabled: false },
        { field_type: "standard", name: "emailAddress", label: "E-mail", placeholder: "you@…" },
      ],
      consent: { text: "We keep it.", privacy_url: "https://example.com/privacy", required: true },
    };
    expect((await patch({ pre_chat_form_options: form })).status).toBe(200);
    expect((await seen()).pre_chat_form).toBeNull();
    await patch({ pre_chat_form_enabled: true });
    const shown = await seen();
    expect(shown.pre_chat_form).toEqual({
      message: "Who are you?",
      fields: [
        {
          name: "plan",
          field_type: "conversation_attribute",
          type: "list",
          label: "Your plan",
          placeholder: "",
          required: true,
          values: ["free", "pro"],
        },
        {
          name: "emailAddress",
          field_type: "standard",
          type: "email",
          label: "E-mail",
          placeholder: "you@…",
          required: false,
          values: [],
        },
      ],
      consent: form.consent,
    });
    await work("DELETE", `/custom_attribute_definitions/${plan.body.id as number}`);
    expect((await seen()).pre_chat_form?.fields.map(({ name }) => name)).toEqual(["emailAddress"]);
  });

  it.each([
    ["name", { pre_chat_fields: [{ field_type: "standard", name: "shoeSize" }] }],
    ["name", { pre_chat_fields: [{ field_type: "contact_attribute", name: "unheard_of" }] }],
    ["consent", { consent: { text: "x", privacy_url: "javascript:alert(1)" } }],
    [
      "pre_chat_fields",
      { pre_chat_fields: [1, 2].map(() => ({ field_type: "standard", name: "fullName" })) },
    ],
  ])("that cannot be filled in is refused by its %s", async (field, options) => {
    const { patch } = await setUp();
    const refused = await patch({ pre_chat_form_options: options });
    expect(refused.status).toBe(422);
    expect(JSON.stringify(refused.body.attributes)).toContain(field);
  });
});

describe("the usual wait", () => {
  it("is the median of the latest first answers, once there are some", async () => {
    const waits = [10, 60, 120, 300, 3_600];
    const { inbox, start, work } = await aConversationAccount(app, clock);
    const usual = async () => {
      // Longer than a figure is remembered.
      clock.now = new Date(clock.now.getTime() + 301_000);
      return (await call("GET", app.url + publicPaths.inbox(inbox.token))).body.usual_reply_seconds;
    };
    for (const wait of waits) {
      expect(await usual()).toBeNull();
      const id = await start("Hello");
      clock.now = new Date(clock.now.getTime() + wait * 1_000);
      await work("POST", `/conversations/${id}/messages`, { body: { content: "Hi" } });
    }
    expect(await usual()).toBe(120);
    clock.now = new Date(clock.now.getTime() + 8 * 86_400_000);
    expect(await usual()).toBeNull();
  });
});
