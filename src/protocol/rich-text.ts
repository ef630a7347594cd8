// Formatted text as it travels: a small tree of allowed nodes. Browsers build elements from it.

/** Nodes that are nothing but their children. */
export const richContainerTypes = [
  "paragraph",
  "bold",
  "italic",
  "strike",
  "code",
  "quote",
  "bullet_list",
  "list_item",
] as const;
export type RichContainerType = (typeof richContainerTypes)[number];

export interface RichContainer {
  type: RichContainerType;
  /** Only an ordered list has one. */
  start?: undefined;
  children: RichNode[];
}

/** Numbered from `start` on; its children are of type `list_item`. */
export interface RichOrderedList {
  type: "ordered_list";
  start: number;
  children: RichNode[];
}

/** Lines of code, with the name of their language if it was given. */
export interface RichCodeBlock {
  type: "code_block";
  language?: string | undefined;
  children: string[];
}

/**
 * `href` is absolute and canonical: http, https, mailto or tel. `destination` is the host, address or
 * number behind it, present when the link's text does not say so itself: show it beside the text.
 */
export interface RichLink {
  type: "link";
  href: string;
  destination?: string | undefined;
  children: RichNode[];
}

export type RichElement = RichContainer | RichOrderedList | RichCodeBlock | RichLink;

/** Text (a line feed in it breaks the line, spaces stay as they are), or an element. */
export type RichNode = string | RichElement;

/** A message's blocks. */
export type RichText = RichNode[];

/**
 * Longest formatted text in UTF-16 code units, deepest nesting of elements, and most nodes, texts
 * included. A message beyond the first or the last stays plain text.
 */
export const RICH_TEXT_MAX_LENGTH = 10_000;
export const RICH_TEXT_MAX_DEPTH = 24;
export const RICH_TEXT_MAX_NODES = 4_000;

/** The words of a tree without their form, for one-line previews, titles and announcements. */
export function plainText(nodes: readonly RichNode[]): string {
  return nodes
    .map((node) => {
      if (typeof node === "string") return node;
      const isOnItsOwn = /paragraph|quote|list|block/.test(node.type);
      return plainText(node.children) + (isOnItsOwn ? "\n" : "");
    })
    .join("");
}
