// Where no WebSocket gets through: the library on long polling, and a look now and then whether one does again.
// Loaded only then.
import { createSocket } from "./socket.ts";
import type { RealtimeSocket, SocketOptions } from "./socket.ts";

export interface PollingOptions extends SocketOptions {
  /** Opens a WebSocket to the server; may throw. */
  dial: () => WebSocket;
  /** A WebSocket gets through again: this socket is needed no longer. */
  goBack: () => void;
  lookAfterMs?: number;
}

/** The first look; each one after it waits twice as long, for a browser notes failures in the page's console. */
const LOOK_AFTER_MS = 60_000;
const LOOK_AFTER_MAX_MS = 30 * 60_000;
const DIAL_TIMEOUT_MS = 8_000;

/** Creates a socket that is not yet connected. */
export function createPolling<Commands extends object, Events extends object>({
  dial,
  goBack,
  lookAfterMs = LOOK_AFTER_MS,
  ...options
}: PollingOptions): RealtimeSocket<Commands, Events> {
  const socket = createSocket<Commands, Events>({ ...options, transports: ["polling"] });
  let afterMs = lookAfterMs;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let trial: WebSocket | undefined;

  function end(): void {
    clearTimeout(timer);
    const ended = trial;
    trial = undefined;
    ended?.close();
  }
  function lookLater(): void {
    end();
    timer = setTimeout(look, afterMs);
  }
  function look(): void {
    afterMs = Math.min(afterMs * 2, LOOK_AFTER_MAX_MS);
    try {
      const dialled = dial();
      trial = dialled;
      timer = setTimeout(lookLater, DIAL_TIMEOUT_MS);
      dialled.addEventListener("close", () => trial === dialled && lookLater());
      // Opened is not enough: some proxies let nothing through afterwards. The server speaks first.
      dialled.addEventListener("message", () => {
        if (trial !== dialled) return;
        end();
        goBack();
      });
    } catch {
      lookLater();
    }
  }
  socket.onState((state) => (state === "connected" ? lookLater() : end()));
  return socket;
}
