// The desk's entry: the real server, the real browser.
import { createAgentRest } from "../client/agent-rest.ts";
import type { AgentSocket } from "../client/agent-transport.ts";
import { createSocket } from "../client/socket.ts";
import { AGENT_NAMESPACE } from "../protocol/path-parts.ts";
import {
  browserClock,
  createAttention,
  createId,
  createMediaSignal,
  createRouter,
  createTextStorage,
} from "./browser.ts";
import { mountDesk } from "./mount.tsx";

const holder = document.querySelector("#desk");
if (!holder) throw new Error("index.html has no #desk");

let socket: AgentSocket | null = null;

const { desk } = mountDesk(holder, {
  rest: createAgentRest({ baseUrl: "", onSessionLost: () => desk.session.expire() }),
  createSocket(pubsubToken) {
    socket = createSocket({
      baseUrl: location.origin,
      namespace: AGENT_NAMESPACE,
      pubsubToken: () => pubsubToken,
    });
    return socket;
  },
  router: createRouter(),
  clock: browserClock,
  createId,
  isAttentive: createAttention().isAttentive,
  tabStorage: createTextStorage(() => sessionStorage),
  browserStorage: createTextStorage(() => localStorage),
  isWide: createMediaSignal("(min-width: 1200px)"),
});

// The browser often knows sooner than the socket that the line is back.
const nudge = () => socket?.nudge();
addEventListener("online", nudge);
addEventListener("pageshow", nudge);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") nudge();
  // A phone may not let a hidden page live for another line.
  else void desk.discards.flush();
});
addEventListener("pagehide", () => void desk.discards.flush());

addEventListener("beforeunload", (event) => {
  const unsent = desk.workspace.peek()?.outbox.entries.peek() ?? [];
  if (unsent.length > 0 || desk.router.isHeld()) event.preventDefault();
});
