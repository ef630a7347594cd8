// The settings that were tried, kept for the session, so that the shop's next page has them too.
const key = "grat-und-tal:playground";

/** @typedef {import("./chat.js").Settings} Settings */

/** @returns {Settings} */
export function readTried() {
  return JSON.parse(sessionStorage.getItem(key) ?? "{}");
}

/** @param {Settings} settings */
export function keepTried(settings) {
  sessionStorage.setItem(key, JSON.stringify(settings));
}

/**
 * One setting, alone in its groups.
 * @param {string[]} path
 * @param {unknown} value
 * @returns {Settings}
 */
export const patchOf = ([name = "", ...rest], value) => ({
  [name]: rest.length === 0 ? value : patchOf(rest, value),
});

/** @param {unknown} value @returns {value is Settings} */
const isGroup = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * The settings with one of them changed; `undefined` takes it out, and groups that it leaves empty.
 * @param {Settings} settings
 * @param {string[]} path
 * @param {unknown} value
 * @returns {Settings}
 */
export function withSetting(settings, [name = "", ...rest], value) {
  const { [name]: before, ...others } = settings;
  if (rest.length === 0) return value === undefined ? others : { ...settings, [name]: value };
  const group = withSetting(isGroup(before) ? before : {}, rest, value);
  return Object.keys(group).length === 0 ? others : { ...settings, [name]: group };
}

/**
 * What was tried of one setting.
 * @param {Settings} settings
 * @param {string[]} path
 * @returns {unknown}
 */
export function settingAt(settings, [name = "", ...rest]) {
  const value = settings[name];
  return rest.length === 0 ? value : isGroup(value) ? settingAt(value, rest) : undefined;
}
