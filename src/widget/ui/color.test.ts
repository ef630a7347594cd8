import { describe, expect, it } from "vitest";
import { mix, textOn } from "./color.ts";
import { contrast, readable } from "./link-color.ts";

const colors = ["#1f5eff", "#ffffff", "#000000", "#ffd400", "#777777", "#00b3a4", "#ff0000"];

describe("the text colour on a brand colour", () => {
  it.each(colors)("passes AA on %s", (color) => {
    expect(contrast(color, textOn(color))).toBeGreaterThanOrEqual(4.5);
  });

  it("is white wherever white can be read", () => {
    expect(textOn("#1f5eff")).toBe("#ffffff");
    expect(textOn("#ffd400")).toBe("#000000");
  });
});

describe("a brand colour as text", () => {
  it.each(colors)("%s reads on a light and on a dark surface", (color) => {
    expect(contrast(readable(color, "#f4f5f7", "#000000"), "#f4f5f7")).toBeGreaterThanOrEqual(4.5);
    expect(contrast(readable(color, "#262a31", "#ffffff"), "#262a31")).toBeGreaterThanOrEqual(4.5);
  });

  it("stays as it is where it can be read", () => {
    expect(readable("#1f5eff", "#ffffff", "#000000")).toBe("#1f5eff");
  });
});

it("mixes two colours by a share", () => {
  expect(mix("#000000", "#ffffff", 0.5)).toBe("#808080");
});
