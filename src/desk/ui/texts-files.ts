// The desk's words about files.

export const fileTexts = {
  attach: "Attach files",
  files: "Files to send",
  uploading: (name: string, percent: number) => `${name}, ${percent} % uploaded`,
  remove: (name: string) => `Remove ${name}`,
  retry: (name: string) => `Try ${name} again`,
  sendsWhenUploaded: "Will be sent when everything is uploaded.",
  open: (name: string) => `Open picture ${name}`,
  download: (name: string) => `Download ${name}`,
  viewer: "Picture",
  previous: "Previous",
  next: "Next",
  save: "Download",
  close: "Close",
  failure: (code: string) => failures[code] ?? "Upload failed.",
};

const failures: Record<string, string> = {
  invalid: "This file cannot be sent.",
  too_large: "This file is larger than the inbox allows.",
  too_many_requests: "Too many files at once. Wait a moment.",
  forbidden: "This inbox takes no files.",
  unreachable: "Upload interrupted.",
};
