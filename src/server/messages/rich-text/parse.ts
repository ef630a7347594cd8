// From a message's Markdown to the tree that travels beside it, if it says more than the text alone.
import { RICH_TEXT_MAX_LENGTH } from "../../../protocol/rich-text.ts";
import type { RichNode, RichText } from "../../../protocol/rich-text.ts";
import { createChatMarkdown } from "./chat-markdown.ts";
import { textOf } from "./nodes.ts";
import { treeOf } from "./tree.ts";

/** Without one of these no rule can apply; most messages have none and are done here. */
const MARKUP = /[*_`~<[\\@]|:\/\/|www\.|^[ \t]*(?:[-+>#]|\d{1,9}[.)])/imu;
const WORD = /[\p{L}\p{N}]/u;

/** A constant as a compiled expression is one: it keeps nothing of what it has parsed. */
const markdown = createChatMarkdown();

const withoutBlanks = (text: string) => text.replace(/\s+/gu, "");

const isPlain = (node: RichNode) =>
  typeof node === "object" &&
  node.type === "paragraph" &&
  node.children.every((child) => typeof child === "string");

/**
 * Formats a message's text. `null` when the text alone says as much: it has no markup, or it is so long
 * or has so much of it (see the limits in the protocol) that it is rather data than a message.
 */
export function parseRichText(text: string): RichText | null {
  if (text.length > RICH_TEXT_MAX_LENGTH || !MARKUP.test(text) || !WORD.test(text)) return null;
  const tree = treeOf(markdown.parse(text, {}));
  if (!tree) return null;
  const saysNoMore = tree.every(isPlain) && withoutBlanks(textOf(tree)) === withoutBlanks(text);
  return saysNoMore ? null : tree;
}
