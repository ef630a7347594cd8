// From markdown-it's flat list of tokens to the tree that travels.
import type { Token } from "markdown-it";
import { RICH_TEXT_MAX_DEPTH, RICH_TEXT_MAX_NODES } from "../../../protocol/rich-text.ts";
import type { RichContainerType, RichNode, RichText } from "../../../protocol/rich-text.ts";
import { codeBlock, linkNodes, orderedLists } from "./nodes.ts";

/** Emphasis below this depth is dropped and its text kept, which leaves room for a link with text. */
const EMPHASIS_MAX_DEPTH = RICH_TEXT_MAX_DEPTH - 2;

const BLOCKS: Partial<Record<string, RichContainerType>> = {
  blockquote_open: "quote",
  bullet_list_open: "bullet_list",
  list_item_open: "list_item",
};
const EMPHASES: Partial<Record<string, RichContainerType>> = {
  strong_open: "bold",
  em_open: "italic",
  s_open: "strike",
};

type Finish = (children: RichNode[], numbers: number[]) => RichNode[];

/** An element that is being read, and what it leaves in its parent once it is read. */
interface Frame {
  children: RichNode[];
  finish: Finish | undefined;
  /** What the items of an ordered list were numbered. */
  numbers: number[];
}

/** Reads tokens one by one; without recursion, since the text decides how deep they nest. */
function createTreeReader() {
  const root: RichText = [];
  const frames: Frame[] = [{ children: root, finish: undefined, numbers: [] }];
  let depth = 0;
  let nodeCount = 0;
  const top = () => frames[frames.length - 1] ?? { children: root, finish: undefined, numbers: [] };

  function add(...nodes: RichNode[]): void {
    for (const node of nodes) {
      const { children } = top();
      const last = children.at(-1);
      if (typeof node === "string" && typeof last === "string") {
        children[children.length - 1] = last + node;
      } else if (node !== "") {
        children.push(node);
        nodeCount += 1;
      }
    }
  }

  function enter(finish: Finish): void {
    frames.push({ children: [], finish, numbers: [] });
    depth += 1;
  }

  /** Enters what leaves no element: its children become those of the element around it. */
  function enterUnseen(): void {
    frames.push({ children: top().children, finish: undefined, numbers: [] });
  }

  function leave(): void {
    const frame = frames.pop();
    if (!frame?.finish) return;
    depth -= 1;
    add(...frame.finish(frame.children, frame.numbers));
  }

  /** `![text](address)` leads to the image instead of loading it; its mark goes. */
  function dropImageMark(): void {
    const { children } = top();
    const last = children.at(-1);
    if (typeof last !== "string" || !/(?:^|\s)!$/u.test(last.slice(-2))) return;
    if (last.length === 1) children.pop();
    else children[children.length - 1] = last.slice(0, -1);
  }

  function open(token: Token): void {
    const block = BLOCKS[token.type];
    const emphasis = EMPHASES[token.type];
    if (token.type === "list_item_open") top().numbers.push(Number(token.info));
    if (block) enter((children) => [{ type: block, children }]);
    else if (emphasis && depth < EMPHASIS_MAX_DEPTH) {
      enter((children) => [{ type: emphasis, children }]);
    } else if (token.type === "ordered_list_open") enter(orderedLists);
    else if (token.type === "heading_open") enter(heading);
    else if (token.type === "paragraph_open" && !token.hidden) enter(paragraph);
    else if (token.type === "link_open" && token.attrGet("href") !== "") {
      if (token.info !== "auto") dropImageMark();
      enter((children) => linkNodes(token, children));
    } else enterUnseen();
  }

  function leaf(token: Token): void {
    if (token.type === "softbreak" || token.type === "hardbreak") add("\n");
    else if (token.type === "code_inline") add({ type: "code", children: [token.content] });
    else if (token.type === "fence") add(codeBlock(token));
    else add(token.content);
  }

  return {
    root,
    isTooLarge: () => nodeCount > RICH_TEXT_MAX_NODES,
    read(token: Token): void {
      if (token.nesting === 1) open(token);
      else if (token.nesting === -1) leave();
      else leaf(token);
    },
  };
}

function paragraph(children: RichNode[]): RichNode[] {
  return children.length === 0 ? [] : [{ type: "paragraph", children }];
}

function heading(children: RichNode[]): RichNode[] {
  return children.length === 0
    ? []
    : [{ type: "paragraph", children: [{ type: "bold", children }] }];
}

/** The tree of a parsed text; `undefined` when it would have too many nodes. */
export function treeOf(tokens: Token[]): RichText | undefined {
  const reader = createTreeReader();
  for (const token of tokens) {
    for (const inner of token.children ?? [token]) {
      reader.read(inner);
      if (reader.isTooLarge()) return undefined;
    }
  }
  return reader.root;
}
