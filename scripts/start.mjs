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
    refuse(`Node.js ${process.versions.node} is too old for Parlor: install version 20.19 or later.`);
  }
  if (!existsSync(at("node_modules/fastify"))) refuse('Run "npm ci" first: the packages are missing.');
}

/** Path, size and time of every source, in one hash: some milliseconds for a thousand files. */
function readStamp() {
  const hash = createHash("sha256");
  const add = (file) => {
    const found = statSync(at(file), { throwIfNoEntry: false });
    if (!found) return;
    if (found.isDirectory()) {
      for (const name of readdirSync(at(file)).sort()) add(path.join(file, name));
    } else if (!/\.test\.tsx?$/.test(file)) {
      hash.update(`${file} ${found.size} ${found.mtimeMs}\n`);
    }
  };
  for (const source of SOURCES) add(source);
  return hash.digest("hex");
}

function isBuilt(stamp) {
  if (!BUILT.every((file) => existsSync(at("dist", file)))) return false;
  return existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp;
}

function build() {
  const vite = at("node_modules/vite/bin/vite.js");
  if (!existsSync(vite)) {
    refuse('Parlor is not built, and the tools for it are missing: run "npm ci" with dev packages.');
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

checkSurroundings();
const stamp = readStamp();
if (process.argv.includes("--build") || !isBuilt(stamp)) {
  build();
  // Sources that changed meanwhile differ from this stamp, so the next start builds again.
  writeFileSync(stampFile, stamp);
}
await import(pathToFileURL(main).href);
