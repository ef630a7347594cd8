// Form fields for the values that the API takes.
import { button, element, newId, prose } from "./dom.js";

/** @typedef {import("./chat.js").Field} Field */
/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Control */

/**
 * @typedef {object} Form
 * @property {HTMLElement} element
 * @property {() => unknown} read what was filled in; undefined: nothing. Throws for what is no JSON.
 * @property {() => void} clear
 */

/**
 * @param {string} kind
 * @param {string} typed
 * @returns {unknown}
 */
function valueOf(kind, typed) {
  const text = typed.trim();
  if (text === "") return undefined;
  if (kind === "number") return Number(text);
  if (kind === "flag") return text === "true";
  if (kind === "list") return text.split(",").map((item) => item.trim());
  if (kind === "json" || (kind === "textOrJson" && text.startsWith("{"))) {
    try {
      return JSON.parse(text);
    } catch {
      throw new Error("This is not JSON.");
    }
  }
  return typed;
}

/** @param {string} kind @param {unknown} value */
function typedOf(kind, value) {
  if (value === undefined) return "";
  if (kind === "list" && Array.isArray(value)) return value.join(", ");
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** @param {Field} field @returns {Control} */
function controlOf({ kind, options = [], required }) {
  if (kind === "choice" || kind === "flag") {
    const words = kind === "flag" ? ["true", "false"] : options;
    const choices = words.map((word) => element("option", { value: word }, word));
    const none = required ? [] : [element("option", { value: "" }, "default")];
    return element("select", {}, ...none, ...choices);
  }
  if (kind === "json") return element("textarea", { rows: "2", placeholder: "{ }" });
  const type = kind === "color" || kind === "number" ? kind : "text";
  /** @type {Record<string, string>} */
  const hints = { list: "one, two", textOrJson: 'text or {"en": "text"}' };
  return element("input", { type, placeholder: hints[kind] ?? "", autocomplete: "off" });
}

/**
 * @param {Field} field
 * @param {unknown} value what stands in it at first
 * @param {(form: Form, fail: (reason: string) => void) => void} onChange
 * @returns {Form}
 */
function createControl(field, value, onChange) {
  const control = controlOf(field);
  // A colour field is never empty: it counts from the first change on.
  let isSet = field.kind !== "color" || value !== undefined;
  if (value !== undefined) control.value = typedOf(field.kind, value);
  const label = newId();
  control.id = label;
  const note = element("p", { id: newId(), class: "note" }, ...prose(field.text));
  const error = element("p", { id: newId(), class: "error", role: "alert" });
  control.setAttribute("aria-describedby", `${note.id} ${error.id}`);

  /** @param {string} reason */
  function fail(reason) {
    error.textContent = reason;
    control.setAttribute("aria-invalid", String(reason !== ""));
  }
  /** @type {Form} */
  const form = {
    element: element("div", { class: "field" }),
    read: () => (isSet ? valueOf(field.kind, control.value) : undefined),
    clear() {
      control.value = field.kind === "color" ? "#000000" : "";
      isSet = field.kind !== "color";
      fail("");
    },
  };
  control.addEventListener(field.kind === "color" ? "input" : "change", () => {
    isSet = true;
    fail("");
    onChange(form, fail);
  });
  const reset = button("Reset", () => (form.clear(), onChange(form, fail)), {
    "aria-label": `Reset ${field.name}`,
  });
  form.element.append(
    element("label", { for: label }, field.name),
    element("div", {}, control, ...(field.kind === "color" ? [reset] : [])),
    note,
    error,
  );
  return form;
}

/**
 * A field, or a group of them.
 * @param {Field} field
 * @param {object} options
 * @param {string[]} [options.path]
 * @param {(path: string[]) => unknown} [options.valueAt]
 * @param {(path: string[], form: Form, fail: (reason: string) => void) => void} [options.onChange]
 * @returns {Form}
 */
export function createField(field, options) {
  const { valueAt = () => undefined, onChange = () => undefined } = options;
  const path = [...(options.path ?? []), field.name];
  if (field.kind !== "group") {
    return createControl(field, valueAt(path), (form, fail) => onChange(path, form, fail));
  }
  const forms = (field.fields ?? []).map((one) => ({
    name: one.name,
    form: createField(one, { ...options, path }),
  }));
  const note = element("p", { class: "note" }, ...prose(field.text));
  const legend = element("legend", {}, field.name);
  return {
    element: element("fieldset", {}, legend, note, ...forms.map(({ form }) => form.element)),
    read() {
      const entries = forms
        .map(({ name, form }) => [name, form.read()])
        .filter(([, value]) => value !== undefined);
      return entries.length === 0 && !field.required ? undefined : Object.fromEntries(entries);
    },
    clear() {
      for (const { form } of forms) form.clear();
    },
  };
}
