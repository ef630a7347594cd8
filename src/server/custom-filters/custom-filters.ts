// Filters that an agent has saved for himself (seed 003, rows 41–44).
import { and, asc, count, eq, sql } from "drizzle-orm";
import { CUSTOM_FILTERS_MAX } from "../../protocol/limits.ts";
import type { CustomFilterType } from "../../protocol/lists.ts";
import type { CustomFilter } from "../../protocol/records-administration.ts";
import type {
  CreateCustomFilter,
  UpdateCustomFilter,
} from "../../protocol/requests-custom-filters.ts";
import { failure, success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import type { AgentIdentity } from "../agents/agents.ts";
import { custom_filters } from "../database/administration-tables.ts";
import { account_users } from "../database/account-tables.ts";
import type { RoomDeps } from "../room.ts";

type Deps = Pick<RoomDeps, "db" | "clock">;

const notFound = () => failure("not_found", "Resource could not be found");

function record(row: typeof custom_filters.$inferSelect): CustomFilter {
  return {
    id: row.id,
    name: row.name,
    type: row.filter_type,
    query: row.query,
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  };
}

/** His own: others' are not there. */
const his = ({ accountId, userId }: AgentIdentity) =>
  and(eq(custom_filters.account_id, accountId), eq(custom_filters.user_id, userId));

const one = (agent: AgentIdentity, id: number) => and(his(agent), eq(custom_filters.id, id));

/** In the order in which they were saved. */
export async function listCustomFilters(
  { db }: Deps,
  agent: AgentIdentity,
  type: CustomFilterType,
): Promise<CustomFilter[]> {
  const rows = await db
    .select()
    .from(custom_filters)
    .where(and(his(agent), eq(custom_filters.filter_type, type)))
    .orderBy(asc(custom_filters.id));
  return rows.map(record);
}

/** Errors: `not_found`. */
export async function getCustomFilter(
  { db }: Deps,
  agent: AgentIdentity,
  id: number,
): Promise<Result<CustomFilter>> {
  const [row] = await db.select().from(custom_filters).where(one(agent, id));
  return row ? success(record(row)) : notFound();
}

/** Errors: `invalid` (he has as many as he may). */
export async function createCustomFilter(
  { db, clock }: Deps,
  agent: AgentIdentity,
  { name, query, type, filter_type }: CreateCustomFilter,
): Promise<Result<CustomFilter>> {
  const { accountId: account_id, userId: user_id } = agent;
  return await db.transaction(async (tx) => {
    // One after the other, so that they count each other.
    await tx
      .select({ one: sql`1` })
      .from(account_users)
      .where(and(eq(account_users.account_id, account_id), eq(account_users.user_id, user_id)))
      .for("no key update");
    const [held] = await tx.select({ count: count() }).from(custom_filters).where(his(agent));
    if ((held?.count ?? 0) >= CUSTOM_FILTERS_MAX) {
      return failure("invalid", `A user may have ${CUSTOM_FILTERS_MAX} custom filters`);
    }
    const now = clock();
    const [row] = await tx
      .insert(custom_filters)
      .values({
        account_id,
        user_id,
        name,
        query,
        filter_type: type ?? filter_type ?? "conversation",
        created_at: now,
        updated_at: now,
      })
      .returning();
    if (!row) throw new Error("INSERT answered no filter");
    return success(record(row));
  });
}

/** Errors: `not_found`. */
export async function updateCustomFilter(
  { db, clock }: Deps,
  agent: AgentIdentity,
  id: number,
  { name, query, type, filter_type: kind = type }: UpdateCustomFilter,
): Promise<Result<CustomFilter>> {
  const [row] = await db
    .update(custom_filters)
    .set({
      ...(name === undefined ? {} : { name }),
      ...(query === undefined ? {} : { query }),
      ...(kind === undefined ? {} : { filter_type: kind }),
      updated_at: clock(),
    })
    .where(one(agent, id))
    .returning();
  return row ? success(record(row)) : notFound();
}

/** Errors: `not_found`. */
export async function deleteCustomFilter(
  { db }: Deps,
  agent: AgentIdentity,
  id: number,
): Promise<Result<null>> {
  const removed = await db
    .delete(custom_filters)
    .where(one(agent, id))
    .returning({ id: custom_filters.id });
  return removed.length > 0 ? success(null) : notFound();
}
