// Custom attributes: the list, and the form of one.
import { NAME_MAX_LENGTH, WIDGET_TEXT_MAX_LENGTH } from "../../../protocol/limits.ts";
import { attributeDisplayTypes, attributeModels } from "../../../protocol/lists.ts";
import type { CustomAttribute } from "../../../protocol/records-administration.ts";
import { useSettings } from "./context.ts";
import { DiscardButton } from "./editor-form.tsx";
import { ChoiceField, LinesField, TextField, saidLines } from "./fields.tsx";
import { ItemEditor, useItemForm } from "./item-editor.tsx";
import { ItemPages, ItemRows } from "./item-pages.tsx";
import type { PageProps } from "./settings-area.tsx";
import { attributeTexts as words, emptyProblem } from "./texts-lists.ts";
import { texts } from "./texts.ts";

/** The record prints its list as JSON text. */
function listOf(printed: string | undefined): string[] {
  try {
    const values = JSON.parse(printed || "[]") as unknown;
    return Array.isArray(values) ? values.map(String) : [];
  } catch {
    return [];
  }
}

const valuesOf = (one: CustomAttribute | null) => ({
  attribute_display_name: one?.attribute_display_name ?? "",
  attribute_key: one?.attribute_key ?? "",
  attribute_description: one?.attribute_description ?? "",
  attribute_model: one?.attribute_model ?? ("contact_attribute" as const),
  attribute_display_type: one?.attribute_display_type ?? ("text" as const),
  attribute_values: listOf(one?.attribute_values),
});

export function AttributesPage({ path }: PageProps) {
  const { customAttributes } = useSettings();
  return (
    <ItemPages
      section="attributes"
      path={path}
      list={customAttributes}
      create={words.create}
      rows={(items) => (
        <ItemRows
          section="attributes"
          items={items}
          words={words}
          row={(one) => ({
            title: one.attribute_display_name,
            detail: `${one.attribute_key} · ${words.types[one.attribute_display_type]} · ${words.models[one.attribute_model]}`,
          })}
        />
      )}
      editor={(one) => <AttributeEditor key={one?.id ?? "new"} attribute={one} />}
    />
  );
}

function AttributeEditor({ attribute }: { attribute: CustomAttribute | null }) {
  const { customAttributes: list } = useSettings();
  const form = useItemForm({
    item: attribute,
    list,
    valuesOf,
    check: ({ attribute_display_name: name, attribute_key: key }) => [
      ...emptyProblem("attribute_display_name", name),
      ...emptyProblem("attribute_key", key),
    ],
    sentOf: ({ attribute_values: lines, ...values }) => ({
      ...values,
      attribute_values: saidLines(lines),
    }),
  });
  const values = form.values.value;
  return (
    <ItemEditor
      section="attributes"
      form={form}
      title={attribute?.attribute_display_name}
      create={words.create}
      more={
        attribute && (
          <DiscardButton
            section="attributes"
            hint={words.removeText}
            discard={() => list.discard(attribute.id, attribute.attribute_display_name)}
          />
        )
      }
    >
      <TextField
        label={words.displayName}
        {...form.field("attribute_display_name")}
        maxLength={NAME_MAX_LENGTH}
        isRequired
      />
      <TextField
        label={words.key}
        hint={words.keyHint}
        {...form.field("attribute_key")}
        maxLength={NAME_MAX_LENGTH}
        dir="ltr"
        isRequired
      />
      <TextField
        label={texts.description}
        {...form.field("attribute_description")}
        maxLength={WIDGET_TEXT_MAX_LENGTH}
      />
      <ChoiceField
        label={words.model}
        {...form.field("attribute_model")}
        options={attributeModels.map((value) => ({ value, label: words.models[value] }))}
      />
      <ChoiceField
        label={words.type}
        {...form.field("attribute_display_type")}
        options={attributeDisplayTypes.map((value) => ({ value, label: words.types[value] }))}
      />
      {values.attribute_display_type === "list" && (
        <LinesField
          label={words.values}
          hint={words.valuesHint}
          {...form.field("attribute_values")}
        />
      )}
    </ItemEditor>
  );
}
