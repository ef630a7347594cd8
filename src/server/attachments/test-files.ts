// Files for tests, good and bad, made when they are needed.
import { deflateRawSync, deflateSync } from "node:zlib";
import sharp from "sharp";

const crcTable = Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});
function crc32(bytes: Buffer): number {
  let c = 0xffffffff;
  for (const byte of bytes) c = (crcTable[(c ^ byte) & 0xff] ?? 0) ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}

/** A picture of one colour. */
export const aPicture = async (
  format: "png" | "jpeg" | "gif" | "webp" = "png",
  width = 40,
  height = 30,
): Promise<Buffer> =>
  await sharp({ create: { width, height, channels: 3, background: "#3366cc" } })
    .toFormat(format)
    .toBuffer();

/** A PNG of some kilobytes that claims, and unpacks to, `side` × `side` pixels. */
export function aPixelBomb(side: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const head = Buffer.alloc(4);
    head.writeUInt32BE(data.length);
    const typed = Buffer.concat([Buffer.from(type), data]);
    const tail = Buffer.alloc(4);
    tail.writeUInt32BE(crc32(typed));
    return Buffer.concat([head, typed, tail]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header[8] = 1;
  const rows = deflateSync(Buffer.alloc((1 + Math.ceil(side / 8)) * side), { level: 9 });
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    chunk("IDAT", rows),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** A ZIP of one entry under any name, which unpacks to `size` zeros. */
export function aZip(entryName: string, size: number): Buffer {
  const name = Buffer.from(entryName);
  const plain = Buffer.alloc(size);
  const data = deflateRawSync(plain, { level: 9 });
  const head = Buffer.alloc(30);
  head.write("PK\u0003\u0004", 0, "latin1");
  head.writeUInt16LE(20, 4);
  head.writeUInt16LE(8, 8);
  head.writeUInt32LE(crc32(plain), 14);
  head.writeUInt32LE(data.length, 18);
  head.writeUInt32LE(size, 22);
  head.writeUInt16LE(name.length, 26);
  return Buffer.concat([head, name, data]);
}

export interface TestFile {
  name: string;
  bytes: Buffer | string;
  /** What its sender calls it. */
  type?: string;
}

/** A form with files and fields. */
export function aForm(files: TestFile[], fields: Record<string, string> = {}): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  for (const { name, bytes, type = "" } of files) {
    form.append(
      "attachments[]",
      new Blob([typeof bytes === "string" ? bytes : new Uint8Array(bytes)], { type }),
      name,
    );
  }
  return form;
}

/** Where a file of an answer lies, at this server. */
export const pathOf = (url: string): string => new URL(url).pathname;

/** The bytes behind an answer, which `call` would read as text. */
export async function bytesOf(url: string, headers: Record<string, string> = {}) {
  const response = await fetch(url, { headers });
  return {
    status: response.status,
    headers: response.headers,
    bytes: Buffer.from(await response.arrayBuffer()),
  };
}
