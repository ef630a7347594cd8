// The playground's first part: pushes the settings that were tried, listens to every event, and loads the drawer
// when it is opened.
import { push } from "./chat.js";
import { readTried } from "./tried.js";

/** @type {import("./chat.js").ChatEvent[]} */
const heard = [];
const news = new EventTarget();

/** @returns {Promise<import("./chat.js").Lists>} */
async function fetchLists() {
  const answer = await fetch(new URL("host-api.json", import.meta.url));
  return await answer.json();
}

/** @param {import("./chat.js").ChatEvent} event */
function hear(event) {
  heard.push(event);
  // More than these nobody reads, and a page may stand open for days.
  if (heard.length > 200) heard.shift();
  news.dispatchEvent(new Event("heard"));
}

push(readTried());
const lists = fetchLists();

/** @param {HTMLElement} toggle */
async function openFirst(toggle) {
  const { createDrawer } = await import("./drawer.js");
  return createDrawer({ toggle, lists: await lists, heard, news });
}

for (const toggle of document.querySelectorAll("button")) {
  if (toggle.dataset["playground"] === undefined) continue;
  /** @type {ReturnType<typeof openFirst> | undefined} */
  let drawer;
  toggle.addEventListener("click", () => {
    drawer ??= openFirst(toggle);
    void drawer.then(({ flip }) => flip());
  });
}

const { events } = await lists;
push({ on: Object.fromEntries(events.map(({ name }) => [name, hear])) });
