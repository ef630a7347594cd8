// Files, from the form or the upload to whoever downloads them, over a real app and a real folder.
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { request as httpRequest } from "node:http";
import os from "node:os";
import path from "node:path";
import { and, eq, isNull } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { attachmentSchema, uploadSchema } from "../../protocol/records-attachments.ts";
import type { Attachment, Upload } from "../../protocol/records-attachments.ts";
import { messageSchema } from "../../protocol/records.ts";
import { publicPaths } from "../../protocol/paths.ts";
import { attachments } from "../database/attachment-tables.ts";
import { openTestApp } from "../test-kit/app.ts";
import type { TestApp } from "../test-kit/app.ts";
import { asAgent, asVisitor } from "../test-kit/call.ts";
import { connectAgent, connectVisitor } from "../test-kit/sockets.ts";
import { listConversationAttachments } from "./of-conversation.ts";
import { aForm, aPicture, bytesOf, pathOf } from "./test-files.ts";

let app: TestApp;
let folder: string;
let now = new Date();
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "parlor-files-"));
  app = await openTestApp({ config: { dataDirectory: folder }, clock: () => now });
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true });
});

async function setUp(more: Parameters<TestApp["build"]["anInbox"]>[1] = {}) {
  const account = await app.build.anAccount();
  const inbox = await app.build.anInbox(account, more);
  const agent = await app.build.anAgent(account, { name: "Ada", inboxes: [inbox] });
  const administrator = await app.build.anAgent(account, { role: "administrator" });
  const visitor = await app.build.aVisitor(inbox);
  const visit = asVisitor(app.url, visitor);
  const work = asAgent(app.url, agent);
  const rule = asAgent(app.url, administrator);
  const id = (await visit("POST", "/conversations")).body.id as number;
  const messages = `/conversations/${id}/messages`;
  const upload = async (
    name: string,
    bytes: Buffer | string,
    send = visit,
    to = "/attachments",
  ) => {
    const answer = await send("POST", to, { body: aForm([{ name, bytes }]) });
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    return uploadSchema.strict().parse(answer.body);
  };
  return { account, inbox, agent, visitor, visit, work, rule, id, messages, upload };
}

/** Everything that the folder holds, what is on its way too. */
async function stored(): Promise<string[]> {
  const entries = await readdir(path.join(folder, "uploads"), {
    recursive: true,
    withFileTypes: true,
  }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}
/** In the order in which they came. */
const keysOf = async (accountId: number) => {
  const rows = await app.db
    .select({ key: attachments.storage_key })
    .from(attachments)
    .where(eq(attachments.account_id, accountId))
    .orderBy(attachments.id);
  return rows.map(({ key }) => key);
};
const open = (url: string, headers?: Record<string, string>) =>
  bytesOf(app.url + pathOf(url), headers);

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

describe("an upload", () => {
  it("becomes part of the message that names it, on the socket and at the start of a conversation", async () => {
    const { visitor, upload, agent, work, id } = await setUp();
    const socket = await connectVisitor(app.url, visitor.pubsubToken);
    const [one, two, three] = [
      await upload("one.txt", "1"),
      await upload("two.txt", "2"),
      await upload("three.txt", "3"),
    ] as [Upload, Upload, Upload];
    const send = () =>
      socket.send("message:send", {
        conversation_id: id,
        echo_id: "e1",
        attachments: [two.upload_id, one.upload_id],
      });
    const sent = await send();
    expect(sent).toMatchObject({
      ok: true,
      data: { content: null, attachments: [{ file_name: "two.txt" }, { file_name: "one.txt" }] },
    });
    expect(await send()).toEqual(sent);
    const start = () =>
      socket.send("conversation:start", {
        echo_id: "s1",
        message: { content: "hello", echo_id: "s2", attachments: [three.upload_id] },
      });
    const started = await start();
    expect(started).toMatchObject({
      ok: true,
      data: { messages: [{ content: "hello", attachments: [{ file_name: "three.txt" }] }] },
    });
    expect(await start()).toEqual(started);

    const agents = await connectAgent(app.url, agent.pubsubToken);
    const mine = await upload("reply.txt", "r", work, `/conversations/${id}/attachments`);
    const heard = socket.hears(
      "message:created",
      ({ message }) => message.message_type === "outgoing",
    );
    const replied = await agents.send("message:send", {
      conversation_id: id,
      echo_id: "r1",
      content: "here",
      attachments: [mine.upload_id],
    });
    expect(replied).toMatchObject({ data: { attachments: [{ file_name: "reply.txt" }] } });
    expect((await heard).message.attachments).toMatchObject([{ file_name: "reply.txt" }]);
  });

  it("is its sender's alone, and is used once", async () => {
    const own = await setUp();
    const { upload_id } = await own.upload("mine.txt", "secret");
    const other = await app.build.aVisitor(own.inbox);
    const others = asVisitor(app.url, other);
    const { id } = (await others("POST", "/conversations")).body;
    const stranger = await setUp();
    const tries = [
      () => others("POST", `/conversations/${id}/messages`, { body: { attachments: [upload_id] } }),
      () => own.work("POST", own.messages, { body: { attachments: [upload_id] } }),
      () => stranger.visit("POST", stranger.messages, { body: { attachments: [upload_id] } }),
      () =>
        others("POST", "/conversations", {
          body: { message: { echo_id: "x", attachments: [upload_id] } },
        }),
    ];
    for (const attempt of tries) {
      const answer = await attempt();
      expect([answer.status, answer.body.attributes]).toEqual([422, ["attachments"]]);
    }
    expect((await others("GET", "/conversations")).body).toHaveLength(1);
    expect(
      (await own.visit("POST", own.messages, { body: { attachments: [upload_id] } })).status,
    ).toBe(200);
    const again = await own.visit("POST", own.messages, { body: { attachments: [upload_id] } });
    expect(again.status).toBe(422);
    const strange = ["", "x", "../../etc/passwd", "a".repeat(32), 5, null, { a: 1 }];
    for (const name of strange) {
      const answer = await own.visit("POST", own.messages, { body: { attachments: [name] } });
      expect([answer.status, answer.body.attributes[0]]).toEqual([
        422,
        expect.stringMatching(/^attachments/),
      ]);
    }
  });

  it("to somebody else's conversation is 404, and its address opens nothing before it is sent", async () => {
    const own = await setUp();
    const stranger = await setUp();
    const refused = await stranger.work("POST", `/conversations/${own.id + 1}/attachments`, {
      body: aForm([{ name: "a.txt", bytes: "a" }]),
    });
    expect(refused.status).toBe(404);
    const { upload_id } = await own.upload("wait.txt", "wait");
    expect((await open(`http://parlor.test/attachments/${upload_id}/wait.txt`)).status).toBe(404);
    for (const token of ["x", "a".repeat(32), "..%2f..%2fsecret", "%00"]) {
      expect((await open(`http://parlor.test/attachments/${token}/a`)).status).toBe(404);
      expect((await open(`http://parlor.test/thumbnails/${token}`)).status).toBe(404);
    }
  });

  it("that is cut, empty, too large or of a kind that is not taken leaves nothing behind", async () => {
    const { visit, rule, inbox, account, visitor, messages } = await setUp();
    const limits = { max_bytes: 200_000, max_count: 2, kinds: ["image", "file"] };
    const patched = await rule("PATCH", `/inboxes/${inbox.id}`, {
      body: { attachment_limits: limits },
    });
    expect(patched.body.attachment_limits).toEqual(limits);
    const wav = Buffer.concat([Buffer.from("RIFF\x24\0\0\0WAVEfmt ", "latin1"), Buffer.alloc(64)]);
    const bad: [string, Buffer, number][] = [
      ["empty.txt", Buffer.alloc(0), 422],
      ["large.bin", Buffer.alloc(200_001, 7), 413],
      ["sound.wav", wav, 422],
    ];
    const before = await stored();
    for (const [name, bytes, status] of bad) {
      const alone = await visit("POST", "/attachments", { body: aForm([{ name, bytes }]) });
      expect([name, alone.status]).toEqual([name, status]);
      const files = [
        { name: "good.txt", bytes: "good" },
        { name, bytes },
      ];
      const together = await visit("POST", messages, { body: aForm(files) });
      expect([name, together.status]).toEqual([name, status]);
    }
    const many = [1, 2, 3].map((n) => ({ name: `${n}.txt`, bytes: "x" }));
    const refused = await visit("POST", messages, { body: aForm(many) });
    expect([refused.status, refused.body.attributes]).toEqual([422, ["attachments"]]);
    const sixteen = Array.from({ length: 16 }, (_, n) => ({ name: `${n}.txt`, bytes: "x" }));
    expect((await visit("POST", messages, { body: aForm(sixteen) })).status).toBe(422);

    // A connection that breaks in the middle of a file.
    const pathname = publicPaths.attachments(inbox.token, visitor.sourceId);
    await new Promise<void>((resolve) => {
      const request = httpRequest(app.url + pathname, {
        method: "POST",
        headers: { "content-type": "multipart/form-data; boundary=xx" },
      });
      request.on("error", () => undefined).on("close", resolve);
      request.write('--xx\r\ncontent-disposition: form-data; name="f"; filename="cut.bin"\r\n\r\n');
      request.write(Buffer.alloc(100_000, 1), () => setImmediate(() => request.destroy()));
    });
    await vi.waitFor(async () => {
      expect((await stored()).toSorted()).toEqual(before.toSorted());
      expect(await keysOf(account)).toEqual([]);
    });
    expect((await visit("GET", messages)).body).toEqual([]);
  });

  it("is refused where the inbox takes no files, or its widget offers none", async () => {
    const { visit, work, rule, inbox, messages } = await setUp();
    const body = () => aForm([{ name: "a.txt", bytes: "a" }]);
    const set = (patch: object) => rule("PATCH", `/inboxes/${inbox.id}`, { body: patch });
    await set({ settings: { features: { attachments: false } } });
    expect((await visit("POST", "/attachments", { body: body() })).status).toBe(403);
    expect((await work("POST", messages, { body: body() })).status).toBe(200);
    await set({ settings: { features: null }, attachment_limits: { max_count: 0 } });
    expect((await visit("POST", messages, { body: body() })).status).toBe(403);
    expect((await work("POST", messages, { body: body() })).status).toBe(403);
    for (const limits of [
      { max_bytes: 0 },
      { max_count: 16 },
      { kinds: ["html"] },
      { max_bytes: 2e9 },
    ]) {
      expect((await set({ attachment_limits: limits })).status).toBe(422);
    }
  });

  it("is not taken by operations that know no files, and nobody fills the disk with what he never sends", async () => {
    const { visit, rule, inbox, upload, visitor } = await setUp();
    const refused = await rule("PATCH", `/inboxes/${inbox.id}`, {
      body: aForm([{ name: "a", bytes: "a" }]),
    });
    expect([refused.status, refused.body.attributes]).toEqual([422, ["attachments"]]);
    await upload("a.txt", "a");
    const [row] = await app.db.select().from(attachments).where(eq(attachments.inbox_id, inbox.id));
    if (!row) throw new Error("no upload");
    const { id: _id, ...copy } = row;
    await app.db.insert(attachments).values(
      Array.from({ length: 99 }, (_, n) => ({
        ...copy,
        token: `${visitor.sourceId}${n}`,
        storage_key: `none${n}`,
      })),
    );
    const full = await visit("POST", "/attachments", { body: aForm([{ name: "b", bytes: "b" }]) });
    expect([full.status, full.headers.get("retry-after")]).toEqual([429, "60"]);
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
    now = new Date(Date.now() + 167 * 3_600_000);
    await upload("young.txt", "young");
    now = new Date(Date.now() + 169 * 3_600_000);
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
    now = new Date();
  });
});
