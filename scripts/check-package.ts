// `npm run check:package`: packs dist/sdk as `npm publish` would, and looks at it as its users will: publint,
// are-the-types-wrong, the examples compiled against it, and an import of each entry in Node.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";

const root = path.join(import.meta.dirname, "..");
const packed = path.join(root, "dist/sdk");
const work = path.join(root, ".cache/check-package");

/** Runs a command with its output passed through, and ends the check when it fails. */
function run(command: string, args: string[], cwd: string): void {
  console.log(`\n$ ${[command, ...args].join(" ")}`);
  const { status, error } = spawnSync(command, args, {
    cwd,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

/** A site that has installed the package, with what it may bring itself. */
function createSite(archive: string): string {
  const site = path.join(work, "site");
  const modules = path.join(site, "node_modules");
  mkdirSync(path.join(modules, "parlor"), { recursive: true });
  run("tar", ["-xzf", archive, "-C", path.join(modules, "parlor"), "--strip-components=1"], work);
  for (const name of ["react", "react-dom", "preact", "@playwright", "@types", "typescript"]) {
    symlinkSync(path.join(root, "node_modules", name), path.join(modules, name), "junction");
  }
  cpSync(path.join(root, "src/sdk/examples"), path.join(site, "src"), {
    recursive: true,
    filter: (source) => !/tsconfig\.json$|\.test\.tsx?$/.test(source),
  });
  writeFileSync(path.join(site, "package.json"), JSON.stringify({ type: "module" }));
  return site;
}

/** How a site compiles: once as Node resolves, once as bundlers do. Declarations are checked as well. */
function compileExamples(site: string): void {
  const resolutions = [
    { module: "nodenext", moduleResolution: "nodenext" },
    { module: "esnext", moduleResolution: "bundler" },
  ];
  for (const resolution of resolutions) {
    const compilerOptions = {
      ...resolution,
      target: "es2022",
      lib: ["ES2023", "DOM", "DOM.Iterable"],
      types: ["node"],
      strict: true,
      noEmit: true,
      jsx: "react-jsx",
      jsxImportSource: "preact",
      allowImportingTsExtensions: true,
      // Playwright's own declarations do not pass the check.
      skipLibCheck: true,
    };
    writeFileSync(
      path.join(site, "tsconfig.json"),
      JSON.stringify({ compilerOptions, include: ["src"] }),
    );
    run("npx", ["tsc", "-p", path.join(site, "tsconfig.json")], root);
  }
  // The package's own declarations, without those of others: every name in them must be found.
  const own = ["index", "stub", "react", "preact"].map(
    (name) => `node_modules/parlor/types/sdk/${name}.d.ts`,
  );
  const strict = { module: "nodenext", lib: ["ES2023", "DOM"], types: [], noEmit: true };
  writeFileSync(
    path.join(site, "tsconfig.json"),
    JSON.stringify({ compilerOptions: { ...strict, skipLibCheck: false }, files: own }),
  );
  run("npx", ["tsc", "-p", path.join(site, "tsconfig.json")], root);
}

function importEntries(site: string): void {
  const { exports } = JSON.parse(readFileSync(path.join(packed, "package.json"), "utf8")) as {
    exports: Record<string, unknown>;
  };
  const entries = Object.keys(exports).filter((entry) => entry !== "./package.json");
  const script = entries.map((entry) => `await import("parlor${entry.slice(1)}");`).join("\n");
  run(process.execPath, ["--input-type=module", "--eval", script], site);
}

rmSync(work, { recursive: true, force: true });
mkdirSync(work, { recursive: true });
run("npm", ["pack", packed, "--silent", "--pack-destination", work], root);
const { version } = JSON.parse(readFileSync(path.join(packed, "package.json"), "utf8")) as {
  version: string;
};
const archive = path.join(work, `parlor-${version}.tgz`);
run("npx", ["publint", "run", archive, "--strict"], root);
run("npx", ["attw", archive, "--profile", "esm-only"], root);
const site = createSite(archive);
compileExamples(site);
importEntries(site);
console.log("\nThe package is sound.");
