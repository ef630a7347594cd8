// The page's side of window.Parlor, before and after the script is there.

/** @typedef {Record<string, unknown>} Settings */
/** @typedef {{ type: string, at: number, detail: unknown }} ChatEvent */
/** @typedef {{ name: string, kind: string, text: string, options?: string[], fields?: Field[], required?: boolean }} Field */
/**
 * @typedef {object} Lists
 * @property {Field[]} settings
 * @property {{ name: string, text: string, fields: Field[] }[]} methods
 * @property {{ name: string, text: string }[]} events
 */

const page = /** @type {{ Parlor?: { push(...items: unknown[]): unknown } }} */ (
  /** @type {unknown} */ (window)
);

/**
 * Settings, with handlers beside them, whether the script is there or not.
 * @param {Settings} settings
 */
export function push(settings) {
  page.Parlor ??= [];
  page.Parlor.push(settings);
}

/**
 * Calls a method; rejects with its code and reason.
 * @param {string} name
 * @param {unknown[]} args
 * @returns {Promise<unknown>}
 */
export async function call(name, args) {
  const chat = page.Parlor;
  if (!chat) throw new Error("The chat was destroyed. Load the page again to have it back.");
  // Until then it is the queue.
  if (!("ready" in chat)) throw new Error("The chat’s script has not loaded yet.");
  return await /** @type {Record<string, (...args: unknown[]) => unknown>} */ (
    /** @type {unknown} */ (chat)
  )[name]?.(...args);
}

/** @param {unknown} error */
export const reasonOf = (error) => {
  const { code, message } = /** @type {{ code?: string, message: string }} */ (error);
  return code === undefined ? message : `${code}: ${message}`;
};
