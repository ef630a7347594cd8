// Code to copy: what a page must say to have the same.

/** @typedef {import("./chat.js").Settings} Settings */

/**
 * A value as JavaScript.
 * @param {unknown} value
 * @param {string} [indent]
 * @returns {string}
 */
export function literal(value, indent = "") {
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "undefined";
  const inner = `${indent}  `;
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  const items = Array.isArray(value)
    ? value.map((item) => literal(item, inner))
    : Object.entries(value).map(([key, item]) => {
        const name = /^[a-z_$][\w$]*$/i.test(key) ? key : JSON.stringify(key);
        return `${name}: ${literal(item, inner)}`;
      });
  if (items.length === 0) return open + close;
  const line = items.join(", ");
  const space = open === "{" ? " " : "";
  if (!line.includes("\n") && line.length < 48) return open + space + line + space + close;
  return `${open}\n${items.map((item) => `${inner}${item},\n`).join("")}${indent}${close}`;
}

const attribute = (/** @type {string} */ text) =>
  text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");

const kebab = (/** @type {string} */ name) =>
  name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** @param {Settings} attributes */
function scriptTag(attributes) {
  const tag = document.querySelector("script[data-inbox]");
  const src = tag instanceof HTMLScriptElement ? tag.src : "";
  /** @type {Settings} */
  const data = { inbox: tag?.getAttribute("data-inbox") ?? "", ...attributes };
  const written = Object.entries(data).map(([name, value]) => {
    const text = typeof value === "string" ? value : JSON.stringify(value);
    return `  data-${kebab(name)}="${attribute(text)}"`;
  });
  return `<script\n  async\n  src="${attribute(src)}"\n${written.join("\n")}\n></script>`;
}

/** As attributes of the script's tag, where the appearance's own stand beside the others. @param {Settings} settings */
export function tagSnippet({ widgetAppearance, ...settings }) {
  return scriptTag({ ...settings, .../** @type {Settings | undefined} */ (widgetAppearance) });
}

/** As a call of the page. @param {Settings} settings */
export function pushSnippet(settings) {
  if (Object.keys(settings).length === 0) return scriptTag({});
  return `<script>
  window.Parlor = window.Parlor || [];
  Parlor.push(${literal(settings, "  ")});
</script>
${scriptTag({})}`;
}

/** @param {string} name @param {unknown[]} args */
export const callSnippet = (name, args) =>
  `await Parlor.${name}(${args.map((value) => literal(value)).join(", ")});`;
