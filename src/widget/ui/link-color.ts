// The brand colour as text beside it, on both schemes' surfaces. Of the chat alone: what stands before it has no links.
import { blend, contrastOf, format, parse } from "./color.ts";

const SURFACE_LIGHT = "#f4f5f7";
const SURFACE_DARK = "#262a31";

/** `color`, moved towards `towards` until it reads on `background`. */
export function readable(color: string, background: string, towards: string): string {
  const [from, behind, to] = [parse(color), parse(background), parse(towards)];
  let share = 0;
  while (share < 1 && contrastOf(blend(from, to, share), behind) < 4.6) share += 0.05;
  return format(blend(from, to, Math.min(share, 1)));
}

/** The custom property of links and of what is like them. */
export const linkCss = (color: string) =>
  `:host{--link:var(--l,${readable(color, SURFACE_LIGHT, "#000000")})var(--d,${readable(color, SURFACE_DARK, "#ffffff")})}`;
