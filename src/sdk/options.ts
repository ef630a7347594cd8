// What createParlor is given, taken apart: where the script is, and what its API is told.
import type { ParlorSettings } from "../widget/host/parlor.ts";

interface CommonOptions extends ParlorSettings {
  /** The inbox's website token, as the desk shows it. */
  inbox: string;
  /** For pages whose Content Security Policy wants one on each script. */
  nonce?: string;
}

/** Where the chat's server is: its address, or the full address of its script. */
export type ParlorOptions = CommonOptions &
  (
    | {
        /** Such as `https://chat.example.com`. */
        serverUrl: string;
        src?: never;
      }
    | {
        /** Such as `https://chat.example.com/widget.js`. */
        src: string;
        serverUrl?: never;
      }
  );

/** Answers the script's address; a relative one stays so, for the page to resolve. */
export function scriptUrl({ serverUrl, src }: ParlorOptions): string {
  return src ?? `${serverUrl?.replace(/\/+$/, "") ?? ""}/widget.js`;
}

/** Answers what `window.Parlor` is told. Handlers are not in it: they are subscribed once, not at each start. */
export function settingsOf(options: ParlorOptions): Omit<ParlorSettings, "on"> {
  const { serverUrl: _, src: __, nonce: ___, on: ____, ...settings } = options;
  return settings;
}
