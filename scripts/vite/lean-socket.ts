// Leaves out of the widget what visitors do not use of Socket.IO: long polling comes as a chunk of its own
// where WebSocket does not get through, WebTransport and binary packets not at all (our wire is JSON).
import { createRequire } from "node:module";
import path from "node:path";
import type { Plugin } from "vite";

const WEBSOCKET_ONLY = "\0parlor:websocket-only";
const NOTHING = "\0parlor:no-transport";
const NO_BINARY = "\0parlor:no-binary";

const sources: Record<string, string> = {
  [NOTHING]: "export const Fetch = 0, XHR = 0, WS = 0, WT = 0;",
  [NO_BINARY]:
    "const no = () => false; export { no as isBinary, no as hasBinary, no as deconstructPacket, no as reconstructPacket, no as decode };",
};

/** Modules of Socket.IO that only binary packets need. */
const binaryModules =
  /socket\.io-parser\/.*\.\/(is-)?binary\.js$|engine\.io-parser\/.*\.\/contrib\/base64-arraybuffer\.js$/;

/**
 * Methods that nothing reaches in our use: upgrading from one transport to another (there is one only),
 * listeners of any event, retries (the outbox has its own), compression by packet.
 */
const unusedMethods: Record<string, string[]> = {
  "engine.io-client/build/esm/socket.js": ["_probe"],
  "socket.io-client/build/esm/socket.js": [
    "_addToQueue",
    "send",
    "compress",
    "onAny",
    "prependAny",
    "offAny",
    "listenersAny",
    "onAnyOutgoing",
    "prependAnyOutgoing",
    "offAnyOutgoing",
    "listenersAnyOutgoing",
  ],
};

interface Method {
  type: string;
  start: number;
  end: number;
  key?: { name?: string };
}

/** Code without these methods of its class. @throws when one is missing: the package has changed */
export function withoutMethods(code: string, names: string[], program: unknown): string {
  const { body } = program as { body: { declaration?: { body?: { body?: Method[] } } }[] };
  const methods = body.flatMap(({ declaration }) => {
    const members = declaration?.body?.body;
    return Array.isArray(members) ? members.filter(({ type }) => type === "MethodDefinition") : [];
  });
  let result = code;
  const unused = methods.filter(({ key }) => names.includes(key?.name ?? ""));
  if (unused.length !== names.length) {
    throw new Error(`lean-socket: expected the methods ${names.join(", ")}`);
  }
  for (const { start, end } of unused.toReversed()) {
    result = result.slice(0, start) + result.slice(end);
  }
  return result;
}

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
      if (binaryModules.test(importer + source)) return NO_BINARY;
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
      return sources[id] ?? null;
    },
    transform(code, id) {
      if (!/\/(socket|engine)\.io-(client|parser)\//.test(id)) return null;
      const unused = Object.entries(unusedMethods).find(([file]) => id.endsWith(file))?.[1];
      // The packages do not say so themselves: what is not asked for can go.
      return {
        ...(unused && { code: withoutMethods(code, unused, this.parse(code)) }),
        moduleSideEffects: false,
      };
    },
  };
}
