import { describe, expect, it } from "vitest";
import { plainText } from "./rich-text.ts";

describe("plainText", () => {
  it("keeps words that stand apart apart, and those within a line together", () => {
    const item = (text: string) => ({ type: "list_item" as const, children: [text] });
    const text = plainText([
      { type: "paragraph", children: ["see ", { type: "bold", children: ["th"] }, "is:"] },
      { type: "bullet_list", children: [item("one"), item("two")] },
      { type: "code_block", language: "js", children: ["x = 1"] },
    ]);
    expect(text.split(/\n+/u)).toEqual(["see this:", "one", "two", "x = 1", ""]);
  });
});
