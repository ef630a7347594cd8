// What somebody may do: the one question that routes, sockets and lists ask before they do it.
import { sql } from "drizzle-orm";
import type { SQL, SQLWrapper } from "drizzle-orm";
import { permissions } from "../../protocol/lists.ts";
import type { Permission, UserRole } from "../../protocol/lists.ts";

/** Who asks, as far as it decides what he may do. */
export interface Caller {
  userId: number;
  role: UserRole;
  /** Everything for administrators, and for agents without a custom role. */
  permissions: readonly Permission[];
}

/** Of a member: `custom` are his custom role's, null when he has none. */
export function permissionsOf(role: UserRole, custom: Permission[] | null): readonly Permission[] {
  return role === "administrator" ? permissions : (custom ?? permissions);
}

/** Each holds those after it. */
const ofConversations: readonly Permission[] = [
  "conversation_manage",
  "conversation_unassigned_manage",
  "conversation_participating_manage",
];

/** Whether he may, by this permission or by one that holds it. */
export function may(caller: Caller, permission: Permission): boolean {
  const place = ofConversations.indexOf(permission);
  const holding = place < 0 ? [permission] : ofConversations.slice(0, place + 1);
  return holding.some((one) => caller.permissions.includes(one));
}

/**
 * In SQL: whether these permissions reach the conversation `c`, which is in an inbox of the user's.
 * All three are SQL themselves; the only place that says what each permission about conversations means.
 */
export function reaches(c: string, held: string, userId: string): string {
  return `('conversation_manage' = any(${held})
    or ('conversation_unassigned_manage' = any(${held}) and ${c}.assignee_id is null)
    or (${held} && '{conversation_unassigned_manage,conversation_participating_manage}'::text[]
      and (${c}.assignee_id = ${userId}
        or (${c}.participant_ids <> '{}' and ${c}.participant_ids @> array[${userId}]))))`;
}

/** Condition on conversations of his inboxes: those that he may see; undefined: all of them. */
export function isReachedBy(caller: Caller): SQL | undefined {
  if (may(caller, "conversation_manage")) return undefined;
  if (!may(caller, "conversation_participating_manage")) return sql`false`;
  // Both come from closed sets: names of the list, and a number.
  const held = `'{${caller.permissions.join()}}'::text[]`;
  return sql.raw(reaches("conversations", held, `${caller.userId}::bigint`));
}

/** Condition on a custom role's permissions: with them he may see some conversations. */
export const worksOnConversations = (held: SQLWrapper): SQL =>
  sql`${held} && ${sql.raw(`'{${ofConversations.join()}}'::text[]`)}`;
