// The settings' share of the style: custom properties of one constructed sheet.
import type { Appearance } from "../store/host-settings.ts";
import { mix, textOn } from "./color.ts";

/**
 * Which colours hold, those for light or for dark: what is `initial` gives way to the colour beside it, what is empty
 * does not. `light-dark()` says it shorter, and leaves browsers of some years ago without a colour.
 */
const LIGHT = ":host{color-scheme:light!important;--l:initial;--d: }";
const DARK = ":host{color-scheme:dark!important;--l: ;--d:initial}";

/** The brand colour, and those that go with it. */
export function brandCss(color: string): string {
  const on = textOn(color);
  const away = (part: number) => mix(color, on === "#ffffff" ? "#000000" : "#ffffff", part);
  return `--brand:${color};--on-brand:${on};--hover:${away(0.12)};--pressed:${away(0.24)};`;
}

/** The sheet's text. Values are numbers and parsed colours only: nothing of the page's reaches it raw. */
export function themeCss(brand: string, appearance: Appearance, side: "left" | "right"): string {
  const { colorScheme = "auto", offset, mobileOffset, zIndex, radius } = appearance;
  const place = (at: typeof offset) => `--x:${at?.x ?? 20}px;--y:${at?.y ?? 20}px;`;
  return (
    (colorScheme === "dark" ? DARK : LIGHT) +
    (colorScheme === "auto" ? `@media (prefers-color-scheme:dark){${DARK}}` : "") +
    `:host{z-index:${Math.round(zIndex ?? 2147483000)}!important;${brand}` +
    // The other side has none, and is `auto` so.
    `--radius:${radius ?? 16}px;${place(offset)}--${side}:var(--x)}` +
    (mobileOffset ? `@media (width<=480px){:host{${place({ ...offset, ...mobileOffset })}}}` : "")
  );
}
