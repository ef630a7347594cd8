import { describe, expect, it } from "vitest";
import type { RichNode } from "../../../protocol/rich-text.ts";
import { parseRichText } from "./parse.ts";

const paragraph = (...children: RichNode[]): RichNode => ({ type: "paragraph", children });
const item = (...children: RichNode[]): RichNode => ({ type: "list_item", children });

describe("a text without markup", () => {
  it.each([
    "Hello",
    "Hello\n\nyes  really,\n    indented",
    "2*3*4 = 24",
    "snake_case_name",
    ">_< and >:(",
    "#1 of 2",
    "C:\\Users and \\\\server\\share",
    "&lt;b&gt; is <b>",
    "---\nGreetings",
    "- ",
    "**",
    "| a | b |\n|---|---|",
    "[1]: nothing",
    "-5 degrees",
    "👍 *",
  ])("has no tree: %j", (text) => {
    expect(parseRichText(text)).toBeNull();
  });
});

describe("formatting", () => {
  it("knows bold, italic, struck and code", () => {
    expect(parseRichText("**b** _i_ ~~s~~ `c*`")).toEqual([
      paragraph(
        { type: "bold", children: ["b"] },
        " ",
        { type: "italic", children: ["i"] },
        " ",
        { type: "strike", children: ["s"] },
        " ",
        { type: "code", children: ["c*"] },
      ),
    ]);
  });

  it("emphasises within a word where words have no blanks between them", () => {
    expect(parseRichText("这是**重点**内容")).toEqual([
      paragraph("这是", { type: "bold", children: ["重点"] }, "内容"),
    ]);
  });

  it("keeps line breaks and indentation beside markup", () => {
    expect(parseRichText("*a*\n    b\n\nc")).toEqual([
      paragraph({ type: "italic", children: ["a"] }, "\n    b"),
      paragraph("c"),
    ]);
  });

  it("takes a backslash as an escape", () => {
    expect(parseRichText("\\*a\\*")).toEqual([paragraph("*a*")]);
  });

  it("makes a heading a bold paragraph", () => {
    expect(parseRichText("## Steps\nOne")).toEqual([
      paragraph({ type: "bold", children: ["Steps"] }),
      paragraph("One"),
    ]);
  });
});

describe("quotes and lists", () => {
  it("end at the first line without their marker", () => {
    expect(parseRichText("> said\nreply")).toEqual([
      { type: "quote", children: [paragraph("said")] },
      paragraph("reply"),
    ]);
    expect(parseRichText("- a\n- b\nThanks")).toEqual([
      { type: "bullet_list", children: [item("a"), item("b")] },
      paragraph("Thanks"),
    ]);
  });

  it("nest", () => {
    expect(parseRichText("> - a\n>   1. b")).toEqual([
      {
        type: "quote",
        children: [
          {
            type: "bullet_list",
            children: [item("a", { type: "ordered_list", start: 1, children: [item("b")] })],
          },
        ],
      },
    ]);
  });

  it("keep the numbers that were typed", () => {
    expect(parseRichText("1. yes\n2. no\n5. maybe")).toEqual([
      { type: "ordered_list", start: 1, children: [item("yes"), item("no")] },
      { type: "ordered_list", start: 5, children: [item("maybe")] },
    ]);
  });

  it("count where every item has the same number", () => {
    expect(parseRichText("1. a\n1. b\n1. c")).toEqual([
      { type: "ordered_list", start: 1, children: [item("a"), item("b"), item("c")] },
    ]);
  });
});

describe("code blocks", () => {
  const block = (code: string, language?: string) => [
    { type: "code_block", ...(language ? { language } : {}), children: [code] },
  ];
  it.each([
    ["```js\na\n  b\n```", block("a\n  b", "js")],
    ["```\na", block("a")],
    ["```const a = 1\nb```", block("const a = 1\nb")],
    ["```\nends in ```\n```", block("ends in ```")],
    ["```js", block("js")],
  ])("are found in %j", (text, tree) => {
    expect(parseRichText(text)).toEqual(tree);
  });
});

describe("links", () => {
  const link = (
    href: string,
    destination: string | undefined,
    ...children: RichNode[]
  ): RichNode => ({
    type: "link",
    href,
    ...(destination ? { destination } : {}),
    children,
  });

  it("are found in running text", () => {
    expect(parseRichText("see https://a.test/x_y_z?q=1, www.b.de/c or me@d.test.")).toEqual([
      paragraph(
        "see ",
        link("https://a.test/x_y_z?q=1", undefined, "https://a.test/x_y_z?q=1"),
        ", ",
        link("https://www.b.de/c", undefined, "www.b.de/c"),
        " or ",
        link("mailto:me@d.test", undefined, "me@d.test"),
        ".",
      ),
    ]);
  });

  it.each([
    ["[our page](https://a.test/x)", link("https://a.test/x", "a.test", "our page")],
    ["[a.test/x](https://a.test/x)", link("https://a.test/x", undefined, "a.test/x")],
    [
      "[https://bank.test](https://evil.test)",
      link("https://evil.test/", "evil.test", "https://bank.test"),
    ],
    [
      "[bank.test](https://bank.test.evil.test)",
      link("https://bank.test.evil.test/", "bank.test.evil.test", "bank.test"),
    ],
    [
      "https://аpple.com",
      link("https://xn--pple-43d.com/", "xn--pple-43d.com", "https://аpple.com"),
    ],
    ["[call](tel:+49123456)", link("tel:+49123456", "+49123456", "call")],
    ["[](https://a.test/)", link("https://a.test/", undefined, "https://a.test/")],
    ["![cat](https://a.test/cat.png)", link("https://a.test/cat.png", "a.test", "cat")],
  ])("say where they lead: %s", (text, expected) => {
    expect(parseRichText(text)).toEqual([paragraph(expected)]);
  });

  it("show their title", () => {
    expect(parseRichText('[a](https://b.test "more")')).toEqual([
      paragraph(link("https://b.test/", "b.test", "a"), " (more)"),
    ]);
  });
});
