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
