// The reference's conveniences: search, a menu on phones, where one is, and copying. All is readable without.

const search = document.querySelector("#search");
const found = document.querySelector("#found");
const nav = document.querySelector("#contents");
const menu = document.querySelector(".menu");
const links = [...nav.querySelectorAll("li")];

search.closest(".search").hidden = false;
menu.hidden = false;

function showMatches() {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  for (const link of links) {
    const text = link.dataset.words ?? link.textContent.toLowerCase();
    link.hidden = !words.every((word) => text.includes(word));
    if (!link.hidden) count += 1;
  }
  for (const section of nav.querySelectorAll("section")) {
    section.hidden = !section.querySelector("li:not([hidden])");
  }
  found.textContent = words.length === 0 ? "" : count === 1 ? "1 match" : `${count} matches`;
}
search.addEventListener("input", showMatches);
search.addEventListener("keydown", (event) => {
  if (event.key === "Enter")
    links
      .find((link) => !link.hidden)
      ?.querySelector("a")
      .click();
  if (event.key !== "Escape") return;
  search.value = "";
  showMatches();
});

function setMenu(isOpen) {
  menu.setAttribute("aria-expanded", String(isOpen));
  nav.classList.toggle("open", isOpen);
}
menu.addEventListener("click", () => setMenu(menu.getAttribute("aria-expanded") !== "true"));
nav.addEventListener("click", (event) => {
  if (event.target.closest("a")) setMenu(false);
});
document.documentElement.classList.add("scripted");

document.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest?.("input, textarea, [contenteditable]");
  if (event.key === "Escape" && nav.classList.contains("open")) {
    setMenu(false);
    menu.focus();
  }
  if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  if (getComputedStyle(menu).display !== "none") setMenu(true);
  search.focus();
});

const byId = new Map(links.map((link) => [link.querySelector("a").hash.slice(1), link]));
const seen = new IntersectionObserver(
  (entries) => {
    const entered = entries.find((entry) => entry.isIntersecting);
    if (!entered) return;
    nav.querySelector("[aria-current]")?.removeAttribute("aria-current");
    const link = byId.get(entered.target.id)?.querySelector("a");
    link?.setAttribute("aria-current", "true");
    if (!nav.contains(document.activeElement)) link?.scrollIntoView({ block: "nearest" });
  },
  { rootMargin: "-10% 0px -80% 0px" },
);
for (const article of document.querySelectorAll("article")) seen.observe(article);

for (const block of document.querySelectorAll("pre")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = "Copy";
  button.addEventListener("click", () => {
    navigator.clipboard.writeText(block.textContent).then(
      () => (button.textContent = "Copied"),
      () => {
        // Without leave to copy, what is to be copied is at least selected.
        getSelection().selectAllChildren(block);
        button.textContent = "Selected";
      },
    );
  });
  const frame = document.createElement("div");
  frame.className = "code";
  block.replaceWith(frame);
  frame.append(block, button);
}
