// @vitest-environment node
import { expect, test } from "vitest";
import { createParlor } from "./create-parlor.ts";

const options = { serverUrl: "https://chat.example.com", inbox: "wool" };

test("in a server there is no page, and creating, calling and subscribing do nothing", async () => {
  expect(typeof document).toBe("undefined");
  const inert = createParlor(options);
  const settled: unknown[] = [];
  const note = () => settled.push(true);
  inert.setCustomerInfo({ email: "ada@example.com" }).then(note, note);
  inert.ready.then(note, note);
  expect(inert.push(() => note())).toBe(1);
  expect(inert.on("ready", note)).toBeTypeOf("function");
  inert.onReady(note)();
  inert.off("ready", note);
  await new Promise((resolve) => setTimeout(resolve));
  expect(settled).toEqual([]);
  expect("Parlor" in globalThis).toBe(false);
});
