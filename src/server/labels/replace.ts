// A label that was renamed or removed, on everything that has it.
import { and, eq, sql } from "drizzle-orm";
import { success } from "../../protocol/result.ts";
import { changeConversation } from "../conversations/change.ts";
import { contacts } from "../database/contact-tables.ts";
import { conversations } from "../database/conversation-tables.ts";
import type { RoomDeps } from "../room.ts";

/** Without it, or with another one in its place; each once. */
export function replaced(labels: readonly string[], from: string, to: string | null): string[] {
  return [
    ...new Set(labels.flatMap((label) => (label !== from ? [label] : to === null ? [] : [to]))),
  ];
}

/** Says what the job does. It may be done again: what it finds is what is left. */
export function handleReplacingLabels(deps: RoomDeps): void {
  const { db, events, jobs } = deps;
  jobs.handle("label:replace", async ({ accountId, from, to, userId }, { signal }) => {
    const actor = { type: "user", id: userId } as const;
    // Said as in the index's own condition.
    const has = sql`${conversations.labels} <> '{}' and ${conversations.labels} @> array[${from}]::text[]`;
    const found = await db
      .select({ id: conversations.id })
      .from(conversations)
      .where(and(eq(conversations.account_id, accountId), has));
    for (const { id } of found) {
      signal.throwIfAborted();
      await changeConversation(deps, eq(conversations.id, id), actor, (current) =>
        success(
          current.labels.includes(from)
            ? { patch: { labels: replaced(current.labels, from, to) } }
            : null,
        ),
      );
    }
    await events.transaction(async (tx, record) => {
      const people = await tx
        .select({ id: contacts.id, labels: contacts.labels })
        .from(contacts)
        .where(
          and(
            eq(contacts.account_id, accountId),
            sql`${contacts.labels} @> array[${from}]::text[]`,
          ),
        )
        .orderBy(contacts.id)
        .for("update");
      for (const { id: contactId, labels: before } of people) {
        const labels = replaced(before, from, to);
        await tx.update(contacts).set({ labels }).where(eq(contacts.id, contactId));
        const changes: Record<string, [unknown, unknown]> = { labels: [before, labels] };
        record({ name: "contact:updated", accountId, contactId, actor, changes });
      }
    });
  });
}
