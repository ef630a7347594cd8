// The settings' share of the style: custom properties of one constructed sheet.
import type { Appearance } from "../store/host-settings.ts";
import { mix, readable, textOn } from "./color.ts";

const SURFACE_LIGHT = "#f4f5f7";
const SURFACE_DARK = "#262a31";

/** The sheet's text. Values are numbers and parsed colours only: nothing of the page's reaches it raw. */
export function themeCss(color: string, appearance: Appearance, side: "left" | "right"): string {
  const on = textOn(color);
  const { colorScheme = "auto", offset, mobileOffset, zIndex, radius } = appearance;
  const scheme = colorScheme === "auto" ? "light dark" : colorScheme;
  const link = `light-dark(${readable(color, SURFACE_LIGHT, "#000000")},${readable(color, SURFACE_DARK, "#ffffff")})`;
  const place = (at: typeof offset) => `--x:${at?.x ?? 20}px;--y:${at?.y ?? 20}px;`;
  return (
    `:host{color-scheme:${scheme}!important;z-index:${Math.round(zIndex ?? 2147483000)}!important;--brand:${color};--on-brand:${on};` +
    `--hover:${mix(color, on === "#ffffff" ? "#000000" : "#ffffff", 0.12)};` +
    `--link:${link};--radius:${radius ?? 16}px;${place(offset)}` +
    `--left:${side === "left" ? "var(--x)" : "auto"};--right:${side === "left" ? "auto" : "var(--x)"}}` +
    (mobileOffset ? `@media(max-width:480px){:host{${place({ ...offset, ...mobileOffset })}}}` : "")
  );
}
