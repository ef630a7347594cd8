// A message's tree as elements: what is not listed here cannot appear.
import { h } from "preact";
import type { ComponentChildren } from "preact";
import type { RichCode, RichElement, RichLink, RichNode } from "../../protocol/rich-text.ts";
import { texts } from "./texts.ts";

const TAGS: Record<Exclude<RichElement, RichLink | RichCode>["type"], string> = {
  paragraph: "p",
  bold: "strong",
  italic: "em",
  strike: "s",
  quote: "blockquote",
  bullet_list: "ul",
  ordered_list: "ol",
  list_item: "li",
};

/** The text and what is behind it each keep to themselves: neither can turn the other around. */
function drawLink({ href, destination, children }: RichLink): ComponentChildren {
  const text = drawAll(children);
  // The server has checked it; a script among addresses is worth a second look.
  if (!/^(https?:\/\/|mailto:|tel:)/.test(href)) return text;
  return (
    <>
      <a
        href={href}
        target="_blank"
        rel="noopener noreferrer nofollow ugc"
        title={texts.opensInNewTab}
      >
        <bdi>{text}</bdi>
      </a>
      {destination && [" ", <bdi class="host">({destination})</bdi>]}
    </>
  );
}

function draw(node: RichNode, dir?: "auto"): ComponentChildren {
  if (typeof node === "string") return node;
  if (node.type === "link") return drawLink(node);
  const children = drawAll(node.children);
  if (node.type === "code") return <code>{children}</code>;
  if (node.type === "code_block") {
    return (
      // What scrolls must be within reach of the keyboard.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      <pre dir="ltr" tabIndex={0}>
        {node.language && <small>{node.language}</small>}
        {children}
      </pre>
    );
  }
  return h(
    TAGS[node.type],
    { dir, start: node.type === "ordered_list" ? node.start : undefined },
    children,
  );
}

const drawAll = (nodes: RichNode[], dir?: "auto") => nodes.map((node) => draw(node, dir));

/** Each block reads in the direction of its own first word. */
export const RichText = ({ tree }: { tree: RichNode[] }) => <>{drawAll(tree, "auto")}</>;
