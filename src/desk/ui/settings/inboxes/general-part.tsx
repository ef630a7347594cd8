// The inbox itself: its name, its website, its end.
import { useEffect } from "preact/hooks";
import { NAME_MAX_LENGTH, URL_MAX_LENGTH } from "../../../../protocol/limits.ts";
import type { InboxDetails } from "../../../../protocol/records-administration.ts";
import { createForm } from "../../../store/settings/form.ts";
import { useForm, useGo, useSettings } from "../context.ts";
import { EditorForm, RemoveButton } from "../editor-form.tsx";
import { CheckField, TextField } from "../fields.tsx";
import { emptyProblem } from "../texts-lists.ts";
import { texts } from "../texts.ts";
import type { PartProps } from "./inboxes-page.tsx";
import { inboxTexts as words } from "./texts.ts";

const valuesOf = (inbox: InboxDetails) => {
  const { name, website_url, enable_auto_assignment } = inbox;
  const { csat_survey_enabled, lock_to_single_conversation } = inbox;
  return {
    name,
    website_url,
    enable_auto_assignment,
    csat_survey_enabled,
    lock_to_single_conversation,
  };
};

export function GeneralPart({ inbox }: PartProps) {
  const { inboxes } = useSettings();
  const go = useGo();
  const form = useForm(() =>
    createForm({
      initial: valuesOf(inbox),
      fields: ["name", "website_url"],
      check: ({ name }) => emptyProblem("name", name),
      async save(values) {
        const result = await inboxes.update(inbox.id, values);
        return result.ok ? { ok: true, data: valuesOf(result.data) } : result;
      },
    }),
  );
  useEffect(() => form.rebase(valuesOf(inbox)), [inbox]);
  const { name, website_url, enable_auto_assignment } = form.values.value;
  const { csat_survey_enabled, lock_to_single_conversation } = form.values.value;
  return (
    <EditorForm
      form={form}
      more={
        <RemoveButton
          label={words.remove}
          title={words.removeTitle(inbox.name)}
          text={words.removeText}
          typed={inbox.name}
          remove={() => inboxes.remove(inbox.id)}
          onRemoved={() => go("inboxes", "replace")}
        />
      }
    >
      <TextField
        label={texts.name}
        hint={words.nameHint}
        problem={form.problemOf("name")}
        value={name}
        maxLength={NAME_MAX_LENGTH}
        isRequired
        onChange={(name) => form.set({ name })}
      />
      <TextField
        label={words.website}
        type="url"
        dir="ltr"
        problem={form.problemOf("website_url")}
        value={website_url}
        maxLength={URL_MAX_LENGTH}
        onChange={(website_url) => form.set({ website_url })}
      />
      <CheckField
        label={words.autoAssignment}
        hint={words.autoAssignmentHint}
        value={enable_auto_assignment}
        onChange={(enable_auto_assignment) => form.set({ enable_auto_assignment })}
      />
      <CheckField
        label={words.csat}
        value={csat_survey_enabled}
        onChange={(csat_survey_enabled) => form.set({ csat_survey_enabled })}
      />
      <CheckField
        label={words.lock}
        hint={words.lockHint}
        value={lock_to_single_conversation}
        onChange={(lock_to_single_conversation) => form.set({ lock_to_single_conversation })}
      />
    </EditorForm>
  );
}
