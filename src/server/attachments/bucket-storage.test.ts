// Files in a bucket: the real client against a small server that speaks S3's language.
import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { readdir } from "node:fs/promises";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { openTestApp } from "../test-kit/app.ts";
import type { TestApp } from "../test-kit/app.ts";
import { asAgent, asVisitor } from "../test-kit/call.ts";
import { aForm, aPicture, bytesOf, pathOf } from "./test-files.ts";

const objects = new Map<string, Buffer>();
const parts = new Map<string, Buffer[]>();
let isBroken = false;
const unsigned: string[] = [];

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function get(key: string, request: IncomingMessage, response: ServerResponse): void {
  const found = objects.get(key);
  if (!found) {
    response.writeHead(404, { "content-type": "application/xml" });
    response.end("<Error><Code>NoSuchKey</Code><Message>gone</Message></Error>");
    return;
  }
  const [, first, last] = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? "") ?? [];
  const bytes = first === undefined ? found : found.subarray(Number(first), Number(last) + 1);
  response.writeHead(first === undefined ? 200 : 206, { "content-length": bytes.length });
  response.end(bytes);
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "", "http://bucket");
  const key = decodeURIComponent(url.pathname.replace(/^\/files\/?/, ""));
  const body = await bodyOf(request);
  if (!request.headers.authorization?.includes("Credential=id/")) unsigned.push(request.url ?? "");
  const xml = (text: string) => response.setHeader("content-type", "application/xml").end(text);
  if (isBroken) {
    response.writeHead(400, { "content-type": "application/xml" });
    response.end("<Error><Code>InvalidRequest</Code><Message>no</Message></Error>");
    return;
  }
  if (request.method === "GET") return get(key, request, response);
  if (url.searchParams.has("delete")) {
    for (const [, name = ""] of body.toString().matchAll(/<Key>(.*?)<\/Key>/g))
      objects.delete(name);
    return void xml("<DeleteResult/>");
  }
  if (url.searchParams.has("uploads")) {
    parts.set("u1", []);
    return void xml(
      "<InitiateMultipartUploadResult><UploadId>u1</UploadId></InitiateMultipartUploadResult>",
    );
  }
  if (request.method === "POST") {
    objects.set(key, Buffer.concat(parts.get("u1") ?? []));
    return void xml(
      "<CompleteMultipartUploadResult><ETag>x</ETag></CompleteMultipartUploadResult>",
    );
  }
  const number = Number(url.searchParams.get("partNumber"));
  if (number > 0) (parts.get("u1") ?? [])[number - 1] = body;
  else objects.set(key, body);
  response.setHeader("etag", '"x"').end();
}

let bucket: Server;
let app: TestApp;
let folder: string;
beforeAll(async () => {
  bucket = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => bucket.listen(0, "127.0.0.1", resolve));
  folder = await mkdtemp(path.join(os.tmpdir(), "parlor-bucket-"));
  const { port } = bucket.address() as AddressInfo;
  const s3 = {
    bucket: "files",
    region: "us-east-1",
    endpoint: `http://127.0.0.1:${port}`,
    credentials: { accessKeyId: "id", secretAccessKey: "key" },
    prefix: "parlor/",
    forcePathStyle: true,
  };
  app = await openTestApp({ config: { dataDirectory: folder, s3 } });
});
afterAll(async () => {
  await app.close();
  await new Promise((resolve) => bucket.close(resolve));
  await rm(folder, { recursive: true });
});

it("keeps files and thumbnails in the bucket, reads ranges from there, and removes them there", async () => {
  const account = await app.build.anAccount();
  const inbox = await app.build.anInbox(account);
  const agent = await app.build.anAgent(account, { inboxes: [inbox] });
  const visit = asVisitor(app.url, await app.build.aVisitor(inbox));
  const { id } = (await visit("POST", "/conversations")).body;
  const png = await aPicture();
  // Larger than one part.
  const large = Buffer.alloc(6_000_000, "large ");
  const files = [
    { name: "a.png", bytes: png },
    { name: "large.txt", bytes: large },
  ];
  const sent = await visit("POST", `/conversations/${id}/messages`, { body: aForm(files) });
  expect(sent.status).toBe(200);
  expect([...objects.keys()].toSorted()).toEqual([
    expect.stringMatching(/^parlor\/[\w-]{32}(\.thumb)?$/),
    expect.stringMatching(/^parlor\/[\w-]{32}(\.thumb)?$/),
    expect.stringMatching(/^parlor\/[\w-]{32}(\.thumb)?$/),
  ]);
  expect(unsigned).toEqual([]);
  expect(await readdir(path.join(folder, "uploads", "incoming"))).toEqual([]);

  const [picture, text] = sent.body.attachments;
  const at = (url: string, headers = {}) => bytesOf(app.url + pathOf(url), headers);
  expect((await at(picture.data_url)).bytes.equals(png)).toBe(true);
  expect((await at(picture.thumb_url)).headers.get("content-type")).toBe("image/webp");
  expect((await at(text.data_url)).bytes.equals(large)).toBe(true);
  const some = await at(text.data_url, { range: "bytes=5999990-" });
  expect([some.status, some.bytes.toString()]).toEqual([206, large.subarray(5_999_990).toString()]);

  const work = asAgent(app.url, agent);
  await work("DELETE", `/conversations/${id}/messages/${sent.body.id}`);
  await vi.waitFor(() => expect([...objects.keys()]).toEqual([]), 5_000);
});

it("answers 5xx when the bucket does not take a file, and keeps no half of it", async () => {
  const inbox = await app.build.anInbox(await app.build.anAccount());
  const visit = asVisitor(app.url, await app.build.aVisitor(inbox));
  isBroken = true;
  const refused = await visit("POST", "/attachments", { body: aForm([{ name: "a", bytes: "a" }]) });
  isBroken = false;
  expect(refused.status).toBe(500);
  expect(await readdir(path.join(folder, "uploads", "incoming"))).toEqual([]);
});
