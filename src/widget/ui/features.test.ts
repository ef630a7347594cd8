import { describe, expect, expectTypeOf, it } from "vitest";
import { widgetFeatures } from "../../protocol/records-widget-settings.ts";
import type { Feature } from "../store/host-settings.ts";

const files = import.meta.glob<string>(["../**/*.{ts,tsx}", "!../**/*.test.*"], {
  query: "?raw",
  import: "default",
  eager: true,
});
const sources = Object.values(files).join("\n");

describe("a part of the chat that may be left out", () => {
  it.each(widgetFeatures)("is there to be left out: %s", (feature) => {
    expect(sources).toContain(`isOn("${feature}")`);
  });

  it("is the same to a host page as to an administrator", () => {
    expectTypeOf<Feature>().toEqualTypeOf<(typeof widgetFeatures)[number]>();
  });
});
