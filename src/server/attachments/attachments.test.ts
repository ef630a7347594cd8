// Files, from the form to whoever downloads them, over a real app and a real folder.
import { and, eq, isNull } from "drizzle-orm";
import { describe, expect, it, vi } from "vitest";
import { attachmentSchema } from "../../protocol/records-attachments.ts";
import type { Attachment } from "../../protocol/records-attachments.ts";
import { messageSchema } from "../../protocol/records.ts";
import { attachments } from "../database/attachment-tables.ts";
import { asVisitor } from "../test-kit/call.ts";
import { connectAgent, connectVisitor } from "../test-kit/sockets.ts";
import { listConversationAttachments } from "./of-conversation.ts";
import { aForm, aPicture, pathOf } from "./test-files.ts";
import { app, keysOf, open, setClock, setUp, stored, useFiles } from "./test-setup.ts";

useFiles();

describe("a message's form", () => {
  it("brings a picture and a file, which both sides get and download", async () => {
    const { visit, work, messages, visitor, agent, id } = await setUp();
    const agents = await connectAgent(app.url, agent.pubsubToken);
    const png = await aPicture("png", 900, 300);
    const body = aForm(
      [
        { name: "a.png", bytes: png, type: "text/html" },
        { name: "notes.csv", bytes: "a,b\n1,2\n", type: "image/png" },
      ],
      { content: "see these", echo_id: "one" },
    );
    const sent = await visit("POST", messages, { body });
    expect(sent.status).toBe(200);
    const message = messageSchema.parse(sent.body);
    expect(message).toMatchObject({ content: "see these", echo_id: "one" });
    const [picture, notes] = message.attachments;
    expect(attachmentSchema.strict().parse(picture)).toMatchObject({
      file_type: "image",
      file_name: "a.png",
      content_type: "image/png",
      file_size: png.length,
      width: 900,
      height: 300,
      thumb_url: expect.stringMatching(/^http:\/\/parlor\.test\/thumbnails\/[\w-]{32}$/),
    });
    expect(notes).toMatchObject({
      file_type: "file",
      file_name: "notes.csv",
      content_type: "text/plain",
      width: null,
      thumb_url: null,
    });
    const heard = await agents.hears("message:created");
    expect(heard.message.attachments).toEqual(message.attachments);
    expect((await work("GET", messages)).body.at(-1)).toEqual(message);
    expect((await visit("GET", `/conversations/${id}`)).body.messages.at(-1)).toEqual(message);
    const line = await connectVisitor(app.url, visitor.pubsubToken);
    const synced = await line.send("conversation:sync", { conversation_id: id, after_seq: 0 });
    expect(synced).toMatchObject({ data: { messages: [message] } });

    const whole = await open(picture?.data_url ?? "");
    expect(whole.bytes.equals(png)).toBe(true);
    const small = await open(picture?.thumb_url ?? "");
    expect(small.headers.get("content-type")).toBe("image/webp");
    expect(small.bytes.length).toBeGreaterThan(50);
  });

  it("may be files alone; without words and files it is refused", async () => {
    const { visit, work, messages } = await setUp();
    const files = [{ name: "a.txt", bytes: "a" }];
    const sent = await visit("POST", messages, { body: aForm(files) });
    expect(sent.body).toMatchObject({ content: null, attachments: [{ file_name: "a.txt" }] });
    const note = await work("POST", messages, { body: aForm(files, { private: "true" }) });
    expect(note.body).toMatchObject({ private: true, content: null, message_type: "outgoing" });
    const seen = await visit("GET", messages);
    expect(seen.body).toHaveLength(1);
    for (const body of [{}, { attachments: [] }, { content: " ", attachments: [] }]) {
      const refused = await visit("POST", messages, { body });
      expect([refused.status, refused.body.attributes]).toEqual([422, ["content"]]);
    }
  });

  it("is stored once however often its echo id comes, with the files that came first", async () => {
    const { visit, messages, account } = await setUp();
    const form = () => aForm([{ name: "a.txt", bytes: "once" }], { echo_id: "same" });
    const [first, second] = [
      await visit("POST", messages, { body: form() }),
      await visit("POST", messages, { body: form() }),
    ];
    expect(second?.body).toEqual(first?.body);
    expect((await visit("GET", messages)).body).toHaveLength(1);
    const attached = await app.db
      .select()
      .from(attachments)
      .where(and(eq(attachments.account_id, account), eq(attachments.message_id, first?.body.id)));
    expect(attached).toHaveLength(1);
  });
});

describe("a file", () => {
  it("comes whole, in ranges, or not again", async () => {
    const { visit, messages } = await setUp();
    const bytes = Buffer.from(Array.from({ length: 1_000 }, (_, n) => n % 251));
    const { body } = await visit("POST", messages, { body: aForm([{ name: "data.bin", bytes }]) });
    const url = body.attachments[0].data_url as string;
    const whole = await open(url);
    expect(whole.bytes.equals(bytes)).toBe(true);
    expect(Object.fromEntries(whole.headers)).toMatchObject({
      "content-type": "application/octet-stream",
      "content-length": "1000",
      "accept-ranges": "bytes",
      "content-disposition": `attachment; filename="data.bin"; filename*=UTF-8''data.bin`,
      "x-content-type-options": "nosniff",
      "content-security-policy": "sandbox; default-src 'none'",
      "cross-origin-resource-policy": "cross-origin",
      "cache-control": expect.stringMatching(/^private,/),
    });
    const ranges: [string, number, string | null, Buffer][] = [
      ["bytes=0-9", 206, "bytes 0-9/1000", bytes.subarray(0, 10)],
      ["bytes=990-", 206, "bytes 990-999/1000", bytes.subarray(990)],
      ["bytes=-5", 206, "bytes 995-999/1000", bytes.subarray(995)],
      ["bytes=990-5000", 206, "bytes 990-999/1000", bytes.subarray(990)],
      ["bytes=1000-", 416, "bytes */1000", Buffer.alloc(0)],
      ["bytes=-0", 416, "bytes */1000", Buffer.alloc(0)],
      ["bytes=5-1", 200, null, bytes],
      ["bytes=0-1,5-6", 200, null, bytes],
      ["lines=1-2", 200, null, bytes],
    ];
    for (const [range, status, contentRange, expected] of ranges) {
      const part = await open(url, { range });
      expect([range, part.status, part.headers.get("content-range")]).toEqual([
        range,
        status,
        contentRange,
      ]);
      expect(part.bytes.equals(expected), range).toBe(true);
    }
    const etag = whole.headers.get("etag") ?? "";
    expect((await open(url, { "if-none-match": etag })).status).toBe(304);
    expect((await open(url, { range: "bytes=0-1", "if-range": '"other"' })).status).toBe(200);
    const head = await fetch(app.url + pathOf(url), { method: "HEAD" });
    expect([head.status, head.headers.get("content-length")]).toEqual([200, "1000"]);
  });

  it("goes with its message, its conversation's contact and its inbox", async () => {
    const { visit, work, rule, messages, account, visitor, inbox } = await setUp();
    const send = async (name: string): Promise<{ id: number; file: Attachment }> => {
      const { body } = await visit("POST", messages, {
        body: aForm([{ name, bytes: await aPicture() }]),
      });
      return { id: body.id, file: body.attachments[0] };
    };
    const first = await send("first.png");
    const second = await send("second.png");
    const [key = ""] = await keysOf(account);
    expect(await stored()).toContain(`${key}.thumb`);
    const deleted = await work("DELETE", `${messages}/${first.id}`);
    expect(deleted.body.attachments).toEqual([]);
    expect((await open(first.file.data_url)).status).toBe(404);
    expect((await open(first.file.thumb_url ?? "")).status).toBe(404);
    expect((await open(second.file.data_url)).status).toBe(200);
    expect((await work("GET", messages)).body[0].attachments).toEqual([]);
    await vi.waitFor(async () => expect(await keysOf(account)).toHaveLength(1), 5_000);
    expect(await stored()).not.toContain(key);
    expect(await stored()).not.toContain(`${key}.thumb`);

    const config = app.config;
    const [row] = await app.db
      .select()
      .from(attachments)
      .where(eq(attachments.account_id, account));
    const listed = await listConversationAttachments(
      { db: app.db, config },
      { conversationId: row?.conversation_id ?? 0, publicOnly: true },
    );
    expect(listed).toEqual([{ message_id: second.id, ...second.file }]);

    expect((await rule("DELETE", `/contacts/${visitor.id}`)).status).toBe(200);
    expect((await open(second.file.data_url)).status).toBe(404);
    await vi.waitFor(async () => expect(await keysOf(account)).toEqual([]), 5_000);

    const other = asVisitor(app.url, await app.build.aVisitor(inbox));
    const conversation = (await other("POST", "/conversations")).body.id as number;
    const { body } = await other("POST", `/conversations/${conversation}/messages`, {
      body: aForm([{ name: "a.txt", bytes: "a" }]),
    });
    expect((await rule("DELETE", `/inboxes/${inbox.id}`)).status).toBe(200);
    expect((await open(body.attachments[0].data_url)).status).toBe(404);
    await vi.waitFor(async () => expect(await keysOf(account)).toEqual([]), 5_000);
  });

  it("that was never sent is swept up after a week, one that was sent stays", async () => {
    const { upload, visit, messages, account } = await setUp();
    const sent = await upload("sent.txt", "sent");
    await visit("POST", messages, { body: { attachments: [sent.upload_id] } });
    await upload("old.txt", "old");
    setClock(167);
    await upload("young.txt", "young");
    setClock(169);
    await app.db.transaction(async (tx) => {
      const { sweepSoon } = await import("./sweep.ts");
      const { createJobs } = await import("../jobs/jobs.ts");
      const { pino } = await import("pino");
      const log = pino({ level: "silent" });
      await sweepSoon({ jobs: createJobs({ pool: app.database.connection.pool, log }) }, tx);
    });
    await vi.waitFor(async () => {
      const rows = await app.db
        .select()
        .from(attachments)
        .where(eq(attachments.account_id, account));
      expect(rows.map((row) => row.file_name).toSorted()).toEqual(["sent.txt", "young.txt"]);
    }, 5_000);
    const waiting = await app.db.select().from(attachments).where(isNull(attachments.attached_at));
    expect(waiting.every((row) => row.file_name !== "old.txt")).toBe(true);
    setClock();
  });
});
