// Messages that ask or show more than text, through both doors, and the visitor's answers (rows 59 and 92).
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { events } from "../database/event-tables.ts";
import { openTestApp } from "../test-kit/app.ts";
import type { TestApp } from "../test-kit/app.ts";
import { asVisitor } from "../test-kit/call.ts";
import { aConversationAccount } from "../test-kit/conversations.ts";
import { connectAgent, connectVisitor } from "../test-kit/sockets.ts";
import { attacks } from "./rich-text/attack-corpus.ts";

let app: TestApp;
const clock = { now: new Date() };
beforeAll(async () => {
  app = await openTestApp({ clock: () => clock.now });
});
afterAll(() => app.close());

const choices = [
  { title: "Yes, please", value: "yes" },
  { title: "No", value: "no" },
];
const form = [
  { name: "mail", label: "E-mail", type: "email", placeholder: "you@example.com", required: true },
  { name: "size", label: "Size", type: "select", options: [{ label: "Small", value: "s" }] },
  { name: "more", label: "More", type: "text_area", default: "nothing" },
];
const card = {
  title: "A chair",
  description: "Oak",
  media_url: "https://shop.test/chair.png",
  actions: [
    { type: "link", text: "See", uri: "https://shop.test/chair" },
    { type: "postback", text: "I want it", payload: "chair" },
  ],
};
const article = { title: "Returns", description: "30 days", link: "https://shop.test/returns" };

async function setUp() {
  const world = await aConversationAccount(app, clock);
  const id = await world.start("Hello");
  const post = (body: object) => world.work("POST", `/conversations/${id}/messages`, { body });
  const ask = async (content_type: string, items?: unknown) => {
    const content_attributes = items === undefined ? {} : { items };
    const asked = await post({ content: "A question", content_type, content_attributes });
    expect(asked.status).toBe(200);
    return asked.body as { id: number; content_attributes: Record<string, unknown> };
  };
  const answer = (message: { id: number }, submitted_values: unknown) =>
    world.visit("PATCH", `/conversations/${id}/messages/${message.id}`, {
      body: { submitted_values },
    });
  return { ...world, id, post, ask, answer };
}

describe("a message that is more than text", () => {
  it("is stored with what its kind knows, and reaches the visitor so", async () => {
    const { ask, visit, visitor, id, post } = await setUp();
    const socket = await connectVisitor(app.url, visitor.pubsubToken);
    const select = await ask("input_select", choices);
    expect(select.content_attributes).toEqual({ items: choices });
    const heard = await socket.hears("message:created", ({ message }) => message.id === select.id);
    expect(heard.message).toMatchObject({
      content_type: "input_select",
      content_attributes: { items: choices },
    });
    const shown = await ask("cards", [{ ...card, submitted_values: [], extra: 1 }]);
    expect(shown.content_attributes).toEqual({ items: [card] });
    expect((await ask("article", [article])).content_attributes).toEqual({ items: [article] });
    expect((await ask("input_email")).content_attributes).toEqual({});
    expect((await ask("form", form)).content_attributes).toMatchObject({
      items: [{ name: "mail" }, { name: "size", required: false }, { default: "nothing" }],
    });
    // As clients send it that have nothing but forms.
    const multipart = new FormData();
    multipart.set("content", "Choose");
    multipart.set("content_type", "input_select");
    multipart.set("content_attributes", JSON.stringify({ items: choices }));
    expect((await post(multipart)).body).toMatchObject({ content_attributes: { items: choices } });
    const listed = (await visit("GET", `/conversations/${id}/messages`)).body;
    expect(listed.map((message: { content_type: string }) => message.content_type)).toEqual([
      "text",
      "input_select",
      "cards",
      "article",
      "input_email",
      "form",
      "input_select",
    ]);
  });

  it("comes through the socket too, and once for one echo id", async () => {
    const { agent, id } = await setUp();
    const socket = await connectAgent(app.url, agent.pubsubToken);
    const message = {
      conversation_id: id,
      content: "Choose",
      echo_id: "one",
      content_type: "input_select",
      content_attributes: { items: choices },
    } as const;
    const first = await socket.send("message:send", message);
    expect(first).toMatchObject({ ok: true, data: { content_attributes: { items: choices } } });
    expect(await socket.send("message:send", message)).toEqual(first);
    const wrong = { ...message, echo_id: "two", content_attributes: { items: [] } };
    expect(await socket.send("message:send", wrong)).toMatchObject({
      ok: false,
      error: { code: "invalid", field: "content_attributes.items" },
    });
  });

  it("is refused, naming the field, when it is not what its kind must be", async () => {
    const { post } = await setUp();
    const cases: [type: string, items: unknown, field: string][] = [
      ["input_select", undefined, "items"],
      ["input_select", "many", "items"],
      ["input_select", [{ title: "", value: "x" }], "items.0.title"],
      ["input_select", [{ title: "A\u0000", value: "x" }], "items.0.title"],
      ["input_select", [choices[0], choices[0]], "items.1.value"],
      [
        "input_select",
        Array.from({ length: 51 }, (_, n) => ({ title: "x", value: `${n}` })),
        "items",
      ],
      ["cards", [{ ...card, media_url: "mailto:a@b.test" }], "items.0.media_url"],
      ["cards", [{ ...card, media_url: { toString: "x" } }], "items.0.media_url"],
      ["cards", [{ ...card, actions: [{ type: "link", text: "x" }] }], "items.0.actions.0.uri"],
      ["cards", [{ ...card, actions: [{ type: "script", text: "x" }] }], "items.0.actions.0.type"],
      ["form", [{ ...form[0], type: "password" }], "items.0.type"],
      ["form", [form[0], form[0]], "items.1.name"],
      ["form", [{ name: "a", label: "A", type: "select" }], "items.0.options"],
      ["article", [{ title: "x", link: "/relative" }], "items.0.link"],
    ];
    for (const [content_type, items, field] of cases) {
      const refused = await post({ content: "x", content_type, content_attributes: { items } });
      expect(refused.status, field).toBe(422);
      expect(refused.body.attributes).toEqual([`content_attributes.${field}`]);
    }
    const kinds = { content_type: "input_text", content_attributes: {} };
    expect((await post({ content: "x", ...kinds })).body.attributes).toEqual(["content_type"]);
    const note = { content: "x", private: true, content_type: "input_email" };
    const plain = { private: true, content_type: "text", content_attributes: {} };
    expect((await post(note)).body).toMatchObject(plain);
  });

  it("links nowhere but to the web, mail and telephone, whatever the disguise", async () => {
    const { post } = await setUp();
    const schemes = attacks
      .flatMap(({ text }) => [...text.matchAll(/\]\(<?([^)>\n]+)>?\)/gu)].map(([, href]) => href))
      .concat(
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "\u0001javascript:x",
      );
    expect(schemes.length).toBeGreaterThan(10);
    for (const uri of schemes) {
      const items = [{ title: "x", actions: [{ type: "link", text: "x", uri }] }];
      const answer = await post({
        content: "x",
        content_type: "cards",
        content_attributes: { items },
      });
      if (answer.status === 422) continue;
      const [{ actions }] = answer.body.content_attributes.items;
      expect(actions[0].uri).toMatch(/^(https?:\/\/|mailto:|tel:)/);
    }
  }, 20_000);
});

describe("a visitor's answer", () => {
  it("is one of the offers, is kept with the message, and reaches the agent", async () => {
    const { ask, answer, agent, id } = await setUp();
    const desk = await connectAgent(app.url, agent.pubsubToken);
    const select = await ask("input_select", choices);
    for (const wrong of [
      [],
      [{ value: "maybe" }],
      [{ value: "yes" }, { value: "no" }],
      {},
      "yes",
    ]) {
      expect((await answer(select, wrong)).status).toBe(422);
    }
    const chosen = await answer(select, [{ title: "<b>a lie</b>", value: "yes" }]);
    expect(chosen.status).toBe(200);
    const { content_attributes } = chosen.body;
    expect(content_attributes).toEqual({ items: choices, submitted_values: [choices[0]] });
    const heard = await desk.hears("message:updated", ({ message }) => message.id === select.id);
    expect(heard.message.content_attributes).toEqual(content_attributes);
    // Sent again, as after a lost answer; then otherwise.
    expect((await answer(select, [{ value: "yes" }])).status).toBe(200);
    const changed = await answer(select, [{ value: "no" }]);
    expect([changed.status, changed.body.code]).toEqual([409, "conflict"]);
    const cards = await ask("cards", [card]);
    expect((await answer(cards, [{ value: "table" }])).status).toBe(422);
    expect((await answer(cards, [{ value: "chair" }])).body.content_attributes).toMatchObject({
      submitted_values: [{ title: "I want it", value: "chair" }],
    });
    const recorded = await app.db.select().from(events).where(eq(events.message_id, select.id));
    expect(recorded.map(({ changes }) => changes)).toEqual([{}, { answered: [false, true] }]);
    expect(id).toBeGreaterThan(0);
  });

  it("fills a form in field by field", async () => {
    const { ask, answer } = await setUp();
    const asked = await ask("form", form);
    const wrong: [unknown, string][] = [
      [[], "mail"],
      [[{ name: "mail", value: "nobody" }], "mail"],
      [
        [
          { name: "mail", value: "a@b.test" },
          { name: "size", value: "xl" },
        ],
        "size",
      ],
      [
        [
          { name: "mail", value: "a@b.test" },
          { name: "admin", value: "1" },
        ],
        "1.name",
      ],
      [[{ name: "mail", value: 1 }], "0.value"],
    ];
    for (const [values, field] of wrong) {
      const refused = await answer(asked, values);
      expect([refused.status, refused.body.attributes]).toEqual([
        422,
        [`submitted_values.${field}`],
      ]);
    }
    const filled = await answer(asked, [
      { name: "size", value: "s" },
      { name: "mail", value: " a@b.test " },
    ]);
    expect(filled.body.content_attributes.submitted_values).toEqual([
      { name: "mail", value: "a@b.test" },
      { name: "size", value: "s" },
      { name: "more", value: "" },
    ]);
  });

  it("gives the contact his e-mail address", async () => {
    const { ask, answer, work, visitor } = await setUp();
    const asked = await ask("input_email");
    expect((await answer(asked, { email: "no address" })).body.attributes).toEqual([
      "submitted_values.email",
    ]);
    expect((await answer(asked, { email: "Vera@Example.com" })).status).toBe(200);
    const contact = await work("GET", `/contacts/${visitor.id}`);
    expect(contact.body.payload.contact?.email).toBe("vera@example.com");
  });

  it("is refused from anybody else, and for a message that is not there or asks nothing", async () => {
    const { ask, answer, inbox, id, visit } = await setUp();
    const select = await ask("input_select", choices);
    const values = { body: { submitted_values: [{ value: "yes" }] } };
    const other = asVisitor(app.url, await app.build.aVisitor(inbox));
    const path = `/conversations/${id}/messages/${select.id}`;
    expect((await other("PATCH", path, values)).status).toBe(404);
    const elsewhere = (await visit("POST", "/conversations")).body.id as number;
    const moved = `/conversations/${elsewhere}/messages/${select.id}`;
    expect((await visit("PATCH", moved, values)).status).toBe(404);
    expect((await answer(await ask("article", [article]), [{ value: "yes" }])).status).toBe(422);
    expect((await answer({ id: 999_999_999 }, [])).status).toBe(404);
  });
});
