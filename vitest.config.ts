// Which tests run where. The project `process` needs the build; the others run from the sources.
import preact from "@preact/preset-vite";
import { defineConfig } from "vitest/config";

const processTests = "src/server/process.test.ts";

export default defineConfig({
  test: {
    testTimeout: 15_000,
    hookTimeout: 30_000,
    projects: [
      {
        test: {
          name: "server",
          environment: "node",
          include: ["src/server/**/*.test.ts"],
          exclude: [processTests],
          globalSetup: ["src/server/test-kit/global-setup.ts"],
        },
      },
      {
        test: {
          name: "process",
          environment: "node",
          include: [processTests],
          globalSetup: ["src/server/test-kit/global-setup.ts"],
          testTimeout: 60_000,
        },
      },
      {
        plugins: [preact()],
        test: {
          name: "browser-code",
          environment: "happy-dom",
          include: ["src/{client,widget,desk}/**/*.test.{ts,tsx}"],
        },
      },
      {
        test: {
          name: "shared",
          environment: "node",
          include: ["src/protocol/**/*.test.ts", "scripts/**/*.test.ts"],
        },
      },
    ],
  },
});
