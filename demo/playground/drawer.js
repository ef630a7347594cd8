// The playground's drawer: three tabs beside the shop, which stays in use.
import { button, element, newId } from "./dom.js";
import { eventsPanel, methodsPanel, settingsPanel } from "./panels.js";

/** @param {{ name: string, content: Node[] }[]} views */
function createTabs(views) {
  const tabs = views.map(({ name, content }) => {
    const panel = element("div", { id: newId(), role: "tabpanel", class: "panel" }, ...content);
    const tab = button(name, () => choose(name), {
      id: newId(),
      role: "tab",
      "aria-controls": panel.id,
    });
    panel.setAttribute("aria-labelledby", tab.id);
    return { name, tab, panel };
  });

  /** @param {string | undefined} name */
  function choose(name) {
    for (const { name: own, tab, panel } of tabs) {
      tab.setAttribute("aria-selected", String(own === name));
      tab.tabIndex = own === name ? 0 : -1;
      panel.hidden = own !== name;
    }
  }
  const list = element("div", { role: "tablist", "aria-label": "Playground" });
  list.append(...tabs.map(({ tab }) => tab));
  list.addEventListener("keydown", (event) => {
    const at = tabs.findIndex(({ tab }) => tab === document.activeElement);
    /** @type {Record<string, number>} */
    const targets = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 };
    const target = targets[event.key];
    if (target === undefined) return;
    event.preventDefault();
    const next = tabs.at(target % tabs.length);
    choose(next?.name);
    next?.tab.focus();
  });
  choose(views[0]?.name);
  return [list, ...tabs.map(({ panel }) => panel)];
}

/**
 * @param {object} options
 * @param {HTMLElement} options.toggle
 * @param {import("./chat.js").Lists} options.lists
 * @param {import("./chat.js").ChatEvent[]} options.heard
 * @param {EventTarget} options.news
 */
export function createDrawer({ toggle, lists, heard, news }) {
  const title = element("h2", { id: newId(), tabindex: "-1" }, "Playground");
  const close = button("Close", () => flip(), { "aria-label": "Close the playground" });
  const drawer = element(
    "aside",
    { id: newId(), class: "playground", "aria-labelledby": title.id },
    element("div", { class: "head" }, title, close),
    ...createTabs([
      { name: "Settings", content: settingsPanel(lists.settings) },
      { name: "Methods", content: methodsPanel(lists.methods) },
      { name: "Events", content: eventsPanel(lists.events, heard, news) },
    ]),
  );
  drawer.hidden = true;
  drawer.addEventListener("keydown", (event) => {
    if (event.key === "Escape") flip();
  });
  // After all of the shop and before the chat: over the one and under the other.
  (document.querySelector("footer.site") ?? toggle).after(drawer);
  toggle.setAttribute("aria-controls", drawer.id);

  function flip() {
    drawer.hidden = !drawer.hidden;
    toggle.setAttribute("aria-expanded", String(!drawer.hidden));
    if (drawer.hidden) toggle.focus();
    else title.focus();
  }
  return { flip };
}
