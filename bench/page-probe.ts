// Runs inside a measured page, before its scripts: notes long tasks, interactions, layout shifts, and when
// something can be seen and used. Must stand alone: the function's text is sent to the browser.

export interface PageProbe {
  longTasksMs: number[];
  interactionsMs: number[];
  layoutShift: number;
  clickedAtMs?: number;
  launcherVisibleAtMs?: number;
  usableAtMs?: number;
  countElements(): number;
  /** Where the launcher is pressed. */
  launcherCenter(): { x: number; y: number };
  /** Asked for before the launcher is pressed: whoever asks meanwhile makes the page wait. */
  whenUsable(): Promise<void>;
}

declare global {
  var parlorProbe: PageProbe | undefined;
}

export interface ProbeSelectors {
  /** The button that opens the chat. */
  launcher: string;
  /** The element that shows that the chat can be used. */
  usable: string;
}

export function installPageProbe(selectors: ProbeSelectors | null): void {
  const roots: ShadowRoot[] = [];
  let onRoot = (_root: ShadowRoot): void => undefined;
  let onUsable = (): void => undefined;
  // oxlint-disable-next-line unbound-method -- called with its element below
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function attachShadow(options) {
    const root = attach.call(this, options);
    roots.push(root);
    onRoot(root);
    return root;
  };

  const probe: PageProbe = {
    longTasksMs: [],
    interactionsMs: [],
    layoutShift: 0,
    countElements() {
      const connected = roots.filter((root) => root.host.isConnected);
      return [document, ...connected].reduce(
        (sum, root) => sum + root.querySelectorAll("*").length,
        0,
      );
    },
    launcherCenter() {
      const rect = selectors && find(selectors.launcher)?.getBoundingClientRect();
      if (!rect) throw new Error("there is no launcher");
      return { x: rect.x + rect.width / 2, y: rect.y + rect.height / 2 };
    },
    whenUsable: () => new Promise((resolve) => (onUsable = resolve)),
  };
  globalThis.parlorProbe = probe;

  const observe = (
    type: string,
    note: (entry: PerformanceEntry & { value?: number; interactionId?: number }) => void,
  ) => {
    const observer = new PerformanceObserver((list) => list.getEntries().forEach(note));
    observer.observe({ type, buffered: true, durationThreshold: 16 } as PerformanceObserverInit);
  };
  observe("longtask", (entry) => probe.longTasksMs.push(entry.duration));
  observe("layout-shift", (entry) => (probe.layoutShift += entry.value ?? 0));
  observe("event", (entry) => {
    if (entry.interactionId) probe.interactionsMs.push(entry.duration);
  });

  const find = (selector: string): Element | null => {
    for (const root of [document, ...roots]) {
      const found = root.querySelector(selector);
      if (found) return found;
    }
    return null;
  };
  const isVisible = (element: Element | null): boolean => {
    if (!element) return false;
    const { width, height } = element.getBoundingClientRect();
    const shown = { opacityProperty: true, visibilityProperty: true };
    return width >= 8 && height >= 8 && element.checkVisibility(shown);
  };
  const isUsable = (element: Element | null): boolean => {
    if (!element || !isVisible(element) || element.matches(":disabled")) return false;
    const { x, y, width, height } = element.getBoundingClientRect();
    const root = element.getRootNode() as Document | ShadowRoot;
    const hit = root.elementFromPoint(x + width / 2, y + height / 2);
    return hit !== null && (hit === element || element.contains(hit));
  };
  /** Looks at every frame until `isThere`; no longer, and never in vain: looking is work that would be measured. */
  const watch = (isThere: () => boolean, note: () => void) => {
    const look = () => (isThere() ? note() : requestAnimationFrame(look));
    requestAnimationFrame(look);
  };
  // A page without the chat waits for nothing.
  if (!selectors) return;
  const { launcher, usable } = selectors;
  // Not from the start: to look at every frame until the script has come would cost a third of what the chat does, and be
  // taken for its work.
  onRoot = (root) => {
    const observer = new MutationObserver(() => {
      if (!find(launcher)) return;
      observer.disconnect();
      watch(
        () => isVisible(find(launcher)),
        () => (probe.launcherVisibleAtMs = performance.now()),
      );
    });
    observer.observe(root, { childList: true, subtree: true });
  };
  const onPress = (event: PointerEvent) => {
    probe.clickedAtMs = event.timeStamp;
    watch(
      () => isUsable(find(usable)),
      () => {
        probe.usableAtMs = performance.now();
        onUsable();
      },
    );
  };
  addEventListener("pointerdown", onPress, { capture: true, once: true });
}
