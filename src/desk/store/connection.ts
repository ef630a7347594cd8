// Whether the desk hears the server, in the words that views and other stores need.
import { signal } from "@preact/signals";
import type { ReadonlySignal } from "@preact/signals";
import type { AgentSocket } from "../../client/agent-transport.ts";
import type { Failure } from "../../protocol/result.ts";

/**
 * - `connecting`: for the first time
 * - `live`
 * - `reconnecting`: it was live and will be again
 * - `refused`: the server turned us away; `refusal` says why
 */
export type ConnectionStatus = "connecting" | "live" | "reconnecting" | "refused";

export interface Connection {
  readonly status: ReadonlySignal<ConnectionStatus>;
  readonly refusal: ReadonlySignal<Failure | null>;
  stop(): void;
}

/** Follows a socket's state. */
export function createConnection({ socket }: { socket: AgentSocket }): Connection {
  const status = signal<ConnectionStatus>(socket.state === "connected" ? "live" : "connecting");
  const refusal = signal<Failure | null>(null);

  const stop = socket.onState((state, error) => {
    if (state === "connected") status.value = "live";
    else if (state === "refused") {
      refusal.value = error ?? null;
      status.value = "refused";
    } else if (status.peek() === "live") status.value = "reconnecting";
  });

  return { status, refusal, stop };
}
