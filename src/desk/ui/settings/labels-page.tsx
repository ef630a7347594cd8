// Labels: the list, and the form of one.
import { useEffect } from "preact/hooks";
import { LABEL_MAX_LENGTH, WIDGET_TEXT_MAX_LENGTH } from "../../../protocol/limits.ts";
import type { Label } from "../../../protocol/records-administration.ts";
import { createForm } from "../../store/settings/form.ts";
import { ColorField } from "./color-field.tsx";
import { useForm, useGo, useSettings } from "./context.ts";
import { DiscardButton, EditorForm } from "./editor-form.tsx";
import { CheckField, TextField } from "./fields.tsx";
import { ItemPages } from "./item-pages.tsx";
import { KeptRows } from "./kept-rows.tsx";
import { Page } from "./page.tsx";
import type { PageProps } from "./settings-area.tsx";
import { emptyProblem, labelTexts as words } from "./texts-lists.ts";
import { texts } from "./texts.ts";

const DEFAULT_COLOR = "#1f93ff";
const fields = ["title", "description", "color", "show_on_sidebar"] as const;

const valuesOf = (label: Label | null) => ({
  title: label?.title ?? "",
  description: label?.description ?? "",
  color: label?.color ?? DEFAULT_COLOR,
  show_on_sidebar: label?.show_on_sidebar ?? true,
});

export function LabelsPage({ path }: PageProps) {
  const { labels } = useSettings();
  return (
    <ItemPages
      section="labels"
      path={path}
      list={labels}
      create={words.create}
      rows={(items) => (
        <KeptRows
          label={words.list}
          emptyTitle={words.emptyTitle}
          emptyText={words.emptyText}
          rows={items.map((label) => ({
            key: label.id,
            path: `labels/${label.id}`,
            picture: <Swatch color={label.color} />,
            title: label.title,
            detail: label.description,
          }))}
        />
      )}
      editor={(label) => <LabelEditor key={label?.id ?? "new"} label={label} />}
    />
  );
}

/** A dot in the label's colour; SVG, since styles written into the page are not allowed. */
function Swatch({ color }: { color: string }) {
  return (
    <svg class="swatch" viewBox="0 0 12 12" aria-hidden="true">
      <circle cx="6" cy="6" r="6" fill={color} />
    </svg>
  );
}

function LabelEditor({ label }: { label: Label | null }) {
  const { labels } = useSettings();
  const go = useGo();
  const form = useForm(() =>
    createForm({
      initial: valuesOf(label),
      fields,
      check: ({ title }) => emptyProblem("title", title),
      async save(values) {
        const result = label ? await labels.update(label.id, values) : await labels.create(values);
        return result.ok ? { ok: true, data: valuesOf(result.data) } : result;
      },
    }),
  );
  useEffect(() => form.rebase(valuesOf(label)), [label]);
  const { title, description, color, show_on_sidebar } = form.values.value;
  return (
    <Page title={label?.title ?? words.create} back="labels">
      <EditorForm
        form={form}
        isNew={!label}
        {...(label ? {} : { submit: texts.create })}
        onSaved={() => go("labels")}
        more={
          label && (
            <DiscardButton
              hint={words.removeText}
              discard={() => {
                labels.discard(label.id, label.title);
                go("labels", "replace");
              }}
            />
          )
        }
      >
        <TextField
          label={texts.name}
          hint={words.titleHint}
          problem={form.problemOf("title")}
          value={title}
          maxLength={LABEL_MAX_LENGTH}
          isRequired
          onChange={(title) => form.set({ title })}
        />
        <TextField
          label={texts.description}
          problem={form.problemOf("description")}
          value={description}
          maxLength={WIDGET_TEXT_MAX_LENGTH}
          onChange={(description) => form.set({ description })}
        />
        <ColorField
          label={texts.color}
          problem={form.problemOf("color")}
          value={color}
          onChange={(color) => form.set({ color })}
        />
        <CheckField
          label={words.sidebar}
          value={show_on_sidebar}
          onChange={(show_on_sidebar) => form.set({ show_on_sidebar })}
        />
      </EditorForm>
    </Page>
  );
}
