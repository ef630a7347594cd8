// The nodes that take more than a type and children: links, code blocks, numbered lists.
import type { Token } from "markdown-it";
import type { RichElement, RichNode, RichOrderedList } from "../../../protocol/rich-text.ts";
import { undisclosedDestination } from "./safe-link.ts";

/** All text of nodes, without what their elements add. */
export function textOf(nodes: readonly RichNode[]): string {
  return nodes.map((node) => (typeof node === "string" ? node : textOf(node.children))).join("");
}

/** A link, and after it the title that Markdown would hide behind the pointer. */
export function linkNodes(token: Token, children: RichNode[]): RichNode[] {
  const href = String(token.attrGet("href"));
  const title = token.attrGet("title");
  const shown = textOf(children).trim() === "" ? [href] : children;
  const destination = undisclosedDestination(href, textOf(shown));
  return [
    { type: "link", href, ...(destination === undefined ? {} : { destination }), children: shown },
    ...(title === null ? [] : [` (${title})`]),
  ];
}

/** The name of a language after the opening fence; anything else there is the first line of code. */
const LANGUAGE = /^[\p{L}\d][\p{L}\d+#._-]{0,31}$/u;

export function codeBlock(token: Token): RichElement {
  const info = token.info.trim();
  const isLanguage = LANGUAGE.test(info);
  const lines = token.content.replace(/\n$/u, "").split("\n");
  if (token.content === "") lines.length = 0;
  const [first, last] = token.map ?? [0, 0];
  const isClosed = last - first > lines.length + 1;
  if (info !== "" && !isLanguage) lines.unshift(info);
  let code = lines.join("\n");
  // People also close a fence at the end of the last line.
  if (!isClosed && code.trimEnd().endsWith(token.markup)) {
    code = code.trimEnd().slice(0, -token.markup.length);
  }
  return {
    type: "code_block",
    ...(isLanguage && code !== "" ? { language: info } : {}),
    children: [code === "" ? info : code],
  };
}

/**
 * Items under the numbers they were given. Markdown would count on from the first, and make `2.` of an
 * answer to question `3.`; only where all are numbered alike (`1.`, `1.`, `1.`) counting is meant.
 */
export function orderedLists(items: RichNode[], numbers: number[]): RichOrderedList[] {
  const lists: RichOrderedList[] = [];
  for (const [index, item] of items.entries()) {
    const number = numbers[index] ?? 1;
    const list = lists.at(-1);
    const isAlike = number === list?.start && numbers[index - 1] === number;
    if (list && (isAlike || number === list.start + list.children.length)) list.children.push(item);
    else lists.push({ type: "ordered_list", start: number, children: [item] });
  }
  return lists;
}
