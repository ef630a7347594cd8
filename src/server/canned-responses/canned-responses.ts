// Canned responses: answers that the agents of an account keep at hand (seed 003, rows 18 and 19).
import { and, asc, eq, ilike, or, sql } from "drizzle-orm";
import type { CannedResponse } from "../../protocol/records-administration.ts";
import type {
  CreateCannedResponse,
  UpdateCannedResponse,
} from "../../protocol/requests-canned-responses.ts";
import { failure, success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import type { AgentIdentity } from "../agents/agents.ts";
import { administer, changesBetween } from "../audit/administer.ts";
import { refuseOverfull } from "../audit/room-left.ts";
import { canned_responses } from "../database/administration-tables.ts";
import { likePattern } from "../filters/attributes.ts";
import type { RoomDeps } from "../room.ts";

type Deps = Pick<RoomDeps, "db" | "events">;
type Row = typeof canned_responses.$inferSelect;

const notFound = () => failure("not_found", "Resource could not be found");
const codeTaken = { index: "canned_responses_short_code", field: "short_code" };
const type = "CannedResponse";
const subject = "canned_response" as const;

function record({ id, content, short_code, account_id }: Row): CannedResponse {
  return { id, content, short_code, account_id };
}

const ofAccount = ({ accountId }: AgentIdentity, id: number) =>
  and(eq(canned_responses.account_id, accountId), eq(canned_responses.id, id));

/** By short code; those found by their beginning of it come first, then by it, then by their text. */
export async function listCannedResponses(
  { db }: Deps,
  agent: AgentIdentity,
  search = "",
): Promise<CannedResponse[]> {
  const { short_code, content, account_id } = canned_responses;
  const part = likePattern(search);
  const rank = sql`case when ${short_code} ilike ${`${part}%`} then 0
    when ${short_code} ilike ${`%${part}%`} then 1 else 2 end`;
  const found = or(ilike(short_code, `%${part}%`), ilike(content, `%${part}%`));
  const rows = await db
    .select()
    .from(canned_responses)
    .where(and(eq(account_id, agent.accountId), search === "" ? undefined : found))
    .orderBy(...(search === "" ? [] : [rank]), asc(short_code));
  return rows.map(record);
}

/** Errors: `invalid` (the short code is taken). */
export async function createCannedResponse(
  deps: Deps,
  agent: AgentIdentity,
  input: CreateCannedResponse,
): Promise<Result<CannedResponse>> {
  const work: Parameters<typeof administer<CannedResponse>>[2] = async (tx, { note }) => {
    const room = await refuseOverfull(tx, canned_responses, agent.accountId, "canned responses");
    if (!room.ok) return room;
    const values = { ...input, account_id: agent.accountId };
    const [row] = await tx.insert(canned_responses).values(values).returning();
    if (!row) throw new Error("INSERT answered no canned response");
    note({ action: "create", type, id: row.id, changes: input, subject });
    return success(record(row));
  };
  return await administer(deps, agent, work, codeTaken);
}

/** Errors: `not_found`, `invalid` (the short code is taken). */
export async function updateCannedResponse(
  deps: Deps,
  agent: AgentIdentity,
  id: number,
  input: UpdateCannedResponse,
): Promise<Result<CannedResponse>> {
  const work: Parameters<typeof administer<CannedResponse>>[2] = async (tx, { note }) => {
    const where = ofAccount(agent, id);
    const [before] = await tx.select().from(canned_responses).where(where).for("update");
    if (!before) return notFound();
    const { short_code = before.short_code, content = before.content } = input;
    const [row] = await tx
      .update(canned_responses)
      .set({ short_code, content })
      .where(where)
      .returning();
    if (!row) throw new Error("a locked canned response has vanished");
    const changes = changesBetween(before, row);
    if (Object.keys(changes).length > 0) note({ action: "update", type, id, changes, subject });
    return success(record(row));
  };
  return await administer(deps, agent, work, codeTaken);
}

/** Errors: `not_found`. */
export async function deleteCannedResponse(
  deps: Deps,
  agent: AgentIdentity,
  id: number,
): Promise<Result<null>> {
  return await administer(deps, agent, async (tx, { note }) => {
    const [row] = await tx.delete(canned_responses).where(ofAccount(agent, id)).returning();
    if (!row) return notFound();
    note({ action: "destroy", type, id, changes: record(row), subject });
    return success(null);
  });
}
