// A bad network between a client and the server: a TCP proxy that delays, cuts and goes deaf, and drops and
// duplicates single frames of a WebSocket.
import { createConnection, createServer } from "node:net";
import type { AddressInfo, Socket } from "node:net";
import { createFrameReader } from "./socket-frames.ts";
import type { FrameKind } from "./socket-frames.ts";

/** `toServer`: what a client says. `toClient`: what it is answered, acknowledgements among it. */
export type Direction = "toServer" | "toClient";

export interface FaultProxy {
  /** In place of the server's. */
  url: string;
  /** Everything takes so much longer, each way; 0 ends it. */
  delay(ms: number): void;
  /** Bytes of these directions vanish: the line looks open and is dead. */
  swallow(...directions: Direction[]): void;
  /** Frames of these kinds vanish, on a line that lives. */
  drop(...kinds: FrameKind[]): void;
  /** Frames of these kinds arrive twice. */
  duplicate(...kinds: FrameKind[]): void;
  /** Ends every connection and lets no new one in. */
  cut(): void;
  /** As good as new. A connection that has lost bytes is ended: TCP would never go on with a hole. */
  mend(): void;
  /** Connections open now. */
  connectionCount(): number;
  /** How often something was swallowed, dropped or duplicated so far. */
  faultCount(): number;
  stop(): Promise<void>;
}

interface Pair {
  client: Socket;
  server: Socket;
  /** Where it has lost bytes: nothing more gets through that way. */
  torn: Set<Direction>;
}

/** Listens on a free port until it is stopped; forwards to the server at `targetUrl`. */
export async function startFaultProxy(targetUrl: string): Promise<FaultProxy> {
  const target = new URL(targetUrl);
  const pairs = new Set<Pair>();
  const waiting: { dueAt: number; run: () => void }[] = [];
  const swallowed = new Set<Direction>();
  const dropped = new Set<FrameKind>();
  const duplicated = new Set<FrameKind>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let delayMs = 0;
  let isCut = false;
  let faults = 0;

  function end(pair: Pair): void {
    pairs.delete(pair);
    pair.client.destroy();
    pair.server.destroy();
  }

  /** Runs what is due, and waits for the next. */
  function work(): void {
    timer = undefined;
    const now = performance.now();
    while (waiting[0] && waiting[0].dueAt <= now) waiting.shift()?.run();
    const next = waiting[0];
    if (next) timer ??= setTimeout(work, next.dueAt - now);
  }

  /** Runs after the delay; never before what was asked for earlier, whatever the delay was then. */
  function later(run: () => void): void {
    if (delayMs === 0 && waiting.length === 0) return run();
    const dueAt = Math.max(performance.now() + delayMs, waiting.at(-1)?.dueAt ?? 0);
    waiting.push({ dueAt, run });
    timer ??= setTimeout(work, dueAt - performance.now());
  }

  function timesOf(kind: FrameKind): number {
    if (dropped.has(kind)) return 0;
    return duplicated.has(kind) ? 2 : 1;
  }

  function forward(pair: Pair, direction: Direction): void {
    const [from, to] =
      direction === "toServer" ? [pair.client, pair.server] : [pair.server, pair.client];
    const read = createFrameReader();
    from.on("data", (data: Buffer) => {
      if (swallowed.has(direction)) pair.torn.add(direction);
      if (pair.torn.has(direction)) {
        faults += 1;
        return;
      }
      for (const { bytes, kind } of read(data)) {
        const times = timesOf(kind);
        if (times !== 1) faults += 1;
        later(() => {
          if (!to.destroyed) for (let time = 0; time < times; time += 1) to.write(bytes);
        });
      }
    });
    from.on("end", () => later(() => to.end()));
    from.on("close", () => later(() => end(pair)));
    // What one end says by an error, the other hears by the end of its connection.
    from.on("error", () => {});
  }

  const listener = createServer((client) => {
    if (isCut) {
      client.on("error", () => {}).destroy();
      return;
    }
    const server = createConnection(Number(target.port), target.hostname);
    const pair: Pair = { client, server, torn: new Set() };
    pairs.add(pair);
    for (const socket of [client, server]) socket.setNoDelay(true);
    forward(pair, "toServer");
    forward(pair, "toClient");
  });
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const { port } = listener.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    delay: (ms) => void (delayMs = ms),
    swallow(...directions) {
      for (const direction of directions) swallowed.add(direction);
    },
    drop(...kinds) {
      for (const kind of kinds) dropped.add(kind);
    },
    duplicate(...kinds) {
      for (const kind of kinds) duplicated.add(kind);
    },
    cut() {
      isCut = true;
      for (const pair of pairs) end(pair);
    },
    mend() {
      isCut = false;
      for (const faulty of [swallowed, dropped, duplicated]) faulty.clear();
      for (const pair of pairs) if (pair.torn.size > 0) end(pair);
    },
    connectionCount: () => pairs.size,
    faultCount: () => faults,
    async stop() {
      clearTimeout(timer);
      for (const pair of pairs) end(pair);
      await new Promise((resolve) => listener.close(resolve));
    },
  };
}
