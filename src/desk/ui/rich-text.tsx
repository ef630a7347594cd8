// A message's tree as elements: what is not listed here cannot appear.
import { h } from "preact";
import type { ComponentChildren } from "preact";
import type { RichCodeBlock, RichElement, RichLink, RichNode } from "../../protocol/rich-text.ts";

const TAGS: Record<Exclude<RichElement["type"], "link" | "code_block">, string> = {
  paragraph: "p",
  bold: "strong",
  italic: "em",
  strike: "s",
  code: "code",
  quote: "blockquote",
  bullet_list: "ul",
  ordered_list: "ol",
  list_item: "li",
};

/** The server has checked it; a script among addresses is worth a second look. */
const SAFE_ADDRESS = /^(?:https?:\/\/|mailto:|tel:)/u;

function drawLink({ href, destination, children }: RichLink): ComponentChildren {
  if (!SAFE_ADDRESS.test(href)) return drawAll(children);
  // The text and what is behind it each keep to themselves: neither can turn the other around.
  return (
    <>
      <a href={href} target="_blank" rel="noopener noreferrer nofollow ugc">
        <bdi>{drawAll(children)}</bdi>
      </a>
      {destination !== undefined && [" ", <bdi class="link-destination">({destination})</bdi>]}
    </>
  );
}

function drawCodeBlock({ language, children }: RichCodeBlock, dir?: "auto"): ComponentChildren {
  return (
    // What scrolls must be within reach of the keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <pre dir={dir} tabIndex={0}>
      {language !== undefined && <small>{language}</small>}
      <code>{children}</code>
    </pre>
  );
}

function draw(node: RichNode, dir?: "auto"): ComponentChildren {
  if (typeof node === "string") return node;
  if (node.type === "link") return drawLink(node);
  if (node.type === "code_block") return drawCodeBlock(node, dir);
  return h(TAGS[node.type], { dir, start: node.start }, drawAll(node.children));
}

function drawAll(nodes: readonly RichNode[], dir?: "auto"): ComponentChildren[] {
  return nodes.map((node) => draw(node, dir));
}

/** Each block reads in the direction of its own first word. */
export function RichText({ tree }: { tree: readonly RichNode[] }) {
  return <>{drawAll(tree, "auto")}</>;
}
