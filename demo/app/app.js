// The tour book goes from page to page without loading one: it fetches the next and takes over its whole body.

/** @typedef {{ push(...items: unknown[]): unknown, shutdown?(): Promise<void>, destroy?(): Promise<void> }} Chat */

/** @returns {Chat | undefined} */
const chat = () => /** @type {{ Parlor?: Chat }} */ (/** @type {unknown} */ (window)).Parlor;

let shown = location.pathname;
/** The page that was asked for last: an answer that comes late is not shown. */
let wanted = "";

/** @param {string} address */
async function show(address) {
  wanted = address;
  const answer = await fetch(address).catch(() => undefined);
  if (wanted !== address) return;
  if (!answer?.ok) return location.assign(address);
  const next = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (wanted !== address) return;
  shown = new URL(address).pathname;
  document.title = next.title;
  document.body.replaceWith(document.adoptNode(next.body));
  document.querySelector("main")?.focus();
}

/** @param {MouseEvent} event */
function follow(event) {
  const { target } = event;
  if (!(target instanceof Element)) return;
  const action = target.closest("[data-chat]")?.getAttribute("data-chat");
  if (action === "shutdown" || action === "destroy") return void chat()?.[action]?.();
  if (action === "start") {
    const inbox = document.querySelector("script[data-inbox]")?.getAttribute("data-inbox");
    return void chat()?.push({ inbox });
  }
  const link = target.closest("a");
  const isPlain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey);
  if (!link || !isPlain || event.defaultPrevented) return;
  const isOurs = link.origin === location.origin && /\/demo\/app\/[^/]*$/.test(link.pathname);
  if (!isOurs || link.hash) return;
  event.preventDefault();
  if (link.href !== location.href) history.pushState(null, "", link.href);
  void show(link.href);
}

document.addEventListener("click", follow);
addEventListener("popstate", () => {
  if (location.pathname !== shown) void show(location.href);
});
