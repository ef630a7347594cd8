// A file's size as people say it.

const units = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;

/** `1.2 MB`; whole bytes and kilobytes. */
export function fileSize(bytes: number, locale: string): string {
  const power = Math.min(3, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit: units[power] ?? "byte",
    // The short form of a byte has no plural in some languages, English among them.
    unitDisplay: power > 0 ? "short" : "long",
    maximumFractionDigits: power > 1 ? 1 : 0,
  }).format(bytes / 1_000 ** power);
}
