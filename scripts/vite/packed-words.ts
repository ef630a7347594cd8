// Words of a language without what they are called: a page that loads them pays for the words alone.
//
// A language file has its words in the order in which English has them (a test says so), and whoever reads one knows
// English: its place there is its place here.
import { runInNewContext } from "node:vm";
import type { Plugin } from "vite";

const languageFile = /\/widget\/ui\/languages\/[a-z-]+\.ts$/;
const words = /export const words: Words = (\{[\s\S]*\});\s*$/;

/** The file's code with lists in the place of its groups; undefined: it holds no words. */
export function packWords(code: string): string | undefined {
  const literal = words.exec(code)?.[1];
  if (!literal) return undefined;
  // Our own source, which is a literal.
  const groups = runInNewContext(`(${literal})`) as Record<string, object>;
  const packed = Object.entries(groups).map(([group, own]) => [group, Object.values(own)]);
  return `export const words = ${JSON.stringify(Object.fromEntries(packed))};`;
}

/** A Vite plugin for the widget's build. */
export function packedWords(): Plugin {
  return {
    name: "parlor:packed-words",
    apply: "build",
    enforce: "pre",
    transform: (code, id) => (languageFile.test(id) ? packWords(code) : undefined),
  };
}
