// What an agent's sockets may hear, and the look at whether that is still so.
import { sql } from "drizzle-orm";
import type { Namespace, Socket } from "socket.io";
import type { Permission, UserRole } from "../../protocol/lists.ts";
import { findLiveTokens } from "../accounts/sessions.ts";
import { may, permissionsOf } from "../agents/permissions.ts";
import type { Database } from "../database/connection.ts";
import { describeError } from "../describe-error.ts";
import type { Log } from "../log.ts";
import type { RoomDeps } from "../room.ts";
import { agentRooms } from "./rooms.ts";

interface Member {
  accountId: number;
  userId: number;
}

/** A member's right to hear, as it was read: the same rooms are the same right. */
export type AgentAccess = readonly string[];

/** Those that the socket itself is known by, beside the rooms of its access. */
export interface AgentSocketData extends Member {
  access: AgentAccess;
  pubsubToken: string;
}

const keyOf = ({ accountId, userId }: Member) => `${accountId}:${userId}`;

interface AccessRow extends Record<string, unknown> {
  account_id: number;
  user_id: number;
  role: UserRole;
  custom: Permission[] | null;
  inbox_ids: number[];
}

/** The rooms of each of these members, by account and user; who may do nothing is missing. */
async function readAccess(db: Database, members: Member[]): Promise<Map<string, AgentAccess>> {
  const accountIds = members.map(({ accountId }) => accountId);
  const userIds = members.map(({ userId }) => userId);
  const { rows } = await db.execute<AccessRow>(sql`
    select au.account_id, au.user_id, au.role, r.permissions as custom,
      coalesce(jsonb_agg(i.id order by i.id) filter (where i.id is not null), '[]') as inbox_ids
    from account_users au
    left join custom_roles r on r.id = au.custom_role_id
    left join inbox_members m on m.user_id = au.user_id
    left join inboxes i on i.id = m.inbox_id and i.account_id = au.account_id
    where au.active and (au.account_id, au.user_id) in (
      select * from unnest(${sql.param(accountIds)}::bigint[], ${sql.param(userIds)}::bigint[]))
    group by au.account_id, au.user_id, r.permissions`);
  return new Map(
    rows.map((row) => {
      const member = { accountId: row.account_id, userId: row.user_id };
      return [keyOf(member), roomsOf(member, row)];
    }),
  );
}

function roomsOf({ accountId, userId }: Member, row: AccessRow): AgentAccess {
  const caller = { userId, role: row.role, permissions: permissionsOf(row.role, row.custom) };
  const seesAll = may(caller, "conversation_manage");
  const seesUnassigned = !seesAll && may(caller, "conversation_unassigned_manage");
  const seesOwn = !seesAll && may(caller, "conversation_participating_manage");
  return [
    agentRooms.account(accountId),
    agentRooms.user(userId),
    agentRooms.member(accountId, userId),
    ...(row.role === "administrator" ? [agentRooms.administrators(accountId)] : []),
    ...row.inbox_ids.flatMap((id) => [
      ...(seesAll ? [agentRooms.inbox(id)] : []),
      ...(seesUnassigned ? [agentRooms.unassigned(id)] : []),
      ...(seesOwn ? [agentRooms.own(id, userId)] : []),
    ]),
  ];
}

/** What one member may hear; undefined: nothing any more. */
export async function findAccess(db: Database, member: Member): Promise<AgentAccess | undefined> {
  return (await readAccess(db, [member])).get(keyOf(member));
}

/** How often a process looks whether its agents' sockets may still be there. */
export const ACCESS_CHECK_MS = 2_000;

export interface AccessWatch {
  stop(): Promise<void>;
}

/**
 * Closes, again and again, the sockets of this process whose agent may not hear all of it any more or
 * whose token is void. Whoever takes a right away tells so at once; but that word is lost when its
 * process dies after the commit, or when a socket was about to join. This is what makes it certain.
 */
export function createAccessWatch(
  deps: Pick<RoomDeps, "db" | "clock"> & { log: Log; namespace: Namespace },
  everyMs: number,
): AccessWatch {
  let running: Promise<void> | undefined;

  async function look(): Promise<void> {
    const sockets = [...deps.namespace.sockets.values()];
    if (sockets.length === 0) return;
    const known = sockets.map((socket) => socket.data as AgentSocketData);
    const tokens = [...new Set(known.map(({ pubsubToken }) => pubsubToken))];
    const members = [...new Map(known.map((one) => [keyOf(one), one])).values()];
    const [access, live] = await Promise.all([
      readAccess(deps.db, members),
      findLiveTokens(deps.db, deps.clock(), tokens),
    ]);
    for (const socket of sockets) if (!isAsBefore(socket, access, live)) socket.disconnect();
  }

  const timer = setInterval(() => {
    running ??= look()
      .catch((error: unknown) =>
        deps.log.warn({ event: "access_check:failed", error: describeError(error) }),
      )
      .finally(() => (running = undefined));
  }, everyMs);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}

function isAsBefore(
  socket: Socket,
  access: Map<string, AgentAccess>,
  live: ReadonlySet<string>,
): boolean {
  const data = socket.data as AgentSocketData;
  return live.has(data.pubsubToken) && access.get(keyOf(data))?.join() === data.access.join();
}
