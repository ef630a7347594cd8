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
  tooLarge: (limit: string) => `This file is too large. Send one of up to ${limit}.`,
  tooMany: (most: number) => `At most ${most} files go with one message. Remove some.`,
  empty: "This file is empty. Choose another one.",
  /** Why a file did not get there, by its code. */
  failure: (code: string) => failures[code] ?? "Upload failed. Try again.",
};

export const fileTexts = spoken("files", fileEnglish);

const failures: Record<string, string> = {
  invalid: "This kind of file cannot be sent. Choose another one.",
  too_large: "This file is too large. Choose another one.",
  too_many_requests: "Too many files at once. Wait a moment.",
  forbidden: "Files cannot be sent here. Write to us instead.",
  unreachable: "Upload interrupted. Try again.",
};
