import { parseAst } from "vite";
import { describe, expect, it } from "vitest";
import { withoutMethods } from "./lean-socket.ts";

const code =
  "export class Line {\n  open() { return 1; }\n  probe() { return 2; }\n  close() {}\n}";

describe("leaving methods out", () => {
  it("keeps the others as they are", () => {
    const lean = withoutMethods(code, ["probe", "close"], parseAst(code));
    expect(lean).toContain("open() { return 1; }");
    expect(lean).not.toMatch(/probe|close/);
    expect(() => parseAst(lean)).not.toThrow();
  });

  it("fails when the package has no such method any more", () => {
    expect(() => withoutMethods(code, ["upgrade"], parseAst(code))).toThrow(/upgrade/);
  });
});
