// Which tests run where: from the sources, but for those that kill a server, which need the build (`process`, and `kill.test.ts`).
import preact from "@preact/preset-vite";
import { defineConfig } from "vitest/config";
import { useQuickFolder } from "./scripts/quick-folder.ts";

const processTests = "src/server/process.test.ts";
/** Watches a module of Node.js that others have imported before it: it wants a worker of its own. */
const watchingTests = "src/server/random.test.ts";
/** These start the embedded PostgreSQL themselves. */
const startingTests = "src/server/database/embedded/**/*.test.ts";
/** What could be different on the embedded PostgreSQL, which is newer than the one that the rooms are tested on. */
const versionTests = [
  "src/server/database/*.test.ts",
  "src/server/conversations/{list-filter,plans}.test.ts",
  "src/server/messages/create-message.test.ts",
];

useQuickFolder();

export default defineConfig({
  test: {
    testTimeout: 15_000,
    hookTimeout: 30_000,
    expect: { poll: { timeout: 10_000 } },
    // As in the browser tests: a busy machine may fail a test once. The report says "retry x1"; such a test is to be mended.
    retry: process.env["CI"] ? 1 : 0,
    // Two cores: one worker waits for the database while the other works.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: "server",
          environment: "node",
          // No module keeps state: one import of them serves all files of a worker.
          isolate: false,
          include: ["src/server/**/*.test.ts"],
          exclude: [processTests, watchingTests, startingTests],
          globalSetup: ["src/server/test-kit/global-setup.ts"],
        },
      },
      {
        extends: true,
        test: {
          name: "embedded-postgres",
          environment: "node",
          isolate: false,
          include: [startingTests, ...versionTests],
          globalSetup: ["src/server/test-kit/global-setup.ts"],
        },
      },
      {
        extends: true,
        test: {
          name: "process",
          environment: "node",
          include: [processTests],
          globalSetup: ["src/server/test-kit/global-setup.ts"],
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        plugins: [preact()],
        test: {
          name: "browser-code",
          environment: "happy-dom",
          // As above: what a module keeps is kept for one chat, or one desk.
          isolate: false,
          setupFiles: ["scripts/patience.ts"],
          include: ["src/{client,widget,desk}/**/*.test.{ts,tsx}"],
        },
      },
      {
        extends: true,
        // Without Preact's plugin: it would put Preact in React's place.
        resolve: {
          alias: [
            { find: /^parlor$/, replacement: "/src/sdk/index.ts" },
            { find: /^parlor\/(\w+)$/, replacement: "/src/sdk/$1.ts" },
          ],
        },
        test: {
          name: "sdk",
          environment: "happy-dom",
          environmentOptions: {
            happyDOM: {
              settings: {
                // The tests' own script, from the tests' own server.
                enableJavaScriptEvaluation: true,
                suppressInsecureJavaScriptEnvironmentWarning: true,
              },
            },
          },
          include: ["src/sdk/**/*.test.{ts,tsx}"],
        },
      },
      {
        extends: true,
        test: {
          name: "proof",
          environment: "node",
          include: ["src/proof/**/*.test.ts"],
          globalSetup: ["src/server/test-kit/global-setup.ts"],
        },
      },
      {
        extends: true,
        test: {
          name: "shared",
          environment: "node",
          include: [
            "src/protocol/**/*.test.ts",
            "scripts/**/*.test.ts",
            "e2e/kit/**/*.test.ts",
            watchingTests,
          ],
        },
      },
    ],
  },
});
