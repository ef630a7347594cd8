// Colours computed from one brand colour, so that text on it passes WCAG AA.

type Rgb = readonly number[];

const parse = (hex: string): Rgb => {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
};
const format = (rgb: Rgb) =>
  `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;

/** `share` of `b` in `a`, 0 to 1. */
export function mix(a: string, b: string, share: number): string {
  const other = parse(b);
  return format(parse(a).map((part, i) => part + ((other[i] ?? 0) - part) * share));
}

const linear = (part = 0) =>
  part <= 10.31 ? part / 3294.6 : ((part / 255 + 0.055) / 1.055) ** 2.4;

/** WCAG's relative luminance, 0 to 1. */
export function luminance(hex: string): number {
  const [r, g, b] = parse(hex);
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}

/** White where it can be read on `color` (4.5 to 1), else black: one of the two always can. */
export const textOn = (color: string) =>
  1.05 / (luminance(color) + 0.05) >= 4.5 ? "#ffffff" : "#000000";
