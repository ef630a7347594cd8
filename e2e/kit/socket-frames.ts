// Takes a WebSocket's bytes apart into whole frames, and says what Socket.IO means by each.

/**
 * `command`: what a client asks for. `event`: what the server tells. `acknowledgement`: its answer to one
 * command. All else holds the line: handshakes, heartbeats, the end.
 */
export type FrameKind = "command" | "event" | "acknowledgement" | "line";

export interface Frame {
  /** As it came, its head included. */
  bytes: Buffer;
  kind: FrameKind;
}

const TEXT = 0x81;
const MASKED = 0x80;
const MASK_BYTES = 4;
/** Where a head's second byte says that the length follows, in so many bytes. */
const LENGTH_BYTES: Record<number, number> = { 126: 2, 127: 8 };
const HEAD_END = "\r\n\r\n";

function kindOf(bytes: Buffer, payload: Buffer, isMasked: boolean): FrameKind {
  if (bytes[0] !== TEXT) return "line";
  const start = payload.subarray(0, 2);
  const mask = isMasked ? bytes.subarray(-payload.length - MASK_BYTES) : Buffer.alloc(2);
  const packet = String.fromCodePoint(...start.map((byte, at) => byte ^ (mask[at] ?? 0)));
  if (packet === "43") return "acknowledgement";
  if (packet !== "42") return "line";
  return isMasked ? "command" : "event";
}

/** The frame that the bytes begin with, once all of it is there. */
function takeFrame(bytes: Buffer): Frame | undefined {
  const second = bytes[1];
  if (second === undefined) return undefined;
  const isMasked = (second & MASKED) !== 0;
  const short = second & ~MASKED;
  const lengthBytes = LENGTH_BYTES[short] ?? 0;
  const head = 2 + lengthBytes + (isMasked ? MASK_BYTES : 0);
  if (bytes.length < head) return undefined;
  const length =
    lengthBytes === 0 ? short : Number(`0x${bytes.toString("hex", 2, 2 + lengthBytes)}`);
  if (bytes.length < head + length) return undefined;
  const whole = bytes.subarray(0, head + length);
  return { bytes: whole, kind: kindOf(whole, whole.subarray(head), isMasked) };
}

/**
 * Reads one direction of a connection: what is complete of it so far, in order. The HTTP that a WebSocket
 * begins with is one frame of the line; what never becomes a WebSocket is passed on as it comes.
 */
export function createFrameReader(): (bytes: Buffer) => Frame[] {
  let mode: "head" | "frames" | "bytes" = "head";
  let rest: Buffer = Buffer.alloc(0);

  return (bytes) => {
    if (mode === "bytes") return [{ bytes, kind: "line" }];
    rest = Buffer.concat([rest, bytes]);
    const frames: Frame[] = [];
    if (mode === "head") {
      const end = rest.indexOf(HEAD_END);
      if (end === -1) return [];
      const isUpgrade = /^upgrade: *websocket\r?$/im.test(rest.toString("latin1", 0, end));
      mode = isUpgrade ? "frames" : "bytes";
      const at = isUpgrade ? end + HEAD_END.length : rest.length;
      frames.push({ bytes: rest.subarray(0, at), kind: "line" });
      rest = rest.subarray(at);
    }
    for (let frame = takeFrame(rest); frame; frame = takeFrame(rest)) {
      frames.push(frame);
      rest = rest.subarray(frame.bytes.length);
    }
    return frames;
  };
}
