// Where a visitor's files go: a file of its own, for the widget's part that needs it: the first stage carries all else.
import { contact } from "./path-parts.ts";

/** Where a visitor puts a file before the message that names it. */
export const visitorUploadsPath = (token: string, source: string) =>
  `${contact(token, source)}/attachments`;
