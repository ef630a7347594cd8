// Elements made by hand: the first stage is so small that a view library would be most of it.

type Properties = Record<string, string | ((event: Event) => void)>;

/** An element with attributes; a function is a listener of the event that its key names. */
export function element(
  page: Document,
  tag: string,
  properties: Properties,
  ...children: (Node | string)[]
): HTMLElement {
  const made = page.createElement(tag);
  for (const [key, value] of Object.entries(properties)) {
    if (typeof value === "string") made.setAttribute(key, value);
    else made.addEventListener(key, value);
  }
  made.append(...children);
  return made;
}

/** An icon of one path in a box of 24 by 24, as decoration; answers the function that changes the path. */
export function icon(page: Document): { svg: SVGElement; draw: (path: string) => void } {
  const make = (tag: "svg" | "path") => page.createElementNS("http://www.w3.org/2000/svg", tag);
  const svg = make("svg") as SVGElement;
  const shape = make("path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.append(shape);
  return { svg, draw: (path) => shape.setAttribute("d", path) };
}
