// Where answers to rich messages go: a file of its own, for the widget's part that needs it: the first stage carries all else.
import { messages, part } from "./path-parts.ts";

/** One message: where a visitor answers what it asks. */
export const messagePath = (
  token: string,
  source: string,
  id: string | number,
  message: string | number,
) => `${messages(token, source, id)}/${part(message)}`;
