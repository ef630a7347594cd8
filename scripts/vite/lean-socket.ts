// Leaves out of the widget what most visitors never use of Socket.IO: long polling comes as a chunk of its
// own where WebSocket does not get through, WebTransport not at all.
import { createRequire } from "node:module";
import path from "node:path";
import type { Plugin } from "vite";

const WEBSOCKET_ONLY = "\0parlor:websocket-only";
const NOTHING = "\0parlor:no-transport";

/** A Vite plugin for the widget's build. `pollingModule` is the module of ours that stands for long polling. */
export function leanSocket(pollingModule: string): Plugin {
  const here = createRequire(import.meta.url);
  const client = createRequire(here.resolve("socket.io-client"));
  const engine = path.join(
    path.dirname(client.resolve("engine.io-client/package.json")),
    "build/esm",
  );
  return {
    name: "parlor:lean-socket",
    enforce: "pre",
    resolveId(source, importer = "") {
      if (source === "socket.io-client" && path.resolve(importer) === path.resolve(pollingModule)) {
        return path.join(engine, "transports/polling-fetch.js");
      }
      if (path.dirname(importer) !== engine || !source.startsWith("./transports/")) return null;
      if (source.endsWith("/index.js")) return WEBSOCKET_ONLY;
      // The package's barrel names every transport; nothing asks it for one.
      return path.basename(importer) === "index.js" ? NOTHING : null;
    },
    load(id) {
      if (id === WEBSOCKET_ONLY) {
        const module = JSON.stringify(path.join(engine, "transports/websocket.js"));
        return `import { WS } from ${module}; export const transports = { websocket: WS };`;
      }
      if (id === NOTHING) return "export const Fetch = 0, XHR = 0, WS = 0, WT = 0;";
      return null;
    },
  };
}
