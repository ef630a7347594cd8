// The attack corpus through the server's parser and both renderers, the widget's and the desk's.
import { render } from "preact";
import type { ComponentType } from "preact";
import { afterEach, describe, expect, it } from "vitest";
import type { RichText as Tree } from "../../protocol/rich-text.ts";

// By pattern, since these files belong to other projects than this one's types.
const server = import.meta.glob("../../server/messages/rich-text/{parse,attack-corpus}.ts", {
  eager: true,
});
const views = import.meta.glob("../../{widget,desk}/ui/{RichText,rich-text}.tsx", { eager: true });
const { parseRichText, attacks, CANARY } = Object.assign({}, ...Object.values(server)) as {
  parseRichText: (text: string) => Tree | null;
  attacks: readonly { name: string; text: string }[];
  CANARY: string;
};

const ELEMENTS = new Set(
  "p strong em s code pre small blockquote ul ol li a bdi".toUpperCase().split(" "),
);
const ATTRIBUTES: Record<string, RegExp> = {
  href: /^(?:https?:\/\/[^@/]+(?:\/|$)|mailto:|tel:)/u,
  rel: /^noopener noreferrer nofollow ugc$/u,
  target: /^_blank$/u,
  dir: /^auto$/u,
  start: /^\d+$/u,
  class: /^link-destination$/u,
  tabindex: /^0$/u,
};

let container: HTMLElement | undefined;
afterEach(() => {
  if (container) render(null, container);
  container?.remove();
});

function draw(RichText: ComponentType<{ tree: Tree }>, tree: Tree): HTMLElement {
  container?.remove();
  container = document.createElement("div");
  document.body.append(container);
  render(<RichText tree={tree} />, container);
  return container;
}

const isBlank = (text: string) => text.replace(/\s+/gu, "") === "";

function wordsOfTree(tree: Tree): string[] {
  return tree.flatMap((node) => (typeof node === "string" ? [node] : wordsOfTree(node.children)));
}

describe.each(Object.entries(views))("%s", (_file, view) => {
  const { RichText } = view as { RichText: ComponentType<{ tree: Tree }> };

  it("draws every attack from listed elements and attributes only, with all its text", () => {
    let drawn = 0;
    for (const { name, text } of attacks) {
      const tree = parseRichText(text);
      if (!tree) continue;
      drawn += 1;
      const root = draw(RichText, tree);
      for (const element of root.querySelectorAll("*")) {
        expect(ELEMENTS, name).toContain(element.tagName);
        for (const attribute of element.attributes) {
          expect(Object.keys(ATTRIBUTES), name).toContain(attribute.name);
          expect(attribute.value, name).toMatch(ATTRIBUTES[attribute.name] ?? /^$/u);
        }
      }
      for (const part of wordsOfTree(tree)) {
        if (!isBlank(part)) expect(root.textContent, name).toContain(part);
      }
    }
    expect(drawn).toBeGreaterThan(50);
    expect(globalThis).not.toHaveProperty(CANARY);
  });

  it("says where a link leads whose text says something else", () => {
    const tree = parseRichText("[https://bank.test](https://evil.test) https://ok.test/x");
    const root = draw(RichText, tree ?? []);
    expect(root.textContent).toBe("https://bank.test (evil.test) https://ok.test/x");
    const [first] = root.querySelectorAll("a");
    expect(first?.getAttribute("href")).toBe("https://evil.test/");
    expect(first?.textContent).toBe("https://bank.test");
  });

  it("draws no link to another scheme, even if a tree had one", () => {
    for (const href of [
      "javascript:alert(1)",
      " javascript:x",
      "data:text/html,x",
      "//evil.test",
    ]) {
      const root = draw(RichText, [{ type: "link", href, children: ["click"] }]);
      expect(root.innerHTML).toBe("click");
    }
  });

  it("draws each kind of node", () => {
    const text = "**b** *i* ~~s~~ `c`\nx\n\n> q\n\n- u\n\n3. o\n\n```js\nlet a;\n```";
    const root = draw(RichText, parseRichText(text) ?? []);
    for (const selector of ["p>strong", "p>em", "p>s", "p>code", "blockquote>p", "ul>li", "pre"]) {
      expect(root.querySelector(selector), selector).not.toBeNull();
    }
    expect(root.querySelector("ol")?.getAttribute("start")).toBe("3");
    expect(root.querySelector("p")?.textContent).toContain("c\nx");
    const directions = Array.from(root.children, (block) => block.getAttribute("dir"));
    expect(directions).toEqual(directions.map(() => "auto"));
  });
});
