// Names of files as somebody else may read and save them: no folder, no disguise, no surprise.
import { FILE_NAME_MAX_LENGTH } from "../../protocol/limits.ts";

/** What an extension may be long, to be kept when a name is cut. */
const EXTENSION_MAX_LENGTH = 12;

/** Windows gives these to devices, whatever extension follows. */
const deviceName = /^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;

function cut(name: string): string {
  if (name.length <= FILE_NAME_MAX_LENGTH) return name;
  const extension = /\.[^.]+$/.exec(name)?.[0] ?? "";
  const kept = extension.length <= EXTENSION_MAX_LENGTH ? extension : "";
  return name.slice(0, FILE_NAME_MAX_LENGTH - kept.length).trimEnd() + kept;
}

/**
 * The last part of a path, without control characters, marks that turn the direction of text or hide,
 * characters that file systems refuse, and heaps of accents. Never empty.
 */
export function safeFileName(said: string | undefined): string {
  const last = (said ?? "").normalize("NFC").split(/[/\\]/).at(-1) ?? "";
  const clean = last
    // Control, format (bidirectional ones too), private and unassigned characters, line ends.
    .replaceAll(/[\p{C}\p{Zl}\p{Zp}\u{FFFD}]/gu, "")
    .replaceAll(/[<>:"|?*]/g, "_")
    .replaceAll(/(\p{M}{3})\p{M}+/gu, "$1")
    .replaceAll(/\s+/g, " ")
    .trim()
    .replace(/^\.+/, "");
  // Cutting may part a pair, and an end of dots or blanks is not an end everywhere.
  const name = cut(clean)
    .replaceAll(/\p{Surrogate}/gu, "")
    .replace(/[. ]+$/, "");
  if (name === "") return "file";
  return deviceName.test(name) ? `_${name}` : name;
}

/** The header that makes a browser save it under this name (RFC 6266). */
export function contentDisposition(kind: "attachment" | "inline", name: string): string {
  const plain = name.replaceAll(/[^\x20-\x7E]|["\\%]/g, "_");
  const encoded = encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
