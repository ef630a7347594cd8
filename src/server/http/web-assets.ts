// The built files of browsers: found once, compressed once, kept in memory under a fingerprint.
import { createHash } from "node:crypto";
import { readFile, readdir, stat } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".map": "application/json; charset=utf-8",
  ".webmanifest": "application/manifest+json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".webp": "image/webp",
  ".avif": "image/avif",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".mp3": "audio/mpeg",
};
const compressible = /^(text\/|application\/(json|manifest)|image\/svg)/;
/** Less is not worth a header. */
export const COMPRESS_MIN_BYTES = 512;
/** A file that is not known is looked for on the disk this often: builds may replace files. */
const SCAN_EVERY_MS = 1_000;

export type Encoding = "br" | "gzip" | "identity";

export interface Asset {
  type: string;
  etag: string;
  bodies: Partial<Record<Encoding, Buffer>> & { identity: Buffer };
}

export interface WebAssets {
  /** The file of this path, such as `desk/index.html`; only what a listing of the folder has shown. */
  find(name: string): Promise<Asset | undefined>;
  /** Reads and compresses everything ahead of the first request. */
  warmUp(): Promise<void>;
}

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

/** Makes an asset of a content: for files, and for pages that are written on request. */
export async function createAsset(name: string, content: Buffer): Promise<Asset> {
  const type = types[path.extname(name)] ?? "application/octet-stream";
  const etag = createHash("sha256").update(content).digest("base64url").slice(0, 22);
  if (!compressible.test(type) || content.length < COMPRESS_MIN_BYTES) {
    return { type, etag, bodies: { identity: content } };
  }
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
  };
  const [br, gz] = await Promise.all([brotli(content, { params }), zip(content, { level: 9 })]);
  return { type, etag, bodies: { identity: content, br, gzip: gz } };
}

/** The names of all files in a folder, which may not exist; those in folders of it as `folder/file`. */
export async function listFiles(directory: string): Promise<Set<string>> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch(
    () => [],
  );
  return new Set(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(directory, path.join(entry.parentPath, entry.name)))
      .map((name) => name.replaceAll(path.sep, "/")),
  );
}

/** The files of a folder, which may not exist. */
export function createWebAssets(directory: string): WebAssets {
  const known = new Map<string, { changedAt: number; asset: Promise<Asset> }>();
  let scanned = { at: -Infinity, names: Promise.resolve(new Set<string>()) };

  function scan(): Promise<Set<string>> {
    scanned = { at: performance.now(), names: listFiles(directory) };
    return scanned.names;
  }

  async function load(name: string): Promise<Asset | undefined> {
    const file = path.join(directory, name);
    const found = await stat(file).catch(() => undefined);
    if (!found?.isFile()) return undefined;
    const present = known.get(name);
    if (present?.changedAt === found.mtimeMs) return await present.asset;
    const asset = readFile(file).then((content) => createAsset(name, content));
    known.set(name, { changedAt: found.mtimeMs, asset });
    asset.catch(() => known.delete(name));
    return await asset;
  }

  return {
    async find(name) {
      let names = await scanned.names;
      if (!names.has(name) && performance.now() - scanned.at > SCAN_EVERY_MS) names = await scan();
      return names.has(name) ? await load(name) : undefined;
    },
    async warmUp() {
      for (const name of await scan()) await load(name);
    },
  };
}

/** The best of some forms that a client accepts. */
export function chooseEncoding(
  bodies: Partial<Record<Encoding, unknown>>,
  accepted: string | undefined,
): Encoding {
  const offers = new Map(
    (accepted ?? "").split(",").map((offer) => {
      const [name = "", ...parameters] = offer.trim().toLowerCase().split(";");
      const quality = parameters.find((parameter) => parameter.trim().startsWith("q="));
      return [name, quality === undefined ? 1 : Number(quality.trim().slice(2))];
    }),
  );
  const choices = ["br", "gzip"] as const;
  return choices.find((name) => bodies[name] && (offers.get(name) ?? 0) > 0) ?? "identity";
}
