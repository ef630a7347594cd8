// The form before a chat: what it asks, with the kinds that custom attributes' definitions give it.
import { and, eq, inArray } from "drizzle-orm";
import type { AttributeModel, PreChatFieldType } from "../../protocol/lists.ts";
import type { PreChatField, PreChatForm } from "../../protocol/records-pre-chat.ts";
import type { UpdateInbox } from "../../protocol/requests-inboxes.ts";
import { failure } from "../../protocol/result.ts";
import { custom_attribute_definitions as definitions } from "../database/custom-attribute-tables.ts";
import type { Database, Transaction } from "../database/connection.ts";
import type { RoomDeps } from "../room.ts";
import type { InboxRow } from "./inboxes.ts";

type Reader = Database | Transaction;
type Definition = typeof definitions.$inferSelect;

const standardTypes = { fullName: "text", emailAddress: "email", phoneNumber: "phone" } as const;
const isStandard = (name: string): name is keyof typeof standardTypes => name in standardTypes;

interface Named {
  field_type: PreChatFieldType;
  name: string;
}

/** Those of the account that the fields name. */
async function definitionsOf(
  db: Reader,
  accountId: number,
  fields: Named[],
): Promise<(field: Named) => Definition | undefined> {
  const names = fields.filter((one) => one.field_type !== "standard").map(({ name }) => name);
  const rows =
    names.length === 0
      ? []
      : await db
          .select()
          .from(definitions)
          .where(
            and(eq(definitions.account_id, accountId), inArray(definitions.attribute_key, names)),
          );
  return ({ field_type, name }) =>
    rows.find(
      (row) =>
        row.attribute_key === name &&
        (row.attribute_model satisfies AttributeModel) === (field_type as string),
    );
}

/** Why a form cannot be stored: a field of it is no attribute of the account. */
export async function findUndefinedField(
  tx: Transaction,
  accountId: number,
  { pre_chat_form_options }: Pick<UpdateInbox, "pre_chat_form_options">,
) {
  const fields = pre_chat_form_options?.pre_chat_fields ?? [];
  const definitionOf = await definitionsOf(tx, accountId, fields);
  const index = fields.findIndex((one) => one.field_type !== "standard" && !definitionOf(one));
  if (index === -1) return undefined;
  const field = `pre_chat_form_options.pre_chat_fields.${index}.name`;
  return failure("invalid", "is no custom attribute", { field });
}

/** What to ask a visitor; a field whose definition is gone is left out. Null: nothing. */
export async function publicPreChatForm(
  { db }: Pick<RoomDeps, "db"> | { db: Transaction },
  inbox: InboxRow,
): Promise<PreChatForm | null> {
  if (!inbox.pre_chat_form_enabled) return null;
  const { pre_chat_message, pre_chat_fields, consent } = inbox.pre_chat_form_options;
  const enabled = pre_chat_fields.filter((field) => field.enabled);
  const definitionOf = await definitionsOf(db, inbox.account_id, enabled);
  const fields = enabled.flatMap((field): PreChatField[] => {
    const { name, field_type, label, placeholder, required } = field;
    const common = { name, field_type, placeholder, required };
    if (isStandard(name) && field_type === "standard") {
      return [{ ...common, label, type: standardTypes[name], values: [] }];
    }
    const definition = definitionOf(field);
    if (!definition) return [];
    const { attribute_display_type: type, attribute_values: values } = definition;
    return [{ ...common, label: label || definition.attribute_display_name, type, values }];
  });
  if (fields.length === 0 && consent.text === "") return null;
  return { message: pre_chat_message, fields, consent: consent.text === "" ? null : consent };
}
