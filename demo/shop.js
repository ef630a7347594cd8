// The shop's own behaviour: a bag that counts, kept for the session.
const key = "grat-und-tal:bag";

/** @returns {string[]} */
function readBag() {
  const items = JSON.parse(sessionStorage.getItem(key) ?? "[]");
  return Array.isArray(items) ? items : [];
}

function showCount() {
  for (const output of document.querySelectorAll("[data-bag-count]")) {
    output.textContent = String(readBag().length);
  }
}

for (const button of document.querySelectorAll("button")) {
  const item = button.dataset["add"];
  if (item === undefined) continue;
  button.addEventListener("click", () => {
    sessionStorage.setItem(key, JSON.stringify([...readBag(), item]));
    showCount();
  });
}

showCount();
