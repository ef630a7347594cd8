// Pages and scripts as browsers fetch them: caching, compression, policies, nothing beside the folder.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import pino from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApp } from "../app.ts";
import { connectDatabase } from "../database/connection.ts";
import { openTestApp } from "../test-kit/app.ts";
import type { TestApp } from "../test-kit/app.ts";
import { call } from "../test-kit/call.ts";

let app: TestApp;
let folder: string;
const script = `console.log(${JSON.stringify("widget ".repeat(500))})`;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "parlor-web-"));
  await writeFile(path.join(folder, "../secret.txt"), "secret");
  const files = {
    "widget.js": script,
    "widget/thread-a1B2c3D4.js": script,
    "desk/index.html": "<!doctype html><title>Desk</title>",
    "desk/assets/main-a1B2c3D4.css": "a{}",
    "demo/index.html": '<script src="/widget.js" data-inbox="WEBSITE_TOKEN"></script>',
    "demo/shop.css": "b{}",
    "demo/hostile/index.html": '<script nonce="PAGE_NONCE" data-inbox="WEBSITE_TOKEN"></script>',
  };
  for (const [name, content] of Object.entries(files)) {
    await mkdir(path.join(folder, path.dirname(name)), { recursive: true });
    await writeFile(path.join(folder, name), content);
  }
  const dataDirectory = `${folder}-data`;
  app = await openTestApp({ webDirectory: folder, config: { dataDirectory } });
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true });
  await rm(`${folder}-data`, { recursive: true });
});

/** As it comes over the wire: `fetch` would decompress it and tidy up the path. */
function raw(target: string, headers: Record<string, string> = {}) {
  return new Promise<{ status: number; headers: Record<string, unknown>; body: Buffer }>(
    (resolve, reject) => {
      const { hostname, port } = new URL(app.url);
      request({ hostname, port, path: target, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks),
          }),
        );
      })
        .on("error", reject)
        .end();
    },
  );
}

describe("the widget's script", () => {
  it("comes compressed by what the browser reads, and may be used by any site", async () => {
    const plain = await raw("/widget.js");
    expect(plain.body.toString()).toBe(script);
    expect(plain.headers).toMatchObject({
      "content-type": "text/javascript; charset=utf-8",
      "cache-control": "public, max-age=300, stale-while-revalidate=86400",
      "access-control-allow-origin": "*",
      "cross-origin-resource-policy": "cross-origin",
      "x-content-type-options": "nosniff",
      vary: "Accept-Encoding",
    });
    const br = await raw("/widget.js", { "accept-encoding": "gzip, deflate, br" });
    expect(br.headers["content-encoding"]).toBe("br");
    expect(brotliDecompressSync(br.body).toString()).toBe(script);
    const gzip = await raw("/widget.js", { "accept-encoding": "gzip, br;q=0" });
    expect(gunzipSync(gzip.body).toString()).toBe(script);
  });

  it("is not sent again while it is the same", async () => {
    const { headers } = await raw("/widget.js", { "accept-encoding": "br" });
    const held = { "accept-encoding": "br", "if-none-match": String(headers["etag"]) };
    const again = await raw("/widget.js", held);
    expect(again.status).toBe(304);
    expect(again.body).toHaveLength(0);
    await writeFile(path.join(folder, "widget.js"), `${script};`);
    expect((await raw("/widget.js", held)).status).toBe(200);
    await writeFile(path.join(folder, "widget.js"), script);
  });

  it("loads chunks that never change", async () => {
    const chunk = await raw("/widget/thread-a1B2c3D4.js");
    expect(chunk.headers).toMatchObject({
      "cache-control": "public, max-age=31536000, immutable",
      "access-control-allow-origin": "*",
    });
    const css = await raw("/desk/assets/main-a1B2c3D4.css");
    expect(css.headers["cache-control"]).toContain("immutable");
    expect(css.headers["access-control-allow-origin"]).toBeUndefined();
    for (const { headers } of [chunk, css]) expect(headers["referrer-policy"]).toBeUndefined();
  });
});

describe("pages", () => {
  it("are the desk at each of its paths, in no frame and with its own scripts only", async () => {
    for (const target of ["/desk/", "/desk/conversations/12", "/desk/index.html"]) {
      const page = await raw(target);
      expect(page.status).toBe(200);
      expect(page.body.toString()).toContain("<title>Desk");
      const policy = String(page.headers["content-security-policy"]);
      expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(page.headers["cache-control"]).toBe("no-cache");
    }
    expect((await raw("/desk/assets/gone-a1B2c3D4.js")).status).toBe(404);
    expect((await raw("/desk")).headers["location"]).toBe("/desk/");
    expect((await raw("/")).headers["location"]).toBe("/desk/");
  });

  it("are the demo with the first inbox's token, as soon as there is one", async () => {
    expect((await raw("/demo/")).body.toString()).toContain("WEBSITE_TOKEN");
    const inbox = await app.build.anInbox(await app.build.anAccount());
    for (const target of ["/demo/", "/demo/index.html"]) {
      const page = await raw(target);
      expect(page.body.toString()).toContain(`data-inbox="${inbox.token}"`);
    }
    expect((await raw("/demo")).headers["location"]).toBe("/demo/");
    expect((await raw("/demo/shop.css")).body.toString()).toBe("b{}");
  });

  it("are, in the folder of hostile pages, under the strictest policy with a nonce of their own", async () => {
    const policies = new Set<string>();
    for (const target of ["/demo/hostile/", "/demo/hostile/index.html"]) {
      const page = await raw(target);
      const policy = String(page.headers["content-security-policy"]);
      const [, nonce] = /'nonce-([\w-]{22})' 'strict-dynamic'/.exec(policy) ?? [];
      expect(page.body.toString()).toContain(`nonce="${nonce}" data-inbox="`);
      expect(policy).toContain("style-src 'self'");
      expect(policy).toContain("require-trusted-types-for 'script'");
      expect(page.headers).toMatchObject({
        "cache-control": "no-store",
        "content-type": "text/html; charset=utf-8",
        "x-frame-options": "SAMEORIGIN",
      });
      policies.add(policy);
    }
    expect(policies.size).toBe(2);
    for (const folder of ["/demo/hostile", "/demo/app"]) {
      expect((await raw(folder)).headers["location"]).toBe(`${folder}/`);
    }
  });

  it("are nothing that lies beside the folder", async () => {
    const targets = [
      "/../secret.txt",
      "/%2e%2e/secret.txt",
      "/..%2fsecret.txt",
      "/desk/..%2f..%2fsecret.txt",
      "/desk/../../secret.txt",
      "//etc/passwd",
      "/%00",
      "/demo/%00.css",
    ];
    for (const target of targets) {
      const answer = await raw(target);
      expect(answer.body.toString()).not.toContain("secret");
      expect([200, 400, 404]).toContain(answer.status);
      if (!target.startsWith("/desk/")) expect(answer.status).not.toBe(200);
    }
  });
});

describe("health", () => {
  it("says that the process lives and the database is there", async () => {
    for (const target of ["/health", "/ready"]) {
      expect(await call("GET", app.url + target)).toMatchObject({
        status: 200,
        body: { status: "ok" },
      });
    }
  });

  it("is not ready without its database, but alive", async () => {
    const database = await connectDatabase({ connectionString: app.database.connectionString });
    const log = pino({ level: "silent" });
    const clock = () => new Date();
    const alone = await createApp({
      config: app.config,
      database,
      log,
      clock,
      webDirectory: folder,
    });
    expect((await alone.http.inject("/ready")).statusCode).toBe(200);
    await database.close();
    expect((await alone.http.inject("/ready")).statusCode).toBe(503);
    expect((await alone.http.inject("/health")).statusCode).toBe(200);
    await alone.stop();
  });
});
