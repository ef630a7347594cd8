import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { brotliCompressSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { packWords } from "./packed-words.ts";

const LANGUAGE_MAX_BYTES = 2_048;
const folder = path.join(import.meta.dirname, "../../src/widget/ui/languages");
const packed = await Promise.all(
  (await readdir(folder)).map(async (file) => ({
    file,
    code: packWords(await readFile(path.join(folder, file), "utf8")),
  })),
);
const languages = packed.filter(({ code }) => code !== undefined);

describe("a language as it is loaded", () => {
  it("is its words by group, in their order", () => {
    const code = `import type { Words } from "./words.ts";

export const words: Words = { chat: { a: "Ä", b: { one: "x", other: "y" } } };
`;
    expect(packWords(code)).toBe(`export const words = {"chat":["Ä",{"one":"x","other":"y"}]};`);
    expect(packWords("export const isRightToLeft = () => false;")).toBeUndefined();
    expect(languages).toHaveLength(12);
  });

  // All that it says, as a server sends it. The emoji picker's names come with the picker.
  it.each(languages)("weighs at most 2 KiB: $file", ({ code = "" }) => {
    expect(brotliCompressSync(code).byteLength).toBeLessThanOrEqual(LANGUAGE_MAX_BYTES);
  });
});
