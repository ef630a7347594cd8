// HTML as text: whatever is not written here as a tag is escaped.
import type { RichNode } from "../../protocol/rich-text.ts";
import { safeHref } from "../messages/rich-text/safe-link.ts";

/** Text within an element or a quoted attribute. Controls are no text; line feeds and tabs are. */
export const escapeHtml = (text: string): string =>
  text
    .replaceAll(/(?![\n\t])\p{Cc}/gu, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;")
    // A backtick is a quote to some readers of mail.
    .replaceAll("`", "&#96;");

const TAGS = {
  paragraph: "p",
  bold: "strong",
  italic: "em",
  strike: "s",
  code: "code",
  quote: "blockquote",
  bullet_list: "ul",
  list_item: "li",
} as const;

/** A link whose address is safe and whose host can be read; else its words. */
export function linkHtml(address: string, words: string): string {
  const href = safeHref(address);
  if (href === undefined) return words;
  return `<a href="${escapeHtml(href)}" rel="noopener noreferrer nofollow">${words}</a>`;
}

/** A message's tree as elements. */
export function richTextHtml(nodes: readonly RichNode[]): string {
  return nodes.map(nodeHtml).join("");
}

function nodeHtml(node: RichNode): string {
  if (typeof node === "string") return escapeHtml(node).replaceAll("\n", "<br>");
  if (node.type === "code_block") return `<pre>${node.children.map(escapeHtml).join("")}</pre>`;
  const inner = richTextHtml(node.children);
  if (node.type === "link") {
    const behind = node.destination ? ` (${escapeHtml(node.destination)})` : "";
    return `${linkHtml(node.href, `<bdi>${inner}</bdi>`)}${behind}`;
  }
  if (node.type === "ordered_list") return `<ol start="${Math.trunc(node.start)}">${inner}</ol>`;
  const tag = TAGS[node.type];
  return `<${tag}>${inner}</${tag}>`;
}

const STYLE =
  "body{margin:0;padding:24px;background:#fff;color:#1b1f24;font:15px/1.5 system-ui,sans-serif}" +
  "main{max-width:640px;margin:0 auto;overflow-wrap:anywhere}h1{font-size:20px}" +
  "article{margin:0 0 16px;padding-inline-start:12px;border-inline-start:3px solid #d5dae1}" +
  "article.team{border-color:#1f5eff}header{color:#5a6472;font-size:13px}p{margin:0 0 4px}" +
  "pre{white-space:pre-wrap}footer{color:#5a6472;font-size:13px}";

const english = { language: "en", direction: "ltr" } as const;

/** A whole page that fetches nothing and runs nothing, wherever it is opened. */
export const pageHtml = (
  title: string,
  body: string,
  { language, direction }: { language: string; direction: "ltr" | "rtl" } = english,
): string =>
  `<!doctype html>\n<html lang="${escapeHtml(language)}"${direction === "rtl" ? ' dir="rtl"' : ""}>` +
  `<head><meta charset="utf-8">` +
  `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">` +
  `<meta name="viewport" content="width=device-width, initial-scale=1">` +
  `<title>${escapeHtml(title)}</title><style>${STYLE}</style></head>` +
  `<body><main>${body}</main></body></html>\n`;
