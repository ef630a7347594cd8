// Custom attributes' definitions: which keys an account uses, and of what kind (seed 003, rows 37–40).
import { and, asc, eq } from "drizzle-orm";
import type { AttributeModel } from "../../protocol/lists.ts";
import type { CustomAttribute } from "../../protocol/records-administration.ts";
import type {
  CreateCustomAttribute,
  UpdateCustomAttribute,
} from "../../protocol/requests-custom-attributes.ts";
import { failure, success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import type { AgentIdentity } from "../agents/agents.ts";
import { administer, changesBetween } from "../audit/administer.ts";
import { refuseOverfull } from "../audit/room-left.ts";
import { custom_attribute_definitions as definitions } from "../database/custom-attribute-tables.ts";
import type { RoomDeps } from "../room.ts";

type Deps = Pick<RoomDeps, "db" | "events">;
type Row = typeof definitions.$inferSelect;

const notFound = () => failure("not_found", "Resource could not be found");
const keyTaken = { index: "custom_attribute_definitions_key", field: "attribute_key" };
const type = "CustomAttributeDefinition";
const subject = "custom_attribute" as const;

function record({ created_at: _created, ...row }: Row): CustomAttribute {
  return { ...row, attribute_values: JSON.stringify(row.attribute_values), default_value: "" };
}

const ofAccount = ({ accountId }: AgentIdentity, id: number) =>
  and(eq(definitions.account_id, accountId), eq(definitions.id, id));

/** In the order in which they were made. */
export async function listCustomAttributes(
  { db }: Deps,
  { accountId }: AgentIdentity,
  model?: AttributeModel,
): Promise<CustomAttribute[]> {
  const rows = await db
    .select()
    .from(definitions)
    .where(
      and(
        eq(definitions.account_id, accountId),
        model === undefined ? undefined : eq(definitions.attribute_model, model),
      ),
    )
    .orderBy(asc(definitions.id));
  return rows.map(record);
}

/** Errors: `not_found`. */
export async function getCustomAttribute(
  { db }: Deps,
  agent: AgentIdentity,
  id: number,
): Promise<Result<CustomAttribute>> {
  const [row] = await db.select().from(definitions).where(ofAccount(agent, id));
  return row ? success(record(row)) : notFound();
}

/** Errors: `invalid` (the key is taken). */
export async function createCustomAttribute(
  deps: Deps,
  agent: AgentIdentity,
  input: CreateCustomAttribute,
): Promise<Result<CustomAttribute>> {
  const work: Parameters<typeof administer<CustomAttribute>>[2] = async (tx, { note }) => {
    const room = await refuseOverfull(tx, definitions, agent.accountId, "custom attributes");
    if (!room.ok) return room;
    const values = {
      ...input,
      attribute_description: input.attribute_description ?? "",
      attribute_values: input.attribute_values ?? [],
    };
    const [row] = await tx
      .insert(definitions)
      .values({ ...values, account_id: agent.accountId })
      .returning();
    if (!row) throw new Error("INSERT answered no definition");
    note({ action: "create", type, id: row.id, changes: values, subject });
    return success(record(row));
  };
  return await administer(deps, agent, work, keyTaken);
}

/** What has the attribute keeps its value. Errors: `not_found`, `invalid` (the key is taken). */
export async function updateCustomAttribute(
  deps: Deps,
  agent: AgentIdentity,
  id: number,
  input: UpdateCustomAttribute,
): Promise<Result<CustomAttribute>> {
  const work: Parameters<typeof administer<CustomAttribute>>[2] = async (tx, { note }) => {
    const where = ofAccount(agent, id);
    const [before] = await tx.select().from(definitions).where(where).for("update");
    if (!before) return notFound();
    const [row] = await tx
      .update(definitions)
      .set({
        attribute_display_name: input.attribute_display_name ?? before.attribute_display_name,
        attribute_display_type: input.attribute_display_type ?? before.attribute_display_type,
        attribute_description: input.attribute_description ?? before.attribute_description,
        attribute_key: input.attribute_key ?? before.attribute_key,
        attribute_values: input.attribute_values ?? before.attribute_values,
        attribute_model: input.attribute_model ?? before.attribute_model,
      })
      .where(where)
      .returning();
    if (!row) throw new Error("a locked definition has vanished");
    const changes = changesBetween(before, row);
    if (Object.keys(changes).length > 0) note({ action: "update", type, id, changes, subject });
    return success(record(row));
  };
  return await administer(deps, agent, work, keyTaken);
}

/** Values that were set stay where they are. Errors: `not_found`. */
export async function deleteCustomAttribute(
  deps: Deps,
  agent: AgentIdentity,
  id: number,
): Promise<Result<null>> {
  return await administer(deps, agent, async (tx, { note }) => {
    const [row] = await tx.delete(definitions).where(ofAccount(agent, id)).returning();
    if (!row) return notFound();
    note({ action: "destroy", type, id, changes: record(row), subject });
    return success(null);
  });
}
