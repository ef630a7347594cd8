// The brand colour as text beside it, on both schemes' surfaces. Of the chat alone: what stands before it has no links.
import { luminance, mix } from "./color.ts";

const SURFACE_LIGHT = "#f4f5f7";
const SURFACE_DARK = "#262a31";

/** WCAG contrast ratio, 1 to 21. */
export function contrast(a: string, b: string): number {
  const ratio = (luminance(a) + 0.05) / (luminance(b) + 0.05);
  return Math.max(ratio, 1 / ratio);
}

/** `color`, moved towards `towards` until it reads on `background`. */
export function readable(color: string, background: string, towards: string): string {
  let share = 0;
  while (share < 1 && contrast(mix(color, towards, share), background) < 4.6) share += 0.05;
  return mix(color, towards, Math.min(share, 1));
}

/** The custom property of links and of what is like them. */
export const linkCss = (color: string) =>
  `:host{--link:var(--l,${readable(color, SURFACE_LIGHT, "#000000")})var(--d,${readable(color, SURFACE_DARK, "#ffffff")})}`;
