// Where a visitor's deeds are told: a file of its own, for the widget's part that needs it: the first stage carries all else.
import { contact } from "./path-parts.ts";

/** What the visitor did, for webhooks. */
export const visitorEventsPath = (token: string, source: string) =>
  `${contact(token, source)}/events`;
