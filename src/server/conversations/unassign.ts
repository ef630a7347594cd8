// The conversations of an agent who has left the account, or may not work in it, become nobody's, one after the other.
import { and, eq } from "drizzle-orm";
import { success } from "../../protocol/result.ts";
import { findMembership } from "../agents/agents.ts";
import { conversations } from "../database/conversation-tables.ts";
import { systemActor } from "../events.ts";
import { assignmentLine } from "../messages/lines.ts";
import type { RoomDeps } from "../room.ts";
import { changeConversation } from "./change.ts";

/** Says what the job does. It may be done again: what it finds is what is left. */
export function handleUnassigning(deps: RoomDeps): void {
  deps.jobs.handle("agent:unassign", async ({ accountId, userId, by }, { signal }) => {
    // Back in the meantime: they are his.
    if (await findMembership(deps.db, accountId, userId)) return;
    const his = and(eq(conversations.account_id, accountId), eq(conversations.assignee_id, userId));
    const rows = await deps.db.select({ id: conversations.id }).from(conversations).where(his);
    for (const { id } of rows) {
      signal.throwIfAborted();
      const where = eq(conversations.id, id);
      await changeConversation(deps, where, systemActor, (current) =>
        success(
          current.assignee_id === userId
            ? {
                patch: { assignee_id: null },
                lines: [assignmentLine({ id: null, name: by }, null)],
              }
            : null,
        ),
      );
    }
  });
}
