// Reads a thread upwards as a reader who flings, and watches what becomes of the place where he reads.

export interface Scrolled {
  /** Milliseconds of each frame. */
  frames: number[];
  /** How many messages were seen. */
  loaded: number;
  elementsMax: number;
  /** How often what is read moved by something else than the scrolling. */
  jumps: number;
}

/** Runs in the page, on the log: scrolls up through everything, `px` each frame. */
export async function scrollThrough(log: HTMLElement, px: number): Promise<Scrolled> {
  const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
  const frames: number[] = [];
  const texts = new Set<string>();
  let [elementsMax, jumps, stillFor] = [0, 0, 0];
  let before = await frame();
  // At the top, what is older may still be on its way.
  while (stillFor < 60) {
    const box = log.getBoundingClientRect();
    const bubbles = [...log.querySelectorAll<HTMLElement>(".bubble")];
    for (const { textContent } of bubbles) texts.add(textContent);
    elementsMax = Math.max(elementsMax, log.querySelectorAll("*").length);
    const read = bubbles.find((one) => one.getBoundingClientRect().top > box.top + 100);
    const readTop = read?.getBoundingClientRect().top ?? 0;
    const wanted = Math.min(px, log.scrollTop);
    log.scrollTop -= wanted;
    const at = await frame();
    frames.push(at - before);
    before = at;
    if (read?.isConnected) {
      const moved = read.getBoundingClientRect().top - readTop;
      if (Math.abs(moved - wanted) > 2) jumps += 1;
    }
    stillFor = wanted === 0 ? stillFor + 1 : 0;
  }
  return { frames, loaded: texts.size, elementsMax, jumps };
}
