// The arrow keys among the rows of several grids, which stand below each other in one list.

const STEPS: Readonly<Record<string, [row: number, column: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  Home: [0, -Infinity],
  End: [0, Infinity],
};

function cellAt(rows: readonly Element[], row: number, column: number): Element | undefined {
  const cells = rows[row]?.children;
  return cells?.[Math.min(Math.max(column, 0), cells.length - 1)];
}

/** Moves the focus, and with it the one cell that Tab comes back to; answers whether the key meant that. */
export function moveInGrid(event: KeyboardEvent, list: HTMLElement): boolean {
  const from = event.target as HTMLElement;
  const rows = [...list.querySelectorAll("[role=row]")];
  const row = rows.findIndex((one) => one.contains(from));
  if (row < 0) return false;
  const cells = [...(rows[row]?.children ?? [])];
  const column = cells.indexOf(from);
  let to: Element | undefined;
  if (event.key === "PageDown" || event.key === "PageUp") {
    const grids = [...list.querySelectorAll("[role=grid]")];
    const by = event.key === "PageDown" ? 1 : -1;
    to = grids[grids.findIndex((one) => one.contains(from)) + by]?.querySelector("button") ?? from;
  } else {
    const step = STEPS[event.key];
    if (!step) return false;
    const [down, along] = step;
    const isMirrored = getComputedStyle(list).direction === "rtl" && event.key.startsWith("Arrow");
    const next = column + (isMirrored ? -along : along);
    // Along a row and on to the next one, as one reads.
    if (down === 0 && Math.abs(along) === 1 && !cells[next]) {
      to = next < 0 ? cellAt(rows, row - 1, Infinity) : cellAt(rows, row + 1, 0);
    } else to = cellAt(rows, row + down, down === 0 ? next : column);
  }
  if (!to) return false;
  event.preventDefault();
  for (const cell of list.querySelectorAll("[tabindex='0']")) cell.setAttribute("tabindex", "-1");
  to.setAttribute("tabindex", "0");
  (to as HTMLElement).focus();
  return true;
}
