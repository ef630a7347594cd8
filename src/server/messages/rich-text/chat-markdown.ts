// Markdown as people use it in a chat: markdown-it with the rules that format, without those that hide
// what was typed (HTML, entities, references, rulers, tables, indented code), and a few made stricter.
import MarkdownIt from "markdown-it";
import type { MarkdownIt as Markdown, StateBlock, StateInline } from "markdown-it";
import { safeHref } from "./safe-link.ts";

/** Quotes and lists within one another; a list counts twice. Deeper markers are text. */
const BLOCK_MAX_LEVEL = 12;

type BlockRule = (state: StateBlock, line: number, endLine: number, silent: boolean) => boolean;

/** A block rule of markdown-it by its name. */
function blockRule(name: string): BlockRule {
  const { ruler } = new MarkdownIt("zero").block;
  ruler.enableOnly(name);
  const [rule] = ruler.getRules("");
  if (!rule) throw new Error(`markdown-it has no block rule ${name}`);
  return rule;
}

function charAt(state: StateBlock, line: number, offset: number): string {
  return state.src.charAt((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0) + offset);
}

const blockquote = blockRule("blockquote");
const list = blockRule("list");

/** Asks for a blank after the marker: `>_<` and `>:(` are faces. */
const quoteRule: BlockRule = (state, line, endLine, silent) =>
  state.level < BLOCK_MAX_LEVEL &&
  /^(?:>[>\s]|>$)/u.test(charAt(state, line, 0) + charAt(state, line, 1)) &&
  blockquote(state, line, endLine, silent);

const listRule: BlockRule = (state, line, endLine, silent) =>
  state.level < BLOCK_MAX_LEVEL && list(state, line, endLine, silent);

/** A line without the marker ends a quote: people answer right below what they quote. */
const endOfQuote: BlockRule = (_state, _line, _endLine, silent) => silent;

/** A line that is indented less than its list item ends the item, for the same reason. */
const endOfItem: BlockRule = (state, line, _endLine, silent) =>
  silent && (state.sCount[line] ?? 0) < state.blkIndent;

/** Every line break counts, and so do the blanks after it. */
function newlineRule(state: StateInline, silent: boolean): boolean {
  if (state.src.charAt(state.pos) !== "\n") return false;
  if (!silent) state.push("softbreak", "br", 0);
  state.pos += 1;
  return true;
}

/** Two backslashes stay two, as in `\\server\share`. */
function backslashesRule(state: StateInline, silent: boolean): boolean {
  if (!state.src.startsWith("\\\\", state.pos)) return false;
  if (!silent) state.pending += "\\\\";
  state.pos += 2;
  return true;
}

/** Scripts that put spaces between words, in which `2*3*4` is no emphasis. */
const SPACED_WORD = /[\p{Nd}\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]/u;

const { StateInline: PlainState } = MarkdownIt;
class ChatStateInline extends PlainState {
  override scanDelims(start: number, canSplitWord: boolean) {
    let end = start;
    while (this.src.charAt(end) === this.src.charAt(start)) end += 1;
    const inWord =
      SPACED_WORD.test(this.src.charAt(start - 1)) && SPACED_WORD.test(this.src.charAt(end));
    return super.scanDelims(start, canSplitWord && !inWord);
  }
}

/** Finds `http://`, `https://`, `www.` and e-mail addresses in running text. */
function configureLinks(markdown: Markdown): void {
  // With `user@` as part of an address, so that such an address is refused whole.
  markdown.linkify.set({ urlAuth: true }).add("ftp:", null).add("//", null);
  const { re } = markdown.linkify;
  let tail: RegExp | undefined;
  markdown.linkify.add("www.", {
    validate(text, pos) {
      if (text.startsWith("www.", pos)) return 0;
      tail ??= new RegExp(re.get_url_host_port().source + re.get_path().source, "iy");
      tail.lastIndex = pos;
      return tail.exec(text)?.[0].length ?? 0;
    },
    normalize(match) {
      match.url = `https://${match.url}`;
    },
  });
  // Our own judgement, before any token is made: what it refuses stays text, as it was typed.
  markdown.normalizeLink = (address) => safeHref(address) ?? "";
  markdown.normalizeLinkText = (text) => text;
  markdown.validateLink = (href) => href !== "";
}

/** Creates the parser; it holds no state between two texts. */
export function createChatMarkdown(): Markdown {
  const markdown = new MarkdownIt("zero", { html: false, linkify: true });
  const { block, inline } = markdown;
  markdown.enable(["blockquote", "fence", "heading", "list", "linkify", "newline", "escape"]);
  markdown.enable(["backticks", "strikethrough", "emphasis", "link", "autolink"]);
  block.ruler.at("blockquote", quoteRule, { alt: ["paragraph", "blockquote", "list"] });
  block.ruler.at("list", listRule, { alt: ["paragraph", "blockquote"] });
  block.ruler.push("end_of_quote", endOfQuote, { alt: ["blockquote"] });
  block.ruler.push("end_of_item", endOfItem, { alt: ["paragraph"] });
  inline.ruler.at("newline", newlineRule);
  inline.ruler.before("escape", "backslashes", backslashesRule);
  inline.State = ChatStateInline;
  configureLinks(markdown);
  return markdown;
}
