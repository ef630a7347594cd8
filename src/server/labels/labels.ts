// Labels of an account: what they are called, how they look.
import { and, asc, eq } from "drizzle-orm";
import type { Label } from "../../protocol/records-administration.ts";
import type { CreateLabel, UpdateLabel } from "../../protocol/requests-labels.ts";
import { failure, success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import type { AgentIdentity } from "../agents/agents.ts";
import { administer, changesBetween } from "../audit/administer.ts";
import { refuseOverfull } from "../audit/room-left.ts";
import { labels } from "../database/administration-tables.ts";
import type { RoomDeps } from "../room.ts";

type Deps = Pick<RoomDeps, "db" | "events" | "jobs">;

const notFound = () => failure("not_found", "Resource could not be found");
const titleTaken = { index: "labels_title", field: "title" };
const type = "Label";
const subject = "label" as const;

function record({ id, title, description, color, show_on_sidebar }: typeof labels.$inferSelect) {
  return { id, title, description, color, show_on_sidebar };
}

const ofAccount = ({ accountId }: AgentIdentity, id: number) =>
  and(eq(labels.account_id, accountId), eq(labels.id, id));

/** By title. */
export async function listLabels({ db }: Deps, agent: AgentIdentity): Promise<Label[]> {
  const rows = await db
    .select()
    .from(labels)
    .where(eq(labels.account_id, agent.accountId))
    .orderBy(asc(labels.title));
  return rows.map(record);
}

/** Errors: `not_found`. */
export async function getLabel(
  { db }: Deps,
  agent: AgentIdentity,
  id: number,
): Promise<Result<Label>> {
  const [row] = await db.select().from(labels).where(ofAccount(agent, id));
  return row ? success(record(row)) : notFound();
}

/** Only what is said. */
function valuesOf({ title, description, color, show_on_sidebar }: UpdateLabel) {
  return {
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
    ...(color === undefined ? {} : { color }),
    ...(show_on_sidebar === undefined ? {} : { show_on_sidebar }),
  };
}

/** Errors: `invalid` (the title is taken, or there are too many). */
export async function createLabel(
  deps: Deps,
  agent: AgentIdentity,
  input: CreateLabel,
): Promise<Result<Label>> {
  const work: Parameters<typeof administer<Label>>[2] = async (tx, { note }) => {
    const room = await refuseOverfull(tx, labels, agent.accountId, "labels");
    if (!room.ok) return room;
    const values = { ...valuesOf(input), title: input.title, account_id: agent.accountId };
    const [row] = await tx.insert(labels).values(values).returning();
    if (!row) throw new Error("INSERT answered no label");
    note({ action: "create", type, id: row.id, changes: record(row), subject });
    return success(record(row));
  };
  return await administer(deps, agent, work, titleTaken);
}

/**
 * Changes what is said. A new title goes to the conversations and contacts that have the label, one
 * after the other. Errors: `not_found`, `invalid` (the title is taken).
 */
export async function updateLabel(
  deps: Deps,
  agent: AgentIdentity,
  id: number,
  input: UpdateLabel,
): Promise<Result<Label>> {
  const work: Parameters<typeof administer<Label>>[2] = async (tx, { note }) => {
    const where = ofAccount(agent, id);
    const [before] = await tx.select().from(labels).where(where).for("update");
    if (!before) return notFound();
    const [row] = await tx
      .update(labels)
      .set({ title: before.title, ...valuesOf(input) })
      .where(where)
      .returning();
    if (!row) throw new Error("a locked label has vanished");
    const changes = changesBetween(before, row);
    if (Object.keys(changes).length > 0) note({ action: "update", type, id, changes, subject });
    if (row.title !== before.title) {
      const { accountId, userId } = agent;
      const payload = { accountId, from: before.title, to: row.title, userId };
      await deps.jobs.enqueue(tx, "label:replace", payload);
    }
    return success(record(row));
  };
  return await administer(deps, agent, work, titleTaken);
}

/** Takes it from everything that has it, too. Errors: `not_found`. */
export async function deleteLabel(
  deps: Deps,
  agent: AgentIdentity,
  id: number,
): Promise<Result<null>> {
  return await administer(deps, agent, async (tx, { note }) => {
    const [row] = await tx.delete(labels).where(ofAccount(agent, id)).returning();
    if (!row) return notFound();
    note({ action: "destroy", type, id, changes: record(row), subject });
    const { accountId, userId } = agent;
    const payload = { accountId, from: row.title, to: null, userId };
    await deps.jobs.enqueue(tx, "label:replace", payload);
    return success(null);
  });
}
