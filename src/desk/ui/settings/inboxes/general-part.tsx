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
        {...form.field("name")}
        maxLength={NAME_MAX_LENGTH}
        isRequired
      />
      <TextField
        label={words.website}
        type="url"
        dir="ltr"
        {...form.field("website_url")}
        maxLength={URL_MAX_LENGTH}
      />
      <CheckField
        label={words.autoAssignment}
        hint={words.autoAssignmentHint}
        {...form.field("enable_auto_assignment")}
      />
      <CheckField label={words.csat} {...form.field("csat_survey_enabled")} />
      <CheckField
        label={words.lock}
        hint={words.lockHint}
        {...form.field("lock_to_single_conversation")}
      />
    </EditorForm>
  );
}
