// Files made to harm: by their names, by lying about what they are, by what they unpack to. None is refused
// an answer, none is run, none is drawn that is not a picture.
import { mkdtemp, readdir, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Attachment } from "../../protocol/records-attachments.ts";
import { FILE_NAME_MAX_LENGTH } from "../../protocol/limits.ts";
import { openTestApp } from "../test-kit/app.ts";
import type { TestApp } from "../test-kit/app.ts";
import { asVisitor } from "../test-kit/call.ts";
import { contentDisposition, safeFileName } from "./file-names.ts";
import { aForm, aPicture, aPixelBomb, aZip, bytesOf, pathOf } from "./test-files.ts";

const html = "<!doctype html><html><script>parent.canary()</script></html>";
const svg =
  '<svg xmlns="http://www.w3.org/2000/svg" onload="canary()"><script>canary()</script></svg>';

describe("a file's name", () => {
  it.each([
    ["../../etc/passwd", "passwd"],
    ["..\\..\\windows\\system32\\cmd.exe", "cmd.exe"],
    ["C:\\fakepath\\photo.png", "photo.png"],
    ["/", "file"],
    ["..", "file"],
    ["", "file"],
    [undefined, "file"],
    [".htaccess", "htaccess"],
    ["a\u0000b.txt", "ab.txt"],
    ["a\r\nset-cookie: x.txt", "aset-cookie_ x.txt"],
    ["invoice\u202Efdp.exe", "invoicefdp.exe"],
    ["\u2066a\u2069\u200B.txt", "a.txt"],
    ['a"b<c>d|e?f*g:h.txt', "a_b_c_d_e_f_g_h.txt"],
    ["con", "_con"],
    ["NUL.txt", "_NUL.txt"],
    ["trailing. . .", "trailing"],
    ["  two   words .txt ", "two words .txt"],
    ["\uD800half.txt", "half.txt"],
    ["Grüße 文件 ملف.pdf", "Grüße 文件 ملف.pdf"],
    ["e\u0301.txt", "é.txt"],
    [`z${"\u0336".repeat(50)}.txt`, `z${"\u0336".repeat(3)}.txt`],
    [`${"x".repeat(400)}.jpeg`, `${"x".repeat(FILE_NAME_MAX_LENGTH - 5)}.jpeg`],
    [`a.${"x".repeat(400)}`, `a.${"x".repeat(FILE_NAME_MAX_LENGTH - 2)}`],
  ])("%j is kept as %j", (said, kept) => {
    expect(safeFileName(said)).toBe(kept);
    expect(safeFileName(kept)).toBe(kept);
  });

  it("never breaks out of its header", () => {
    for (const name of ['a"; filename=b.html', "a\\", "100%.txt", "文'件(1)*.pdf", "é"]) {
      const header = contentDisposition("attachment", safeFileName(name));
      expect(header).toMatch(/^attachment; filename="[\x20-\x7e]*"; filename\*=UTF-8''[\w.%~!-]+$/);
      expect(header.match(/"/g)).toHaveLength(2);
    }
  });
});

describe("a hostile file", () => {
  let app: TestApp;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "parlor-attacks-"));
    app = await openTestApp({ config: { dataDirectory: folder } });
  });
  afterAll(async () => {
    await app.close();
    await rm(folder, { recursive: true });
  });

  async function send(name: string, bytes: Buffer | string, type = "image/png") {
    const inbox = await app.build.anInbox(await app.build.anAccount());
    const visit = asVisitor(app.url, await app.build.aVisitor(inbox));
    const { id } = (await visit("POST", "/conversations")).body;
    const answer = await visit("POST", `/conversations/${id}/messages`, {
      body: aForm([{ name, bytes, type }]),
    });
    expect([name, answer.status]).toEqual([name, 200]);
    return answer.body.attachments[0] as Attachment;
  }

  it("is served to be saved, as what no browser runs, whatever it says it is", async () => {
    const png = await aPicture();
    const gif = await aPicture("gif");
    const jpeg = await aPicture("jpeg");
    const attacks: [string, Buffer | string, Attachment["file_type"], string][] = [
      ["page.html", html, "file", "text/plain"],
      ["page.png", html, "file", "text/plain"],
      ["page.svg", svg, "file", "text/plain"],
      ["page2.svg", `<?xml version="1.0"?>${svg}`, "file", "text/plain"],
      ["bom.html", `\uFEFF${html}`, "file", "text/plain"],
      ["wide.html", Buffer.from(`\uFEFF${html}`, "utf16le"), "file", "application/octet-stream"],
      ["script.js", "canary()", "file", "text/plain"],
      [
        "mail.mht",
        `MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n${html}`,
        "file",
        "text/plain",
      ],
      [
        "doc.pdf",
        `%PDF-1.4\n1 0 obj<</OpenAction<</S/JavaScript/JS(canary())>>>>`,
        "file",
        "application/pdf",
      ],
      [
        "app.exe",
        Buffer.concat([Buffer.from("MZ"), Buffer.alloc(200)]),
        "file",
        "application/x-msdownload",
      ],
      // Pictures with a page behind them: pictures, and nothing but that.
      ["polyglot.html", Buffer.concat([png, Buffer.from(html)]), "image", "image/png"],
      ["polyglot.gif", Buffer.concat([gif, Buffer.from(`/*${html}*/`)]), "image", "image/gif"],
      ["polyglot.jpg", Buffer.concat([jpeg, aZip("evil.html", 10)]), "image", "image/jpeg"],
      // What begins as a picture and is none.
      ["head.png", Buffer.concat([png.subarray(0, 60), Buffer.from(html)]), "file", "image/png"],
      ["gif.html", Buffer.from(`GIF89a/*${html}*/`), "file", "image/gif"],
      [
        "riff.webp",
        Buffer.concat([Buffer.from("RIFF\x50\0\0\0WEBPVP8 ", "latin1"), Buffer.from(html)]),
        "file",
        "image/webp",
      ],
    ];
    for (const [name, bytes, fileType, contentType] of attacks) {
      const file = await send(name, bytes);
      expect([name, file.file_type, file.content_type]).toEqual([name, fileType, contentType]);
      const served = await bytesOf(app.url + pathOf(file.data_url));
      expect(served.bytes.equals(Buffer.from(bytes as Buffer)), name).toBe(true);
      const headers = Object.fromEntries(served.headers);
      expect(headers).toMatchObject({
        "content-disposition": expect.stringMatching(/^attachment; /),
        "content-security-policy": "sandbox; default-src 'none'",
        "x-content-type-options": "nosniff",
      });
      expect(headers["content-type"], name).toMatch(
        fileType === "image"
          ? /^image\/(png|gif|jpeg)$/
          : /^(text\/plain; charset=utf-8|application\/octet-stream)$/,
      );
      expect(file.thumb_url === null).toBe(fileType === "file");
      if (file.thumb_url === null) continue;
      // What we drew of it has no page behind it.
      const small = await bytesOf(app.url + pathOf(file.thumb_url));
      expect(small.bytes.includes("canary")).toBe(false);
      expect(small.headers.get("content-type")).toBe("image/webp");
    }
  });

  it("that unpacks to more than a machine should hold is kept as it came and unpacked by nobody", async () => {
    const before = process.memoryUsage().rss;
    const bombs: [string, Buffer][] = [
      ["bomb.png", aPixelBomb(10_000)],
      ["zeros.zip", aZip("zeros", 5_000_000)],
      ["path.zip", aZip("../../../../tmp/evil.sh", 10)],
      ["office.docx", aZip("[Content_Types].xml", 5_000_000)],
    ];
    for (const [name, bytes] of bombs) {
      const file = await send(name, bytes);
      expect(file).toMatchObject({ file_type: "file", width: null, thumb_url: null });
    }
    expect(process.memoryUsage().rss - before).toBeLessThan(300_000_000);
  });

  it("leaves nothing on the disk but files under random names, for their owner alone", async () => {
    await send("../../outside.sh", "#!/bin/sh");
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const names = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) expect(name).toMatch(/^[\w-]{32}(\.thumb)?$/);
    const { stat } = await import("node:fs/promises");
    const uploads = await stat(path.join(folder, "uploads"));
    expect(uploads.mode & 0o077).toBe(0);
  });
});
