// The words of files. They come with what draws files.
import { spoken } from "./spoken.ts";

export const fileEnglish = {
  files: "Files to send",
  uploading: (name: string, percent: number) => `${name}, ${percent} % uploaded`,
  ready: "Ready to send",
  remove: (name: string) => `Remove ${name}`,
  retry: (name: string) => `Try ${name} again`,
  sendsWhenUploaded: "Will be sent when everything is uploaded.",
  open: (name: string) => `Open picture ${name}`,
  download: (name: string) => `Download ${name}`,
  viewer: "Picture",
  close: "Close picture",
  previous: "Previous picture",
  next: "Next picture",
  gone: "These files are no longer kept. Attach them again.",
  withoutFiles: "Send without files",
  save: "Download",
  /** Why a file did not get there, by its code. */
  failure: (code: string) => failures[code] ?? "Upload failed.",
};

export const fileTexts = spoken("files", fileEnglish);

const failures: Record<string, string> = {
  invalid: "This file cannot be sent.",
  too_large: "This file is too large.",
  too_many_requests: "Too many files at once. Wait a moment.",
  forbidden: "Files cannot be sent here.",
  unreachable: "Upload interrupted.",
};
