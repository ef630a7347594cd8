// The custom attributes that an account has defined, as filters may ask about them.
import { and, eq, sql } from "drizzle-orm";
import type { AttributeModel } from "../../protocol/lists.ts";
import type { Database } from "../database/connection.ts";
import { custom_attribute_definitions as definitions } from "../database/custom-attribute-tables.ts";
import { prepared } from "../database/prepared.ts";
import type { FilterAttribute, Operand } from "./attributes.ts";
import { customAttribute } from "./custom-attributes.ts";

/** By their keys. `column` holds the values, as `jsonb`. */
export async function definedAttributes(
  db: Database,
  accountId: number,
  model: AttributeModel,
  column: Operand,
): Promise<ReadonlyMap<string, FilterAttribute>> {
  const query = prepared(db, "defined_attributes", (name) =>
    db
      .select({ key: definitions.attribute_key, kind: definitions.attribute_display_type })
      .from(definitions)
      .where(
        and(
          eq(definitions.account_id, sql.placeholder("accountId")),
          eq(definitions.attribute_model, sql.placeholder("model")),
        ),
      )
      .prepare(name),
  );
  const rows = await query.execute({ accountId, model });
  return new Map(rows.map(({ key, kind }) => [key, customAttribute(column, key, kind)]));
}
