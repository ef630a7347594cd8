// Pictures: whether a file is one that every browser can draw without harm, how large, and a small one of it.
import sharp from "sharp";

export interface ImageFacts {
  /** In pixels, as it is seen. */
  width: number;
  height: number;
  /** WebP, drawn anew by us: nothing of the original but its colours. */
  thumbnail: Buffer;
}

/** All frames together; a larger one is stored as a file, which nobody's browser draws. */
const PIXELS_MAX = 60_000_000;
const SIDE_MAX = 30_000;
const TIMEOUT_S = 15;
/** Twice what a message shows, for sharp screens. */
const THUMBNAIL_PX = 560;
/** Each takes a processor for a moment, and memory for its pixels. */
const AT_ONCE_MAX = 2;

const formatOf: Record<string, string> = {
  "image/png": "png",
  "image/jpeg": "jpeg",
  "image/gif": "gif",
  "image/webp": "webp",
  "image/avif": "heif",
};

export interface Images {
  /** Undefined for what is no whole picture of this type, is too large, or takes too long. */
  examine(path: string, contentType: string): Promise<ImageFacts | undefined>;
}

export function createImages(): Images {
  const waiting: (() => void)[] = [];
  let running = 0;

  async function inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    if (running >= AT_ONCE_MAX) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  }

  async function draw(path: string, contentType: string): Promise<ImageFacts | undefined> {
    const options = {
      limitInputPixels: PIXELS_MAX,
      failOn: "error",
      sequentialRead: true,
    } as const;
    const found = await sharp(path, options).metadata();
    const { format, pages = 1, autoOrient } = found;
    const { width, height } = autoOrient;
    if (format !== formatOf[contentType]) return undefined;
    if (Math.max(width, height) > SIDE_MAX) return undefined;
    if (found.width * (found.pageHeight ?? found.height) * pages > PIXELS_MAX) return undefined;
    const thumbnail = await sharp(path, options)
      .autoOrient()
      .resize(THUMBNAIL_PX, THUMBNAIL_PX, { fit: "inside", withoutEnlargement: true })
      .webp({ quality: 78 })
      .timeout({ seconds: TIMEOUT_S })
      .toBuffer();
    return { width, height, thumbnail };
  }

  return {
    // What the library objects to is the file's fault: it is a file then.
    examine: (path, contentType) => inTurn(() => draw(path, contentType)).catch(() => undefined),
  };
}
