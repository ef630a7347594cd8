import { defineConfig } from "drizzle-kit";

export default defineConfig({
  dialect: "postgresql",
  schema: [
    "./src/server/database/tables.ts",
    "./src/server/database/webhook-tables.ts",
    "./src/server/database/custom-attribute-tables.ts",
    "./src/server/database/snooze-tables.ts",
    "./src/server/database/access-token-tables.ts",
    "./src/server/database/administration-tables.ts",
    "./src/server/database/identity-tables.ts",
    "./src/server/database/attachment-tables.ts",
  ],
  out: "./src/server/database/migrations",
});
