// Keys that work anywhere in the desk, except while someone types.
import type { Desk } from "../store/desk.ts";
import { commandsOf } from "./commands.ts";

const FIELDS = "input, textarea, select, [contenteditable]";

/** How this machine's keyboard writes the palette's keys. */
export function paletteKeys(): readonly [string, string] {
  return [/Mac|iP(?:hone|ad)/.test(navigator.platform) ? "⌘" : "Ctrl", "K"];
}

/** Starts to listen on the page; answers the function that stops. */
export function startKeyboard(desk: Desk, page: Document): () => void {
  function onKeyDown(event: KeyboardEvent): void {
    const { layout, workspace } = desk;
    const isCommand = event.metaKey || event.ctrlKey;
    if (event.defaultPrevented || event.isComposing || !workspace.peek()) return;
    if (isCommand && !event.altKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      layout.dialog.value = layout.dialog.peek() === "palette" ? null : "palette";
      return;
    }
    if (isCommand || event.altKey || layout.dialog.peek() !== null) return;
    const { target } = event;
    if (target instanceof Element && target.closest(`${FIELDS}, [role=menu]`)) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (key === "j" || key === "k") moveInList(page, key === "j" ? 1 : -1);
    else {
      const command = commandsOf(desk).find((one) => one.key === key);
      if (!command) return;
      command.run();
    }
    event.preventDefault();
  }

  page.addEventListener("keydown", onKeyDown);
  return () => page.removeEventListener("keydown", onKeyDown);
}

/** From the focused row, else from the open one. */
function moveInList(page: Document, step: 1 | -1): void {
  const rows = [...page.querySelectorAll<HTMLElement>(".rows a")];
  const focused = rows.findIndex((row) => row === page.activeElement);
  const current = rows.findIndex((row) => row.ariaCurrent === "true");
  const from = focused >= 0 ? focused : current;
  const to = from < 0 ? 0 : Math.min(Math.max(from + step, 0), rows.length - 1);
  rows[to]?.focus();
}
