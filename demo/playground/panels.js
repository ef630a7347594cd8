// What the drawer's three tabs hold: settings with their snippet, methods with their answers, events as they come.
import { call, reasonOf } from "./chat.js";
import { button, copyButton, element, prose } from "./dom.js";
import { createField } from "./fields.js";
import { callSnippet, literal, pushSnippet, tagSnippet } from "./snippets.js";
import { keepTried, patchOf, readTried, settingAt, withSetting } from "./tried.js";

/** @typedef {import("./chat.js").Lists} Lists */

/** @param {Lists["settings"]} settings */
export function settingsPanel(settings) {
  let tried = readTried();
  const code = element("code");
  const form = element(
    "select",
    { "aria-label": "Form of the snippet" },
    element("option", { value: "push" }, "Parlor.push"),
    element("option", { value: "tag" }, "Tag attributes"),
  );

  function show() {
    keepTried(tried);
    code.textContent = form.value === "tag" ? tagSnippet(tried) : pushSnippet(tried);
  }

  /**
   * @param {string[]} path
   * @param {import("./fields.js").Form} form
   * @param {(reason: string) => void} fail
   */
  async function apply(path, form, fail) {
    try {
      const value = form.read();
      await call("updateSettings", [patchOf(path, value ?? null)]);
      tried = withSetting(tried, path, value);
      show();
    } catch (error) {
      fail(reasonOf(error));
    }
  }

  const forms = settings.map((field) =>
    createField(field, {
      valueAt: (path) => settingAt(tried, path),
      onChange: (...change) => void apply(...change),
    }),
  );
  const reset = button("Reset all", async () => {
    const nothing = Object.fromEntries(Object.keys(tried).map((name) => [name, null]));
    tried = {};
    for (const one of forms) one.clear();
    show();
    await call("updateSettings", [nothing]).catch(() => undefined);
  });
  form.addEventListener("change", show);
  show();
  const copy = copyButton("the snippet", () => code.textContent ?? "", code);
  return [
    element(
      "div",
      { class: "snippet" },
      element("div", { class: "row" }, form, copy, reset),
      element("pre", { "aria-label": "Snippet", role: "group", tabindex: "0" }, code),
    ),
    ...forms.map((one) => one.element),
  ];
}

/** @param {Lists["methods"][number]} method */
function methodCard({ name, text, fields }) {
  const forms = fields.map((field) => createField(field, {}));
  const code = element("code", {}, `Parlor.${name}()`);
  const output = element("output", { "aria-label": `Answer of ${name}` });

  function args() {
    const values = forms.map((form) => form.read());
    while (values.length > 0 && values.at(-1) === undefined) values.pop();
    return values;
  }
  function show() {
    try {
      code.textContent = callSnippet(name, args());
    } catch {
      // What is half typed is shown as it was before.
    }
  }
  const run = button(name, async () => {
    output.textContent = "…";
    try {
      const answer = await call(name, args());
      output.textContent = JSON.stringify(answer, null, 2) ?? "Done.";
    } catch (error) {
      output.textContent = reasonOf(error);
    }
  });
  run.className = "run";
  const card = element(
    "li",
    { class: "method" },
    run,
    element("p", { class: "note" }, ...prose(text)),
    ...forms.map((form) => form.element),
    element(
      "div",
      { class: "call" },
      element("pre", {}, code),
      copyButton(`the call of ${name}`, () => code.textContent ?? "", code),
    ),
    output,
  );
  card.addEventListener("input", show);
  show();
  return card;
}

/** @param {Lists["methods"]} methods */
export const methodsPanel = (methods) => [
  element("ul", {}, ...methods.map((method) => methodCard(method))),
];

/**
 * @param {Lists["events"]} events
 * @param {import("./chat.js").ChatEvent[]} heard
 * @param {EventTarget} news tells that one more was heard
 */
export function eventsPanel(events, heard, news) {
  const log = element("div", { role: "log", "aria-label": "Events" });
  const empty = element("p", { class: "note" }, "Nothing has happened yet.");

  /** @param {import("./chat.js").ChatEvent} event */
  function entry({ type, at, detail }) {
    const time = new Date(at);
    const clock = time.toLocaleTimeString(undefined, { hour12: false });
    return element(
      "div",
      { class: "event" },
      element("strong", {}, type),
      element("time", { datetime: time.toISOString() }, clock),
      element("pre", {}, element("code", {}, literal(detail))),
    );
  }
  function update() {
    empty.hidden = heard.length > 0;
    while (log.childElementCount > heard.length) log.lastElementChild?.remove();
  }
  const clear = button("Clear", () => {
    heard.length = 0;
    update();
  });
  const what = events.flatMap(({ name, text }) => [
    element("dt", {}, element("code", {}, name)),
    element("dd", {}, ...prose(text)),
  ]);
  for (const event of heard) log.prepend(entry(event));
  news.addEventListener("heard", () => {
    for (const event of heard.slice(-1)) log.prepend(entry(event));
    update();
  });
  update();
  const copy = copyButton("the log", () => JSON.stringify(heard, null, 2), log);
  return [
    element("div", { class: "row" }, copy, clear),
    empty,
    log,
    element("details", {}, element("summary", {}, "All events"), element("dl", {}, ...what)),
  ];
}
