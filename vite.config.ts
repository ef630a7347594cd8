// The four builds, one mode each: `vite build --mode widget|desk|server|sdk`. All land in dist/.
import { cpSync, rmSync } from "node:fs";
import { builtinModules } from "node:module";
import path from "node:path";
import preact from "@preact/preset-vite";
import { defineConfig } from "vite";
import type { UserConfig } from "vite";
import { packedWords } from "./scripts/vite/packed-words.ts";
import { noServerCode } from "./scripts/vite/no-server-code.ts";
import { entryName, sdkPackage } from "./scripts/vite/sdk-package.ts";
import { squeeze } from "./scripts/vite/squeeze.ts";
import { trimPreactPlugin } from "./scripts/vite/trim-preact.ts";
import { twoStage } from "./scripts/vite/two-stage.ts";

const root = import.meta.dirname;
const at = (...parts: string[]) => path.join(root, ...parts);

/** What a host page loads: `widget.js`, a classic script, and the chunks that it imports on intent. */
const widget: UserConfig = {
  plugins: [
    noServerCode(),
    packedWords(),
    twoStage(),
    trimPreactPlugin(),
    squeeze(),
    {
      name: "parlor:no-old-chunks",
      apply: "build",
      buildStart: () => rmSync(at("dist/web/widget"), { recursive: true, force: true }),
    },
  ],
  publicDir: at("public"),
  build: {
    outDir: at("dist/web"),
    // The desk and the demo lie there too; the plugin above removes the chunks of earlier builds.
    emptyOutDir: false,
    target: "es2022",
    // These know `light-dark()`: for older ones, two variables that the widget has no use for would come along.
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    modulePreload: false,
    rollupOptions: {
      input: { widget: at("src/widget/main.ts") },
      // Squeezing takes most of the time, and nobody who starts Parlor needs to hear of it.
      checks: { pluginTimings: false },
      output: {
        format: "es",
        entryFileNames: "widget.js",
        chunkFileNames: "widget/[name]-[hash].js",
      },
    },
  },
};

/** The agents' web app, served at /desk/. */
const desk: UserConfig = {
  root: at("src/desk"),
  base: "/desk/",
  plugins: [preact(), noServerCode()],
  publicDir: false,
  build: { outDir: at("dist/web/desk"), emptyOutDir: true, target: "es2022" },
};

/** The process, and the thread of its webhooks. Packages stay in node_modules; migrations lie beside the bundle. */
const server: UserConfig = {
  publicDir: false,
  plugins: [
    {
      name: "parlor:migrations",
      closeBundle() {
        cpSync(at("src/server/database/migrations"), at("dist/server/migrations"), {
          recursive: true,
        });
        cpSync(at("demo"), at("dist/web/demo"), {
          recursive: true,
          filter: (source) => !/\.ts$|tsconfig\.json$/.test(source),
        });
      },
    },
  ],
  build: {
    ssr: true,
    outDir: at("dist/server"),
    emptyOutDir: true,
    target: "node20",
    minify: false,
    sourcemap: true,
    rollupOptions: {
      input: {
        main: at("src/server/main.ts"),
        "webhook-thread": at("src/server/webhooks/thread-program.ts"),
      },
      external: [...builtinModules, /^node:/],
      // Side by side: whoever looks for files near his own finds them.
      output: { format: "es", entryFileNames: "[name].js", chunkFileNames: "[name]-[hash].js" },
    },
  },
};

/** The npm package for a site's developers, by entry of its `exports`. */
const sdkEntries: Record<string, string> = {
  ".": "src/sdk/index.ts",
  "./stub": "src/sdk/stub.ts",
  "./react": "src/sdk/react.ts",
  "./preact": "src/sdk/preact.ts",
  "./testing": "src/sdk/testing/index.ts",
};

const sdk: UserConfig = {
  plugins: [noServerCode(), sdkPackage({ root, entries: sdkEntries })],
  publicDir: false,
  build: {
    outDir: at("dist/sdk"),
    emptyOutDir: true,
    target: "es2022",
    // Whoever bundles the site makes it small; until then somebody may read it.
    minify: false,
    lib: {
      entry: Object.fromEntries(
        Object.entries(sdkEntries).map(([entry, source]) => [entryName(entry), at(source)]),
      ),
      formats: ["es"],
    },
    rollupOptions: {
      external: [/^(react|preact|@playwright)(\/|$)/],
      output: {
        entryFileNames: "[name].js",
        chunkFileNames: "chunks/[name].js",
        // Frameworks that render on servers want to know which modules belong to the browser.
        banner: ({ name }) => (name === "react" ? '"use client";' : ""),
      },
    },
  },
};

const builds: Record<string, UserConfig> = { widget, desk, server, sdk };

export default defineConfig(({ mode }) => {
  const build = builds[mode];
  if (!build) throw new Error(`vite: say --mode ${Object.keys(builds).join("|")}, not ${mode}`);
  return { root, clearScreen: false, ...build };
});
