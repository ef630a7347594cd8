import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { richTextSchema } from "../../../protocol/rich-text-schema.ts";
import { RICH_TEXT_MAX_DEPTH, RICH_TEXT_MAX_NODES } from "../../../protocol/rich-text.ts";
import type { RichNode, RichText } from "../../../protocol/rich-text.ts";
import { attacks } from "./attack-corpus.ts";
import { parseRichText } from "./parse.ts";
import { safeHref } from "./safe-link.ts";

const childrenOf = (node: RichNode): RichNode[] => (typeof node === "string" ? [] : node.children);
const everyNode = (nodes: RichNode[]): RichNode[] =>
  nodes.flatMap((node) => [node, ...everyNode(childrenOf(node))]);
const depthOf = (nodes: RichNode[]): number =>
  Math.max(0, ...nodes.map((node) => (typeof node === "string" ? 0 : 1 + depthOf(node.children))));

function expectSoundTree(text: string, name?: string): void {
  const tree: RichText = parseRichText(text) ?? [];
  expect(richTextSchema.parse(tree), name).toEqual(tree);
  const nodes = everyNode(tree);
  expect(nodes.length, name).toBeLessThanOrEqual(RICH_TEXT_MAX_NODES);
  // Half a pair of surrogates is no text for PostgreSQL.
  if (!/\p{Surrogate}/u.test(text)) expect(JSON.stringify(tree), name).not.toMatch(/\\ud[89a-f]/iu);
  expect(depthOf(tree), name).toBeLessThanOrEqual(RICH_TEXT_MAX_DEPTH);
  for (const node of nodes) {
    if (typeof node === "object" && node.type === "link") {
      expect(safeHref(node.href), name).toBe(node.href);
      expect(node.children, name).not.toHaveLength(0);
    }
  }
}

/** Everything that a reader of the tree can get at, numbers of lists included. */
function readable(nodes: RichNode[]): string {
  return nodes
    .map((node) => {
      if (typeof node === "string") return node;
      if (node.type === "ordered_list") {
        return node.children.map((item, i) => ` ${node.start + i} ${readable([item])} `).join("");
      }
      const inner = readable(node.children);
      if (node.type === "link") return `${inner} ${decodeURI(node.href)} `;
      if (node.type === "code_block") return `\n${node.language ?? ""}\n${inner}\n`;
      return node.type === "bold" || node.type === "italic" || node.type === "strike"
        ? inner
        : `\n${inner}\n`;
    })
    .join("");
}

const fragments = [
  ...Array.from("*_~`>-+#[]()!<\\|\"':;="),
  ...Array.from("*_~`>-#[]()\n\n \t"),
  "**",
  "~~",
  "```",
  "\n> ",
  "\n- ",
  "\n1. ",
  "\n3) ",
  "\n    ",
  "\n\n",
  "](",
  "](https://x.de/",
  "![",
  "[apple](https://x.de/)",
  '](https://x.de/ "kahvi")',
  "\n[ночь]: https://x.de/\n",
  "\n===\n",
  "<b>",
  "&#xd83d;",
  "&amp;",
  "https://x.de/",
  "www.x.de",
  "me@x.de",
  "mailto:me@x.de",
  "javascript:",
  "\u202e",
  "\u0301",
  "👍",
];
const WORDS = ["apple", "kahvi", "مرحبا", "重点", "42", "ночь"];
const markdownLike = fc
  .array(fc.constantFrom(...WORDS, ...fragments), { maxLength: 60, size: "max" })
  .map((parts) => parts.join(""));

describe("any text", { timeout: 30_000 }, () => {
  it("becomes no tree or a sound one", () => {
    const anyText = fc.oneof(
      markdownLike,
      fc.string({ unit: "binary", maxLength: 200, size: "max" }),
    );
    fc.assert(
      fc.property(anyText, (text) => {
        expectSoundTree(text);
      }),
      { numRuns: 500 },
    );
  });

  it("keeps every word that can be seen", () => {
    fc.assert(
      fc.property(markdownLike, (text) => {
        const tree = parseRichText(text);
        const shown = tree ? readable(tree) : text;
        for (const word of WORDS) if (text.includes(word)) expect(shown).toContain(word);
      }),
      { numRuns: 500 },
    );
  });
});

describe("the attack corpus", () => {
  it("leaves a sound tree or none", () => {
    for (const { name, text } of attacks) expectSoundTree(text, name);
  });

  it("never finds a link to another scheme or to a host that is not shown", () => {
    for (const { name, text } of attacks) {
      for (const node of everyNode(parseRichText(text) ?? [])) {
        if (typeof node !== "object" || node.type !== "link") continue;
        const { protocol, username, host, pathname } = new URL(node.href);
        expect(["http:", "https:", "mailto:", "tel:"], name).toContain(protocol);
        expect(username, name).toBe("");
        const shown = `${readable(node.children)} ${node.destination ?? ""}`.toLowerCase();
        expect(shown, name).toContain(protocol.startsWith("http") ? host : pathname);
      }
    }
  });
});
