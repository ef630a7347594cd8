// From the rows of a user and his membership to the records that travel.
import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { Availability, UserRole } from "../../protocol/lists.ts";
import type { Agent, PublicAgent } from "../../protocol/records.ts";
import { account_users, accounts, users } from "../database/account-tables.ts";

/** Of SQL that is written once, the time is SQL too. */
export type Moment = Date | SQL;

/**
 * What visitors and colleagues may count on: an agent who goes offline automatically is offline
 * while none of his desks is connected, whatever he has set.
 */
export const effectiveAvailability = (now: Moment): SQL<Availability> => sql<Availability>`
  case when not ${account_users.active} or ${account_users.auto_offline}
    and coalesce(${users.connected_until}, '-infinity'::timestamptz) < ${now instanceof Date ? now.toISOString() : now}::timestamptz
  then 'offline' else ${account_users.availability} end`;

export interface AgentRow {
  id: number;
  email: string;
  name: string;
  display_name: string | null;
  avatar_url: string | null;
  custom_attributes: Record<string, unknown>;
  /** Has set a password. */
  confirmed: boolean;
  account_id: number;
  account_name: string;
  role: UserRole;
  custom_role_id: number | null;
  active: boolean;
  auto_offline: boolean;
  availability: Availability;
}

/** Selects AgentRow from users joined with account_users. */
export const agentColumns = (now: Moment) => ({
  id: users.id,
  email: users.email,
  name: users.name,
  display_name: users.display_name,
  avatar_url: users.avatar_url,
  custom_attributes: users.custom_attributes,
  confirmed: sql<boolean>`${users.password_hash} <> ''`.as("confirmed"),
  account_id: account_users.account_id,
  account_name:
    sql<string>`(select a.name from ${accounts} a where a.id = ${account_users.account_id})`.as(
      "account_name",
    ),
  role: account_users.role,
  custom_role_id: account_users.custom_role_id,
  active: account_users.active,
  auto_offline: account_users.auto_offline,
  availability: effectiveAvailability(now).as("availability"),
});

export function agentRecord(row: AgentRow): Agent {
  return {
    id: row.id,
    uid: row.email,
    name: row.name,
    available_name: row.display_name ?? row.name,
    display_name: row.display_name,
    email: row.email,
    account_id: row.account_id,
    role: row.role,
    custom_role_id: row.custom_role_id,
    active: row.active,
    confirmed: row.confirmed,
    availability_status: row.availability,
    auto_offline: row.auto_offline,
    avatar_url: row.avatar_url,
    custom_attributes: row.custom_attributes,
    accounts: [{ id: row.account_id, name: row.account_name, role: row.role }],
  };
}

/** The part of it that visitors may know. */
export function publicAgentRecord(
  row: Pick<AgentRow, "id" | "name" | "display_name" | "avatar_url" | "availability">,
): PublicAgent {
  return {
    id: row.id,
    name: row.display_name ?? row.name,
    avatar_url: row.avatar_url,
    availability_status: row.availability,
  };
}
