// What counts as a group of settings.

/** An object with keys of its own: no list, and nothing of the page's document. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !("nodeType" in value);
