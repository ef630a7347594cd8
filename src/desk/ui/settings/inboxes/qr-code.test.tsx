import { cleanup, screen } from "@testing-library/preact";
import qrcode from "qrcode-generator";
import { afterEach, expect, it } from "vitest";
import { aProfile } from "../../../../client/agent-fake-records.ts";
import { openDesk } from "../../../test-kit/open-desk.tsx";
// Here already, so that the test does not wait for its code.
import "../settings-area.tsx";

afterEach(cleanup);

/** The modules that a path of squares makes dark, row by row; white all around. */
function drawn(svg: Element): string[] {
  const size = Number(svg.getAttribute("viewBox")?.split(" ")[2]);
  const rows = Array.from({ length: size }, () => Array.from({ length: size }, () => " "));
  const path = svg.querySelector("path")?.getAttribute("d") ?? "";
  const squares = [...path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)];
  expect(squares.map(([square]) => square).join("")).toBe(path);
  for (const [, x, y] of squares) rows[Number(y)]?.splice(Number(x), 1, "#");
  return rows.map((row) => row.join(""));
}

function expected(text: string, margin: number): string[] {
  const code = qrcode(0, "M");
  code.addData(text);
  code.make();
  const count = code.getModuleCount();
  const line = (row: number) =>
    Array.from({ length: count }, (_, column) => (code.isDark(row, column) ? "#" : " ")).join("");
  const side = " ".repeat(margin);
  const blank = Array.from({ length: margin }, () => " ".repeat(count + 2 * margin));
  const lines = Array.from({ length: count }, (_, row) => side + line(row) + side);
  return [...blank, ...lines, ...blank];
}

it("the QR code of an inbox leads to the address of its page, with the margin that readers need", async () => {
  openDesk({
    address: "/desk/settings/inboxes/1",
    profile: aProfile({ role: "administrator" }),
  });
  const link = await screen.findByRole("link", { name: /^Open the page/ });
  const address = link.getAttribute("href") ?? "";
  expect(address).toMatch(/^https?:\/\/[^/]+\/chat\/[\w-]+$/);
  const shown = screen.getByRole("img", { name: /QR code/ });
  expect(drawn(shown)).toEqual(expected(address, 4));
  expect(drawn(shown)).not.toEqual(expected(`${address}?`, 4));
});
