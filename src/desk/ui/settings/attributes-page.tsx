// Custom attributes: the list, and the form of one.
import { useEffect } from "preact/hooks";
import { NAME_MAX_LENGTH, WIDGET_TEXT_MAX_LENGTH } from "../../../protocol/limits.ts";
import { attributeDisplayTypes, attributeModels } from "../../../protocol/lists.ts";
import type { CustomAttribute } from "../../../protocol/records-administration.ts";
import { createForm } from "../../store/settings/form.ts";
import { useForm, useGo, useSettings } from "./context.ts";
import { DiscardButton, EditorForm } from "./editor-form.tsx";
import { ChoiceField, LinesField, TextField, saidLines } from "./fields.tsx";
import { ItemPages } from "./item-pages.tsx";
import { KeptRows } from "./kept-rows.tsx";
import { Page } from "./page.tsx";
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
        <KeptRows
          label={words.list}
          emptyTitle={words.emptyTitle}
          emptyText={words.emptyText}
          rows={items.map((one) => ({
            key: one.id,
            path: `attributes/${one.id}`,
            title: one.attribute_display_name,
            detail: `${one.attribute_key} · ${words.types[one.attribute_display_type]} · ${words.models[one.attribute_model]}`,
          }))}
        />
      )}
      editor={(one) => <AttributeEditor key={one?.id ?? "new"} attribute={one} />}
    />
  );
}

function AttributeEditor({ attribute }: { attribute: CustomAttribute | null }) {
  const { customAttributes: list } = useSettings();
  const go = useGo();
  const form = useForm(() =>
    createForm({
      initial: valuesOf(attribute),
      fields: Object.keys(valuesOf(null)),
      check: ({ attribute_display_name: name, attribute_key: key }) => [
        ...emptyProblem("attribute_display_name", name),
        ...emptyProblem("attribute_key", key),
      ],
      async save(values) {
        const sent = { ...values, attribute_values: saidLines(values.attribute_values) };
        const result = attribute ? await list.update(attribute.id, sent) : await list.create(sent);
        return result.ok ? { ok: true, data: valuesOf(result.data) } : result;
      },
    }),
  );
  useEffect(() => form.rebase(valuesOf(attribute)), [attribute]);
  const values = form.values.value;
  return (
    <Page title={attribute?.attribute_display_name ?? words.create} back="attributes">
      <EditorForm
        form={form}
        isNew={!attribute}
        {...(attribute ? {} : { submit: texts.create })}
        onSaved={() => go("attributes")}
        more={
          attribute && (
            <DiscardButton
              hint={words.removeText}
              discard={() => {
                list.discard(attribute.id, attribute.attribute_display_name);
                go("attributes", "replace");
              }}
            />
          )
        }
      >
        <TextField
          label={words.displayName}
          problem={form.problemOf("attribute_display_name")}
          value={values.attribute_display_name}
          maxLength={NAME_MAX_LENGTH}
          isRequired
          onChange={(attribute_display_name) => form.set({ attribute_display_name })}
        />
        <TextField
          label={words.key}
          hint={words.keyHint}
          problem={form.problemOf("attribute_key")}
          value={values.attribute_key}
          maxLength={NAME_MAX_LENGTH}
          dir="ltr"
          isRequired
          onChange={(attribute_key) => form.set({ attribute_key })}
        />
        <TextField
          label={texts.description}
          problem={form.problemOf("attribute_description")}
          value={values.attribute_description}
          maxLength={WIDGET_TEXT_MAX_LENGTH}
          onChange={(attribute_description) => form.set({ attribute_description })}
        />
        <ChoiceField
          label={words.model}
          problem={form.problemOf("attribute_model")}
          value={values.attribute_model}
          options={attributeModels.map((value) => ({ value, label: words.models[value] }))}
          onChange={(attribute_model) => form.set({ attribute_model })}
        />
        <ChoiceField
          label={words.type}
          problem={form.problemOf("attribute_display_type")}
          value={values.attribute_display_type}
          options={attributeDisplayTypes.map((value) => ({ value, label: words.types[value] }))}
          onChange={(attribute_display_type) => form.set({ attribute_display_type })}
        />
        {values.attribute_display_type === "list" && (
          <LinesField
            label={words.values}
            hint={words.valuesHint}
            problem={form.problemOf("attribute_values")}
            value={values.attribute_values}
            onChange={(attribute_values) => form.set({ attribute_values })}
          />
        )}
      </EditorForm>
    </Page>
  );
}
