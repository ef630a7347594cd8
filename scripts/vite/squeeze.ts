// A last pass over what the bundler has minified: Terser finds another three per cent in the widget.
import { minify } from "terser";
import type { Plugin } from "vite";

/**
 * Properties that are the bundle's own affair, here of Socket.IO: those that it calls private, and others that
 * neither a browser nor the wire knows. Each gets one short name in all chunks.
 */
const innerNames = [
  "_[a-z]\\w+",
  "emit(Reserved|Event|Buffered)",
  "on(reconnect|decoded|event|ack|connect|disconnect)",
  "(set|clear)TimeoutFn|removeAllListeners|notifyOutgoingListeners|withError",
  "(write|send|receive|packet)Buffer|encodeAsString|takeFirstPacket|supportsBinary|forceBase64",
  "reconnection\\w*|skipReconnect|maybeReconnectOnOpen|randomizationFactor|setJitter",
  "reconstructor|reconPack|finishedReconstruction",
  "transport(Implementations|Options)|tryAllTransports|priorWebsocketSuccess|rememberUpgrade",
  "auto(Connect|Unref)|closeOnBeforeunload|extraHeaders|addTrailingSlash",
  "timestamp(Requests|Param)|createUri|do(Open|Close)|onHeartbeat|setWindow",
];

/** A Vite plugin for builds of which every byte counts; goes after those that write code. */
export function squeeze(): Plugin {
  return {
    name: "parlor:squeeze",
    apply: "build",
    enforce: "post",
    async generateBundle(_options, bundle) {
      let props = {};
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== "chunk") continue;
        const nameCache = { props };
        const { code } = await minify(chunk.code, {
          ecma: 2020,
          module: !chunk.isEntry,
          toplevel: true,
          compress: { passes: 3, unsafe_arrows: true },
          mangle: { properties: { regex: new RegExp(`^(${innerNames.join("|")})$`) } },
          nameCache,
        });
        ({ props } = nameCache);
        if (!code) this.error(`squeeze: nothing is left of ${chunk.fileName}`);
        chunk.code = code;
      }
    },
  };
}
