// The pages of demo/hostile/, and what is to be expected on each.

export interface HostilePage {
  /** Its file, without the ending. */
  name: string;
  /** What a test of it says. */
  says: string;
  /** The page is not drawn at all: the chat cannot be seen, and complains of nothing. */
  isUnseen?: boolean;
  /** The chat is on a page in a frame. */
  isFramed?: boolean;
}

export const hostilePages: HostilePage[] = [
  { name: "policy", says: "under the strictest policy" },
  { name: "hidden", says: "where everything is hidden, the page too", isUnseen: true },
  { name: "reset", says: "where the body is unset and hidden, and a rem is a pixel" },
  { name: "right-to-left", says: "where one reads from right to left" },
  { name: "transforms", says: "in a body that is transformed and filtered" },
  { name: "frozen", says: "where every prototype is frozen" },
  { name: "patched", says: "where fetch, JSON, arrays and promises are patched" },
  { name: "amd", says: "beside an AMD loader" },
  { name: "twice", says: "loaded three times, once before there is a body" },
  { name: "storage", says: "where storage throws" },
  { name: "sandbox", says: "in a sandboxed frame", isFramed: true },
];

/** The title of its test. */
export const promiseOf = ({ says, isUnseen }: HostilePage) =>
  `${isUnseen ? "the chat stays away quietly" : "the chat works"} ${says}`;

/** Run in the page: names on the window. */
export function traceGlobals(): string {
  return Object.getOwnPropertyNames(window).toSorted().join(" ");
}

/** Run in the page: where the page's own things stand. */
export function traceLayout(): string {
  const own = [...document.querySelectorAll("html, body, body *")].filter(
    (element) => element.localName !== "parlor-widget",
  );
  const boxes = own.map((element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return `${element.localName} ${x} ${y} ${width} ${height}`;
  });
  const { scrollWidth, scrollHeight } = document.documentElement;
  // A page that is not drawn has no size; browsers answer the window's, or none.
  const isDrawn = document.documentElement.getClientRects().length > 0;
  const size = isDrawn ? [scrollWidth, scrollHeight] : [];
  return [...boxes, ...size, scrollX, scrollY].join("; ");
}
