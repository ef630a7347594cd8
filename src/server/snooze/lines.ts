// The quiet lines about snoozes. They hold English; a view may choose its own words by their code.
import { statusLine } from "../messages/lines.ts";
import type { Line, Named } from "../messages/lines.ts";

/** `until` in seconds since 1970, null for: until a reply. */
export function snoozedLine(by: Named, until: number | null, note: string | null): Line {
  const line = statusLine("snoozed", by, until);
  if (note === null) return line;
  return {
    content: `${line.content}: ${note}`,
    content_attributes: { ...line.content_attributes, note },
  };
}

/** Its time has come. `assignee` is whom it has gone to by that, null for nobody else than before. */
export function wokenLine(note: string | null, assignee: Named | null): Line {
  const start =
    assignee === null ? "The snooze is over" : `The snooze is over, for ${assignee.name}`;
  return {
    content: note === null ? start : `${start}: ${note}`,
    content_attributes: {
      code: "conversation_woken",
      by: "snooze",
      ...(note === null ? {} : { note }),
      ...(assignee === null ? {} : { assignee_id: assignee.id, assignee_name: assignee.name }),
    },
  };
}
