// Elements, made without a word of HTML.

let count = 0;

/** An id that no other element has. */
export const newId = () => `playground-${++count}`;

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string>} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/**
 * @param {string} label
 * @param {() => unknown} act
 * @param {Record<string, string>} [attributes]
 */
export function button(label, act, attributes = {}) {
  const made = element("button", { type: "button", ...attributes }, label);
  made.addEventListener("click", () => void act());
  return made;
}

/** A description with its `code`. @param {string} text */
export const prose = (text) =>
  text.split("`").map((part, index) => (index % 2 === 0 ? part : element("code", {}, part)));

/**
 * Copies what `read` says; where the browser refuses, `source` is selected for the visitor to copy.
 * @param {string} name what is copied
 * @param {() => string} read
 * @param {Node} source
 */
export function copyButton(name, read, source) {
  const status = element("span", { role: "status" });
  const copy = button(
    "Copy",
    async () => {
      try {
        await navigator.clipboard.writeText(read());
        status.textContent = "Copied";
      } catch {
        getSelection()?.selectAllChildren(source);
        status.textContent = "Selected: copy it with your keyboard";
      }
    },
    { "aria-label": `Copy ${name}` },
  );
  return element("span", { class: "copy" }, copy, status);
}
