// Who asks: a user and where he works, read whole by the one statement that knows his token or his session.
import { getTableColumns, sql } from "drizzle-orm";
import type { UserRow } from "../accounts/users.ts";
import { account_users, custom_roles, users } from "../database/account-tables.ts";
import { textOf } from "../database/frequent.ts";
import { inbox_members } from "../database/inbox-tables.ts";
import { jsonRow } from "../database/json-rows.ts";
import type { AgentIdentity } from "./agents.ts";
import { membershipColumns, membershipOf, oldestFirst } from "./agents.ts";
import type { MembershipRow } from "./agents.ts";

export interface Requester {
  user: UserRow;
  /** The accounts that he works in, the oldest first; not those where he is deactivated. */
  memberships: AgentIdentity[];
}

/** A requester as his statement answers him. */
export type RequesterList = [user: unknown[], memberships: unknown[][], inboxIds: number[]];

const userRow = jsonRow<UserRow>(getTableColumns(users));
const membershipRow = jsonRow<MembershipRow>(membershipColumns);

/** What is selected of `users`. His inboxes may change until he asks again. */
export const requesterList = sql.raw(
  textOf(sql`json_build_array(${userRow.list},
    (select coalesce(json_agg(${membershipRow.list} order by ${sql.join(oldestFirst, sql`, `)}), '[]')
      from ${account_users} left join ${custom_roles} on ${custom_roles.id} = ${account_users.custom_role_id}
      where ${account_users.user_id} = ${users.id} and ${account_users.active}),
    (select coalesce(json_agg(${inbox_members.inbox_id}), '[]')
      from ${inbox_members} where ${inbox_members.user_id} = ${users.id}))`),
);

export function readRequester([user, memberships, inboxIds]: RequesterList): Requester {
  return {
    user: userRow.read(user),
    memberships: memberships.map((list) =>
      Object.assign(membershipOf(membershipRow.read(list)), { inboxIds }),
    ),
  };
}
