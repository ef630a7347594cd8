// Colours computed from one brand colour, so that text on it and beside it passes WCAG AA.

type Rgb = [number, number, number];

const parse = (hex: string): Rgb => {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
};
const format = (rgb: Rgb) =>
  `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;

/** `share` of `b` in `a`, 0 to 1. */
export function mix(a: string, b: string, share: number): string {
  const to = parse(b);
  return format(parse(a).map((part, i) => part + ((to[i] ?? 0) - part) * share) as Rgb);
}

function luminance(hex: string): number {
  const [r, g, b] = parse(hex).map((part) => {
    const linear = part / 255;
    return linear <= 0.04045 ? linear / 12.92 : ((linear + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** WCAG contrast ratio, 1 to 21. */
export function contrast(a: string, b: string): number {
  const ratio = (luminance(a) + 0.05) / (luminance(b) + 0.05);
  return Math.max(ratio, 1 / ratio);
}

/** White where it can be read on `color`, else black: one of the two always can. */
export const textOn = (color: string) =>
  contrast(color, "#ffffff") >= 4.5 ? "#ffffff" : "#000000";

/** `color`, moved towards `towards` until it reads on `background`. */
export function readable(color: string, background: string, towards: string): string {
  let share = 0;
  while (share < 1 && contrast(mix(color, towards, share), background) < 4.6) share += 0.05;
  return mix(color, towards, Math.min(share, 1));
}
