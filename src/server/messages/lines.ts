// Activity messages: quiet lines for agents about what became of a conversation. They hold English; a
// view may choose its own words by `content_attributes.code` and the names beside it.

export interface Line {
  content: string;
  content_attributes: { code: string } & Record<string, unknown>;
}

/** Names are as they were then; the id still says who it was when two are called alike. */
export interface Named {
  /** Null: nobody who is still known. */
  id: number | null;
  name: string;
}

/** The agent who did it. */
export const namedBy = ({ userId, name }: { userId: number; name: string }): Named => ({
  id: userId,
  name,
});

type Status = "open" | "pending" | "snoozed" | "resolved";

const verbs: Record<Status, string> = {
  open: "reopened",
  pending: "marked as pending",
  snoozed: "snoozed",
  resolved: "resolved",
};

/** An agent has changed the status. `snoozedUntil` in seconds since 1970, null for: until a reply. */
export function statusLine(status: Status, by: Named, snoozedUntil: number | null): Line {
  return {
    content: `Conversation was ${verbs[status]} by ${by.name}`,
    content_attributes: {
      code: `conversation_${status === "open" ? "reopened" : status}`,
      by: "user",
      user_id: by.id,
      user_name: by.name,
      ...(status === "snoozed" ? { snoozed_until: snoozedUntil } : {}),
    },
  };
}

export function endedByVisitorLine(): Line {
  return {
    content: "The visitor ended the conversation",
    content_attributes: { code: "conversation_resolved", by: "contact" },
  };
}

/** The inbox gives its new conversations away by itself. */
export function autoAssignedLine({ id, name }: Named): Line {
  const assignee = { assignee_id: id, assignee_name: name };
  return {
    content: `Assigned to ${name}`,
    content_attributes: { code: "assignee_changed", by: "system", ...assignee },
  };
}

/** `assignee` null: nobody any more. */
export function assignmentLine(by: Named, assignee: Named | null): Line {
  const names = {
    user_id: by.id,
    user_name: by.name,
    assignee_id: assignee?.id ?? null,
    assignee_name: assignee?.name ?? null,
  };
  if (!assignee) {
    return {
      content: `Conversation was unassigned by ${by.name}`,
      content_attributes: { code: "assignee_removed", ...names },
    };
  }
  return by.id === assignee.id
    ? {
        content: `${by.name} took the conversation`,
        content_attributes: { code: "assignee_self", ...names },
      }
    : {
        content: `Assigned to ${assignee.name} by ${by.name}`,
        content_attributes: { code: "assignee_changed", ...names },
      };
}

/** `team` null: no team's any more. */
export function teamLine(by: Named, team: string | null): Line {
  return {
    content:
      team === null ? `${by.name} took it from its team` : `Assigned to team ${team} by ${by.name}`,
    content_attributes: {
      code: team === null ? "team_removed" : "team_changed",
      user_id: by.id,
      user_name: by.name,
      team_name: team,
    },
  };
}

/** Labels have come or gone; nothing for none. */
export function labelLines(by: Named, added: string[], removed: string[]): Line[] {
  const line = (code: string, verb: string, labels: string[]): Line[] =>
    labels.length === 0
      ? []
      : [
          {
            content: `${by.name} ${verb} ${labels.join(", ")}`,
            content_attributes: { code, user_id: by.id, user_name: by.name, labels },
          },
        ];
  return [...line("labels_added", "added", added), ...line("labels_removed", "removed", removed)];
}

export function muteLine(by: Named, muted: boolean): Line {
  return {
    content: `${by.name} ${muted ? "muted" : "unmuted"} the conversation`,
    content_attributes: {
      code: muted ? "conversation_muted" : "conversation_unmuted",
      user_id: by.id,
      user_name: by.name,
    },
  };
}
