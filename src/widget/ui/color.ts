// Colours computed from one brand colour, so that text on it and beside it passes WCAG AA.

type Rgb = readonly number[];

const parse = (hex: string): Rgb => {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
};
const format = (rgb: Rgb) =>
  `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;
const blend = (a: Rgb, b: Rgb, share: number): Rgb =>
  a.map((part, i) => part + ((b[i] ?? 0) - part) * share);

/** `share` of `b` in `a`, 0 to 1. */
export const mix = (a: string, b: string, share: number) =>
  format(blend(parse(a), parse(b), share));

const linear = (part = 0) =>
  part <= 10.31 ? part / 3294.6 : ((part / 255 + 0.055) / 1.055) ** 2.4;
const luminance = ([r, g, b]: Rgb) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);

function contrastOf(a: Rgb, b: Rgb): number {
  const ratio = (luminance(a) + 0.05) / (luminance(b) + 0.05);
  return Math.max(ratio, 1 / ratio);
}

/** WCAG contrast ratio, 1 to 21. */
export const contrast = (a: string, b: string) => contrastOf(parse(a), parse(b));

/** White where it can be read on `color`, else black: one of the two always can. */
export const textOn = (color: string) =>
  contrast(color, "#ffffff") >= 4.5 ? "#ffffff" : "#000000";

/** `color`, moved towards `towards` until it reads on `background`. */
export function readable(color: string, background: string, towards: string): string {
  const [from, behind, to] = [parse(color), parse(background), parse(towards)];
  let share = 0;
  while (share < 1 && contrastOf(blend(from, to, share), behind) < 4.6) share += 0.05;
  return format(blend(from, to, Math.min(share, 1)));
}
