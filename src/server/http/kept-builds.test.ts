// A page that was opened before an upgrade fetches the rest of its widget after it.
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pino from "pino";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { startTestApp } from "../test-kit/app.ts";
import { createKeptBuilds } from "./kept-builds.ts";

const DAY_MS = 86_400_000;

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "parlor-builds-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A folder of built files. */
async function build(files: Record<string, string>): Promise<string> {
  const folder = await makeFolder();
  for (const [name, content] of Object.entries(files)) {
    await mkdir(path.join(folder, path.dirname(name)), { recursive: true });
    await writeFile(path.join(folder, name), content);
  }
  return folder;
}

const first = {
  "widget.js": "first",
  "widget/chat-first001.js": "the first chat",
  "desk/index.html": "<title>Desk</title>",
  "desk/assets/settings-first001.js": "the first settings",
};
const second = { "widget.js": "second", "widget/chat-second01.js": "the second chat" };

/** An operator's server over one data folder, upgraded again and again. */
async function operate() {
  const dataDirectory = await makeFolder();
  let now = Date.now();
  const clock = () => new Date(now);
  return {
    dataDirectory,
    wait: (days: number) => (now += days * DAY_MS),
    /** Starts this build, until it is stopped. */
    async run(files: Record<string, string>) {
      const webDirectory = await build(files);
      const app = await startTestApp({
        webDirectory,
        clock,
        config: { dataDirectory },
      });
      const get = async (name: string) => {
        const response = await fetch(`${app.url}/${name}`);
        const { status, headers } = response;
        return { status, text: await response.text(), caching: headers.get("cache-control") };
      };
      return { ...app, get, stop: () => app.app.stop() };
    },
  };
}

describe("the files of earlier builds", () => {
  it("are there after an upgrade, for whoever has a page of that build", async () => {
    const operator = await operate();
    await (await operator.run(first)).stop();
    const upgraded = await operator.run(second);
    expect(await upgraded.get("widget.js")).toMatchObject({ text: "second" });
    expect(await upgraded.get("widget/chat-second01.js")).toMatchObject({
      text: "the second chat",
    });
    expect(await upgraded.get("widget/chat-first001.js")).toEqual({
      status: 200,
      text: "the first chat",
      caching: "public, max-age=31536000, immutable",
    });
    const settings = await upgraded.get("desk/assets/settings-first001.js");
    expect(settings.text).toBe("the first settings");
  });

  it("go a month after the last day on which they were the newest", async () => {
    const operator = await operate();
    await (await operator.run(first)).stop();
    operator.wait(25);
    await (await operator.run(first)).stop();
    operator.wait(29);
    const upgraded = await operator.run(second);
    expect((await upgraded.get("widget/chat-first001.js")).status).toBe(200);
    await upgraded.stop();
    operator.wait(2);
    const later = await operator.run(second);
    await expect.poll(async () => (await later.get("widget/chat-first001.js")).status).toBe(404);
    expect((await later.get("widget/chat-second01.js")).status).toBe(200);
  });

  it("are kept by a server that runs for months", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "Date"] });
    onTestFinished(() => void vi.useRealTimers());
    const dataDirectory = await makeFolder();
    const run = async (files: Record<string, string>) => {
      const webDirectory = await build(files);
      const clock = () => new Date();
      const builds = createKeptBuilds({ webDirectory, dataDirectory, clock, log: pino() });
      builds.start();
      return builds;
    };
    const old = await run(first);
    await vi.advanceTimersByTimeAsync(100 * DAY_MS);
    await old.stop();
    const upgraded = await run(second);
    await upgraded.stop();
    const chat = await upgraded.find("widget/chat-first001.js");
    expect(chat?.bodies.identity.toString()).toBe("the first chat");
  });

  it("are nothing but what has a name of its build", async () => {
    const operator = await operate();
    await (await operator.run({ ...first, "demo/shop.css": "a{}" })).stop();
    const kept = path.join(operator.dataDirectory, "builds");
    const names = await readdir(kept, { recursive: true });
    expect(names.filter((name) => path.extname(name)).toSorted()).toEqual([
      "desk/assets/settings-first001.js",
      "widget/chat-first001.js",
    ]);
    await writeFile(path.join(kept, "notes.js"), "somebody's");
    const upgraded = await operator.run(second);
    expect((await upgraded.get("notes.js")).status).toBe(404);
    expect((await upgraded.get("builds/notes.js")).status).toBe(404);
  });

  it("that cannot be kept are reported, and stop nobody", async () => {
    const operator = await operate();
    await writeFile(path.join(operator.dataDirectory, "builds"), "a file where a folder should be");
    const app = await operator.run(first);
    expect((await app.get("widget/chat-first001.js")).status).toBe(200);
    await app.stop();
    expect(app.logged.join("\n")).toContain('"event":"builds:not_kept"');
  });
});
