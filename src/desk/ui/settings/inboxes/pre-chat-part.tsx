// What visitors are asked before their first message: which fields in which order, and their consent.
import { useEffect } from "preact/hooks";
import {
  NAME_MAX_LENGTH,
  URL_MAX_LENGTH,
  WIDGET_TEXT_MAX_LENGTH,
} from "../../../../protocol/limits.ts";
import { preChatStandardFields } from "../../../../protocol/lists.ts";
import type { CustomAttribute, InboxDetails } from "../../../../protocol/records-administration.ts";
import { createForm } from "../../../store/settings/form.ts";
import { useForm, useSettings } from "../context.ts";
import { EditorForm } from "../editor-form.tsx";
import { CheckField, TextField } from "../fields.tsx";
import { Kept } from "../page.tsx";
import type { PartProps } from "./inboxes-page.tsx";
import { problemText } from "../texts.ts";
import { preChatTexts as words } from "./texts-forms.ts";

type Options = InboxDetails["pre_chat_form_options"];
type Asked = Options["pre_chat_fields"][number];

/** Every field that may be asked: those that are chosen in their order, then the others. */
function allFields(chosen: readonly Asked[], attributes: readonly CustomAttribute[]): Asked[] {
  const blank = (field_type: Asked["field_type"], name: string): Asked => ({
    field_type,
    name,
    label: "",
    placeholder: "",
    enabled: false,
    required: false,
  });
  const standard = preChatStandardFields.map((name) => blank("standard", name));
  const own = attributes.map((one) => blank(one.attribute_model, one.attribute_key));
  const known = new Set(chosen.map(({ name }) => name));
  return [...chosen, ...[...standard, ...own].filter(({ name }) => !known.has(name))];
}

/** What is neither asked nor worded is not worth keeping. */
const worthKeeping = ({ enabled, required, label, placeholder }: Asked) =>
  enabled || required || label !== "" || placeholder !== "";

export function PreChatPart({ inbox }: PartProps) {
  const { customAttributes } = useSettings();
  return (
    <Kept list={customAttributes}>
      <PreChatForm inbox={inbox} attributes={customAttributes.items.value} />
    </Kept>
  );
}

function PreChatForm({
  inbox,
  attributes,
}: PartProps & { attributes: readonly CustomAttribute[] }) {
  const { inboxes } = useSettings();
  const valuesOf = ({ pre_chat_form_enabled, pre_chat_form_options: kept }: InboxDetails) => ({
    pre_chat_form_enabled,
    pre_chat_form_options: {
      ...kept,
      pre_chat_fields: allFields(kept.pre_chat_fields, attributes),
    },
  });
  const form = useForm(() =>
    createForm({
      initial: valuesOf(inbox),
      fields: ["pre_chat_form_options"],
      async save({ pre_chat_form_enabled, pre_chat_form_options: said }) {
        const pre_chat_fields = said.pre_chat_fields.filter(worthKeeping);
        const result = await inboxes.update(inbox.id, {
          pre_chat_form_enabled,
          pre_chat_form_options: { ...said, pre_chat_fields },
        });
        return result.ok ? { ok: true, data: valuesOf(result.data) } : result;
      },
    }),
  );
  useEffect(() => form.rebase(valuesOf(inbox)), [inbox, attributes]);
  const { pre_chat_form_enabled: isOn, pre_chat_form_options: options } = form.values.value;
  const set = (patch: Partial<Options>) =>
    form.set({ pre_chat_form_options: { ...options, ...patch } });
  const problemOf = (field: string) => form.problemOf(`pre_chat_form_options.${field}`);
  return (
    <EditorForm form={form}>
      <CheckField
        label={words.enabled}
        hint={words.enabledHint}
        value={isOn}
        onChange={(pre_chat_form_enabled) => form.set({ pre_chat_form_enabled })}
      />
      {isOn && (
        <>
          <TextField
            label={words.message}
            problem={problemOf("pre_chat_message")}
            value={options.pre_chat_message}
            rows={2}
            maxLength={WIDGET_TEXT_MAX_LENGTH}
            onChange={(pre_chat_message) => set({ pre_chat_message })}
          />
          <AskedFields
            fields={options.pre_chat_fields}
            attributes={attributes}
            problem={problemOf("pre_chat_fields")}
            onChange={(pre_chat_fields) => set({ pre_chat_fields })}
          />
          <fieldset class="form-group">
            <legend>{words.consent}</legend>
            <TextField
              label={words.consentText}
              hint={words.consentHint}
              problem={problemOf("consent.text")}
              value={options.consent.text}
              rows={2}
              maxLength={WIDGET_TEXT_MAX_LENGTH}
              onChange={(text) => set({ consent: { ...options.consent, text } })}
            />
            <TextField
              label={words.privacyUrl}
              problem={problemOf("consent.privacy_url")}
              type="url"
              dir="ltr"
              value={options.consent.privacy_url}
              maxLength={URL_MAX_LENGTH}
              onChange={(privacy_url) => set({ consent: { ...options.consent, privacy_url } })}
            />
            <CheckField
              label={words.consentRequired}
              value={options.consent.required}
              onChange={(required) => set({ consent: { ...options.consent, required } })}
            />
          </fieldset>
        </>
      )}
    </EditorForm>
  );
}

interface AskedProps {
  fields: readonly Asked[];
  attributes: readonly CustomAttribute[];
  problem: string | undefined;
  onChange: (fields: Asked[]) => void;
}

function AskedFields({ fields, attributes, problem, onChange }: AskedProps) {
  const nameOf = ({ name, field_type }: Asked) =>
    field_type === "standard"
      ? (words.standard[name] ?? name)
      : (attributes.find((one) => one.attribute_key === name)?.attribute_display_name ?? name);
  const change = (at: number, patch: Partial<Asked>) =>
    onChange(fields.map((one, index) => (index === at ? { ...one, ...patch } : one)));
  function move(from: number, to: number): void {
    const moved = fields.filter((_, index) => index !== from);
    const field = fields[from];
    if (field) onChange(moved.toSpliced(to, 0, field));
  }
  return (
    <fieldset class="form-group">
      <legend>{words.fields}</legend>
      {problem && <p class="field-problem">{problemText(problem)}</p>}
      {fields.map((field, index) => (
        <fieldset key={field.name} class="asked-field" aria-label={nameOf(field)}>
          <CheckField
            label={nameOf(field)}
            value={field.enabled}
            onChange={(enabled) => change(index, { enabled })}
          />
          <div class="asked-order">
            <button
              type="button"
              class="button"
              aria-disabled={index === 0}
              onClick={() => index > 0 && move(index, index - 1)}
            >
              {words.up}
              <span class="visually-hidden">: {nameOf(field)}</span>
            </button>
            <button
              type="button"
              class="button"
              aria-disabled={index === fields.length - 1}
              onClick={() => index < fields.length - 1 && move(index, index + 1)}
            >
              {words.down}
              <span class="visually-hidden">: {nameOf(field)}</span>
            </button>
          </div>
          {field.enabled && (
            <>
              <CheckField
                label={words.required}
                value={field.required}
                onChange={(required) => change(index, { required })}
              />
              <TextField
                label={words.label}
                value={field.label}
                maxLength={NAME_MAX_LENGTH}
                placeholder={nameOf(field)}
                onChange={(label) => change(index, { label })}
              />
              <TextField
                label={words.placeholder}
                value={field.placeholder}
                maxLength={NAME_MAX_LENGTH}
                onChange={(placeholder) => change(index, { placeholder })}
              />
            </>
          )}
        </fieldset>
      ))}
    </fieldset>
  );
}
