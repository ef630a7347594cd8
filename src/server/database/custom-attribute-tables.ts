// The table of custom attributes' definitions: which keys an account uses, and of what kind they are.
import { pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { attributeDisplayTypes, attributeModels } from "../../protocol/lists.ts";
import { createdAt, id, oneOf, reference } from "./columns.ts";
import { accounts } from "./account-tables.ts";

export const custom_attribute_definitions = pgTable(
  "custom_attribute_definitions",
  {
    id: id(),
    account_id: reference()
      .notNull()
      .references(() => accounts.id, { onDelete: "cascade" }),
    attribute_model: text({ enum: attributeModels }).notNull(),
    attribute_key: text().notNull(),
    attribute_display_name: text().notNull(),
    attribute_display_type: text({ enum: attributeDisplayTypes }).notNull().default("text"),
    attribute_description: text().notNull().default(""),
    /** What a list offers. */
    attribute_values: text().array().notNull().default([]),
    created_at: createdAt(),
  },
  (t) => [
    uniqueIndex("custom_attribute_definitions_key").on(
      t.account_id,
      t.attribute_model,
      t.attribute_key,
    ),
    oneOf("custom_attribute_definitions_model", t.attribute_model, attributeModels),
    oneOf("custom_attribute_definitions_type", t.attribute_display_type, attributeDisplayTypes),
  ],
);
