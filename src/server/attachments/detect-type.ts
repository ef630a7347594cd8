// What a file is, by what is in it. Neither its name nor what its sender called it makes it a picture.
import { open } from "node:fs/promises";
import { fileTypeFromBuffer } from "file-type";
import type { FileType } from "../../protocol/lists.ts";

export interface DetectedType {
  contentType: string;
  /** What it may become: an image has still to prove itself. */
  fileType: FileType;
}

/** Enough for every signature; a bound on what a crafted file can make of the search for one. */
const HEAD_BYTES = 64 * 1024;

const images = new Set(["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"]);
const unknown: DetectedType = { contentType: "application/octet-stream", fileType: "file" };
const plain: DetectedType = { contentType: "text/plain", fileType: "file" };
/** The browser plays them, and does nothing else with them. */
const played = /^(audio|video)\/(mpeg|mp4|ogg|opus|wav|webm|flac|aac|x-m4a|quicktime|vnd\.wave)$/;
/** Types that a browser may run or draw with scripts, however they are called. */
const active = /html|xml|svg|javascript|ecmascript|x-mimearchive/;

/** Reads the beginning of a file on this machine. */
export async function detectType(path: string): Promise<DetectedType> {
  const head = await readHead(path);
  // Text in UTF-16 begins like the sound of an MP3 file.
  if (/^(fffe|feff)/.test(head.toString("hex", 0, 2))) return unknown;
  const found = await fileTypeFromBuffer(head).catch(() => undefined);
  if (!found) return isText(head) ? plain : unknown;
  const contentType = found.mime.replace(/;.*$/, "");
  if (images.has(contentType)) return { contentType, fileType: "image" };
  if (active.test(contentType) && !contentType.includes("openxmlformats")) return plain;
  const [, kind] = played.exec(contentType) ?? [];
  if (kind) return { contentType, fileType: kind as "audio" | "video" };
  return { contentType, fileType: "file" };
}

async function readHead(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** UTF-8 without control characters; its last letter may be cut in two. */
function isText(head: Buffer): boolean {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(head, { stream: true });
    // oxlint-disable-next-line no-control-regex -- they are what tells text from the rest
    return !/[\0-\x08\x0e-\x1a\x1c-\x1f]/.test(text);
  } catch {
    return false;
  }
}
