// @vitest-environment node
import { expect, test } from "vitest";
import { renderPage } from "./server-render.tsx";

test("a React page with the hook renders in a server as it will first in the browser", () => {
  expect(typeof document).toBe("undefined");
  expect(renderPage()).toBe("<footer><button>Write to us</button></footer>");
});
