// Makes dist/sdk a package of its own: its manifest, its types, its readme. It has no dependencies: whoever
// adds the chat to a site installs no server.
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Plugin } from "vite";

export interface SdkPackageOptions {
  /** The repository. */
  root: string;
  /** Source of each entry, by its name in `exports` (`.` or `./react`), relative to the repository. */
  entries: Record<string, string>;
}

/** Name of an entry's file: `.` is `index`. */
export const entryName = (entry: string): string =>
  entry === "." ? "index" : entry.replace(/^\.\//, "");

/** Where `tsc -b` puts declarations; the areas under src/ have a folder each. */
function declarationOf(root: string, source: string): string {
  const area = source.split("/")[1] ?? "";
  return path.join(root, ".cache/types", area, source.replace(/\.tsx?$/, ".d.ts"));
}

/**
 * Copies the declarations that the entries reach, in the folders of their sources. Not rolled into one
 * file: that takes a bundler of declarations, and nobody who uses the package sees a difference.
 */
function copyTypes(root: string, entries: string[], folder: string): void {
  const seen = new Set<string>();
  const rest = [...entries];
  for (let source = rest.pop(); source !== undefined; source = rest.pop()) {
    if (seen.has(source)) continue;
    seen.add(source);
    const file = declarationOf(root, source);
    if (!existsSync(file)) throw new Error(`sdk: run tsc -b src/sdk src/sdk/testing: no ${file}`);
    const base = path.posix.dirname(source);
    // A published declaration names the file that would hold the code.
    const text = readFileSync(file, "utf8").replace(
      /(from |import\()"(\.[^"]*)\.tsx?"/g,
      (_match, keyword: string, specifier: string) => {
        const target = path.posix.join(base, specifier);
        rest.push(existsSync(path.join(root, `${target}.tsx`)) ? `${target}.tsx` : `${target}.ts`);
        return `${keyword}"${specifier}.js"`;
      },
    );
    const copy = path.join(folder, source.replace(/^src\//, "").replace(/\.tsx?$/, ".d.ts"));
    mkdirSync(path.dirname(copy), { recursive: true });
    writeFileSync(copy, text);
  }
}

function manifestOf(root: string, entries: Record<string, string>): Record<string, unknown> {
  const { version, license } = JSON.parse(
    readFileSync(path.join(root, "package.json"), "utf8"),
  ) as Record<string, string>;
  const types = (source: string) =>
    `./types/${source.replace(/^src\//, "").replace(/\.tsx?$/, ".d.ts")}`;
  return {
    name: "parlor",
    version,
    description: "Parlor's support chat for websites, as typed functions and components.",
    license,
    keywords: ["chat", "support", "live chat", "widget"],
    type: "module",
    sideEffects: false,
    exports: {
      ...Object.fromEntries(
        Object.entries(entries).map(([entry, source]) => [
          entry,
          { types: types(source), default: `./${entryName(entry)}.js` },
        ]),
      ),
      "./package.json": "./package.json",
    },
    types: types(entries["."] ?? ""),
    engines: { node: ">=20.19" },
    peerDependencies: { "@playwright/test": ">=1.45", preact: ">=10.19", react: ">=18" },
    peerDependenciesMeta: {
      "@playwright/test": { optional: true },
      preact: { optional: true },
      react: { optional: true },
    },
  };
}

/** A Vite plugin for the build `sdk`; `tsc -b` has to come before it. */
export function sdkPackage({ root, entries }: SdkPackageOptions): Plugin {
  return {
    name: "parlor:sdk-package",
    apply: "build",
    writeBundle({ dir }) {
      const folder = dir ?? "";
      const manifest = `${JSON.stringify(manifestOf(root, entries), null, 2)}\n`;
      writeFileSync(path.join(folder, "package.json"), manifest);
      copyFileSync(path.join(root, "LICENSE"), path.join(folder, "LICENSE"));
      copyFileSync(path.join(root, "docs/npm.md"), path.join(folder, "README.md"));
      copyTypes(root, Object.values(entries), path.join(folder, "types"));
    },
  };
}
