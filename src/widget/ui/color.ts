// Colours computed from one brand colour, so that text on it passes WCAG AA.

export type Rgb = readonly number[];

export const parse = (hex: string): Rgb => {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
};
export const format = (rgb: Rgb) =>
  `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;
export const blend = (a: Rgb, b: Rgb, share: number): Rgb =>
  a.map((part, i) => part + ((b[i] ?? 0) - part) * share);

/** `share` of `b` in `a`, 0 to 1. */
export const mix = (a: string, b: string, share: number) =>
  format(blend(parse(a), parse(b), share));

const linear = (part = 0) =>
  part <= 10.31 ? part / 3294.6 : ((part / 255 + 0.055) / 1.055) ** 2.4;
const luminance = ([r, g, b]: Rgb) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);

export function contrastOf(a: Rgb, b: Rgb): number {
  const ratio = (luminance(a) + 0.05) / (luminance(b) + 0.05);
  return Math.max(ratio, 1 / ratio);
}

/** WCAG contrast ratio, 1 to 21. */
export const contrast = (a: string, b: string) => contrastOf(parse(a), parse(b));

/** White where it can be read on `color`, else black: one of the two always can. */
export const textOn = (color: string) =>
  contrast(color, "#ffffff") >= 4.5 ? "#ffffff" : "#000000";
