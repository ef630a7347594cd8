// `npm start`: builds what changed since the last build, then runs the server in this same process.
// Plain JavaScript, so that it starts at once. `npm start -- --build` builds in any case.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const at = (...parts) => path.join(root, ...parts);
const main = at("dist/server/main.js");
const stampFile = at("dist/.stamp");
const parent = process.ppid;

/** All that the build reads; tests change nothing in it. */
const SOURCES = ["src", "demo", "public", "scripts/vite", "vite.config.ts", "package-lock.json"];
const BUILT = ["server/main.js", "web/widget.js", "web/desk/index.html"];

function refuse(text) {
  console.error(`\n  ${text}\n`);
  process.exit(1);
}

function checkSurroundings() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    refuse(
      `Node.js ${process.versions.node} is too old for Parlor: install version 20.19 or later.`,
    );
  }
  if (!existsSync(at("node_modules/fastify")))
    refuse('Run "npm ci" first: the packages are missing.');
}

/** Every source with its size and time, in one hash, and the time of the latest: some milliseconds. */
function readSources() {
  const hash = createHash("sha256");
  let latestMs = 0;
  const add = (file) => {
    const found = statSync(at(file), { throwIfNoEntry: false });
    if (!found) return;
    if (found.isDirectory()) {
      for (const name of readdirSync(at(file)).toSorted()) add(path.join(file, name));
    } else if (!/\.test\.tsx?$/.test(file)) {
      hash.update(`${file} ${found.size} ${found.mtimeMs}\n`);
      latestMs = Math.max(latestMs, found.mtimeMs);
    }
  };
  for (const source of SOURCES) add(source);
  return { stamp: hash.digest("hex"), latestMs };
}

/** By the stamp of our own build; after `npm run build`, by time. */
function isBuilt({ stamp, latestMs }) {
  const built = BUILT.map((file) => statSync(at("dist", file), { throwIfNoEntry: false }));
  if (built.includes(undefined)) return false;
  if (existsSync(stampFile)) return readFileSync(stampFile, "utf8") === stamp;
  return built.every(({ mtimeMs }) => mtimeMs > latestMs);
}

function build() {
  const vite = at("node_modules/vite/bin/vite.js");
  if (!existsSync(vite)) {
    refuse(
      'Parlor is not built, and the tools for it are missing: run "npm ci" with dev packages.',
    );
  }
  console.log("\n  Building Parlor, once …");
  rmSync(at("dist"), { recursive: true, force: true });
  for (const mode of ["widget", "desk", "server"]) {
    const args = [vite, "build", "--mode", mode, "--logLevel", "warn"];
    const { status, signal } = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" });
    if (signal) process.exit(1);
    if (status !== 0) refuse(`The build of "${mode}" failed.`);
  }
}

/**
 * npm hands a signal on to the shell between it and this process, and most shells die of it without
 * a word: whoever ends npm means the server.
 */
function endWithNpm() {
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, "SIGTERM");
  }, 250);
  watch.unref();
}

checkSurroundings();
const sources = readSources();
if (process.argv.includes("--build") || !isBuilt(sources)) {
  build();
  // Sources that changed meanwhile differ from this stamp, so the next start builds again.
  writeFileSync(stampFile, sources.stamp);
}
if (process.env["npm_lifecycle_event"] && process.platform !== "win32") endWithNpm();
await import(pathToFileURL(main).href);
