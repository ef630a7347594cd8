// Files that go ahead of their message, over a real app and a real folder.
import { request as httpRequest } from "node:http";
import { eq } from "drizzle-orm";
import { describe, expect, it, vi } from "vitest";
import type { Upload } from "../../protocol/records-attachments.ts";
import { publicPaths } from "../../protocol/paths.ts";
import { attachments } from "../database/attachment-tables.ts";
import { asVisitor } from "../test-kit/call.ts";
import { connectAgent, connectVisitor } from "../test-kit/sockets.ts";
import { aForm } from "./test-files.ts";
import { app, keysOf, open, setUp, stored, useFiles } from "./test-setup.ts";

useFiles();

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
