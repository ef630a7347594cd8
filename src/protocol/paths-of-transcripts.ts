// Where transcripts come from: a file of its own, for the widget's part that needs it: the first stage carries all else.
import { conversation } from "./path-parts.ts";

/** A conversation as a file, or sent by e-mail. */
export const transcriptPath = (token: string, source: string, id: string | number) =>
  `${conversation(token, source, id)}/transcript`;
