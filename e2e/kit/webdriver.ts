// A browser driven by W3C WebDriver, all that WebKit offers: no more of it than the tests need.

/** How the protocol writes keys that are no characters. */
export const KEYS = { enter: "\uE007" } as const;

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface WebDriver {
  goTo(url: string): Promise<void>;
  /** From the page into its first frame. */
  enterFrame(): Promise<void>;
  /**
   * Runs in the document; answers a text. What a page does to JSON and arrays reaches a driver's
   * answers, too: a text is a text everywhere.
   */
  evaluate(run: (given: string) => string | Promise<string>, given?: string): Promise<string>;
  /** The element that the function answers. */
  find(run: (given: string) => Element | undefined, given: string): Promise<Found | undefined>;
  /** Into what has the focus. */
  type(text: string): Promise<void>;
  deleteCookies(): Promise<void>;
  /** Ends the browser. */
  quit(): Promise<void>;
}

/** An element of the document. */
export interface Found {
  box(): Promise<Box>;
  /** With the mouse, at its middle. */
  click(): Promise<void>;
}

type Call = (method: "GET" | "POST" | "DELETE", path: string, body?: unknown) => Promise<unknown>;

interface Answer {
  value: unknown;
}

const callAt =
  (base: string): Call =>
  async (method, path, body = {}) => {
    const init = method === "POST" ? { body: JSON.stringify(body) } : {};
    const response = await fetch(base + path, { method, ...init });
    const { value } = (await response.json()) as Answer;
    if (response.ok) return value;
    const { error, message } = value as { error: string; message: string };
    throw new Error(`WebDriver: ${method} ${path}: ${error}: ${message}`);
  };

/** A new browser of the driver that listens at `driverUrl`. */
export async function openBrowser(driverUrl: string): Promise<WebDriver> {
  const capabilities = { alwaysMatch: {} };
  const session = await callAt(driverUrl)("POST", "/session", { capabilities });
  const call = callAt(`${driverUrl}/session/${(session as { sessionId: string }).sessionId}`);

  const execute = (run: (given: string) => unknown, given: string) => {
    const script = `return (${String(run)})(...arguments)`;
    return call("POST", "/execute/sync", { script, args: [given] });
  };
  const act = (device: { type: string; id: string }, actions: unknown[]) =>
    call("POST", "/actions", { actions: [{ ...device, actions }] });

  return {
    async goTo(url) {
      await call("POST", "/url", { url });
    },
    async enterFrame() {
      await call("POST", "/frame", { id: 0 });
    },
    evaluate: async (run, given = "") => String(await execute(run, given)),
    async find(run, given) {
      const origin = await execute(run, given);
      if (!origin) return undefined;
      const [id] = Object.values(origin) as string[];
      return {
        box: async () => (await call("GET", `/element/${id}/rect`)) as Box,
        // An element's own click needs the page's JSON, which a page may have spoilt; a mouse does not.
        async click() {
          await act({ type: "pointer", id: "mouse" }, [
            { type: "pointerMove", origin, x: 0, y: 0 },
            { type: "pointerDown", button: 0 },
            { type: "pointerUp", button: 0 },
          ]);
        },
      };
    },
    async type(text) {
      const strokes = Array.from(text, (value) => [
        { type: "keyDown", value },
        { type: "keyUp", value },
      ]);
      await act({ type: "key", id: "keyboard" }, strokes.flat());
    },
    async deleteCookies() {
      await call("DELETE", "/cookie");
    },
    async quit() {
      await call("DELETE", "");
    },
  };
}
