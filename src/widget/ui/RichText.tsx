// A message's tree as elements: what is not listed here cannot appear.
import type { ComponentChildren } from "preact";
import { jsx } from "preact/jsx-runtime";
import type { RichElement, RichNode } from "../../protocol/rich-text.ts";

const TAGS: Record<Exclude<RichElement["type"], "link" | "code_block">, string> = {
  paragraph: "p",
  bold: "strong",
  italic: "em",
  strike: "s",
  quote: "blockquote",
  bullet_list: "ul",
  ordered_list: "ol",
  list_item: "li",
  code: "code",
};

const drawAll = (nodes: RichNode[], dir?: "auto") => nodes.map((node) => draw(node, dir));

function draw(node: RichNode, dir?: "auto"): ComponentChildren {
  if (typeof node === "string") return node;
  const children = drawAll(node.children);
  if (node.type === "link") {
    const { href, destination } = node;
    // The server has checked it; a script among addresses is worth a second look.
    if (!/^(https?:\/\/|mailto:|tel:)/.test(href)) return children;
    // The text and what is behind it each keep to themselves: neither can turn the other around.
    return [
      <a href={href} target="_blank" rel="noopener noreferrer nofollow ugc">
        <bdi>{children}</bdi>
      </a>,
      destination && [" ", <bdi>({destination})</bdi>],
    ];
  }
  if (node.type === "code_block") {
    return (
      // What scrolls must be within reach of the keyboard.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      <pre dir={dir} tabIndex={0}>
        {node.language && <small>{`${node.language}\n`}</small>}
        {children}
      </pre>
    );
  }
  return jsx(TAGS[node.type], { dir, start: node.start, children });
}

/** Each block reads in the direction of its own first word. */
export const RichText = ({ tree }: { tree: RichNode[] }) => drawAll(tree, "auto");
