// The line to the server: when to be connected, and what to do when the server refuses.
import { signal } from "../signals.ts";
import type { ReadonlySignal } from "../signals.ts";
import type { VisitorSocket } from "../../client/visitor-transport.ts";
import type { ConnectionState } from "../../client/socket.ts";
import type { Failure } from "../../protocol/result.ts";
import type { CustomerStore } from "./customer.ts";
import type { Emit } from "./events.ts";

/** How long to leave a server alone that refused for a reason that may pass. */
const REFUSED_RETRY_MS = 15_000;
const LATE_MS = 2_500;

export interface Connection {
  state: ReadonlySignal<ConnectionState>;
  /** Why the server refuses; it stays until a connection succeeds. */
  refusal: ReadonlySignal<Failure | null>;
  /** It has been connecting for so long that the visitor should know. */
  isLate: ReadonlySignal<boolean>;
  /** Connects as soon as there is a contact, and stays connected. */
  open: () => void;
  /** Gives the line up until it is opened again. */
  close: () => void;
  /** The network or the visitor came back: try now. */
  nudge: () => void;
  stop(): void;
}

export function createConnection(deps: {
  socket: VisitorSocket;
  customer: Pick<CustomerStore, "contact" | "forget">;
  emit: Emit;
}): Connection {
  const { socket, customer, emit } = deps;
  const state = signal<ConnectionState>(socket.state);
  const refusal = signal<Failure | null>(null);
  const isLate = signal(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lateTimer: ReturnType<typeof setTimeout> | undefined;

  function open(): void {
    clearTimeout(timer);
    if (customer.contact.peek()) socket.connect();
  }

  function close(): void {
    clearTimeout(timer);
    socket.close();
    clearTimeout(lateTimer);
  }

  function refused(failure: Failure): void {
    // The token is unknown: whoever this browser was, the server has forgotten it.
    if (failure.code === "unauthenticated" || failure.code === "not_found") {
      socket.close();
      customer.forget();
      return;
    }
    refusal.value = failure;
    if (failure.code === "too_many_requests" || failure.code === "internal") {
      const { retryAfterSeconds } = failure;
      const delayMs = retryAfterSeconds ? retryAfterSeconds * 1_000 : REFUSED_RETRY_MS;
      timer = setTimeout(open, delayMs);
    }
  }

  const stopListening = socket.onState((next, failure) => {
    state.value = next;
    emit("connectionChange", { state: next });
    clearTimeout(lateTimer);
    if (next === "connecting") lateTimer = setTimeout(() => (isLate.value = true), LATE_MS);
    else isLate.value = false;
    if (next === "connected") refusal.value = null;
    if (next === "refused" && failure) refused(failure);
  });

  return {
    state,
    refusal,
    isLate,
    open,
    close,
    nudge: () => socket.nudge(),
    stop() {
      stopListening();
      close();
    },
  };
}
