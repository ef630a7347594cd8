// A last pass over what the bundler has minified: Terser finds another three per cent in the widget. And a word to the
// browser's compiler.
import { minify } from "terser";
import type { Plugin } from "vite";

/**
 * Chromium compiles such a script whole and beside the page, while it comes in, where it would else compile each function
 * on the page's own thread at its first call: most of what the first stage holds is called at load, and most of the chat
 * as it is opened.
 */
const COMPILE_WHOLE = "//# allFunctionsCalledOnLoad\n";
const isWhole = ({ isEntry, name }: { isEntry: boolean; name: string }) =>
  isEntry || name === "start-chat";

/**
 * A browser keeps a script's text as long as its page, and in two bytes a letter if a single letter needs them. Where few
 * do, they are escaped.
 */
const isNearlyAscii = (code: string) => (code.match(/[^\0-\x7F]/g) ?? []).length < 10;

/** A Vite plugin for builds of which every byte counts; goes after those that write code. */
export function squeeze(): Plugin {
  return {
    name: "parlor:squeeze",
    apply: "build",
    enforce: "post",
    async generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== "chunk") continue;
        const { code } = await minify(chunk.code, {
          ecma: 2022,
          module: !chunk.isEntry,
          toplevel: true,
          format: { ascii_only: isNearlyAscii(chunk.code) },
          compress: { passes: 3, unsafe_arrows: true, keep_fargs: false, lhs_constants: false },
        });
        if (!code) this.error(`squeeze: nothing is left of ${chunk.fileName}`);
        chunk.code = isWhole(chunk) ? COMPILE_WHOLE + code : code;
      }
    },
  };
}
