// Labels: the list, and the form of one.
import { LABEL_MAX_LENGTH, WIDGET_TEXT_MAX_LENGTH } from "../../../protocol/limits.ts";
import type { Label } from "../../../protocol/records-administration.ts";
import { ColorField } from "./color-field.tsx";
import { useSettings } from "./context.ts";
import { DiscardButton } from "./editor-form.tsx";
import { CheckField, TextField } from "./fields.tsx";
import { ItemEditor, useItemForm } from "./item-editor.tsx";
import { ItemPages, ItemRows } from "./item-pages.tsx";
import type { PageProps } from "./settings-area.tsx";
import { emptyProblem, labelTexts as words } from "./texts-lists.ts";
import { texts } from "./texts.ts";

const DEFAULT_COLOR = "#1f93ff";

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
        <ItemRows
          section="labels"
          items={items}
          words={words}
          row={(label) => ({
            picture: <Swatch color={label.color} />,
            title: label.title,
            detail: label.description,
          })}
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
  const form = useItemForm({
    item: label,
    list: labels,
    valuesOf,
    check: ({ title }) => emptyProblem("title", title),
    sentOf: (values) => values,
  });
  return (
    <ItemEditor
      section="labels"
      form={form}
      title={label?.title}
      create={words.create}
      more={
        label && (
          <DiscardButton
            section="labels"
            hint={words.removeText}
            discard={() => labels.discard(label.id, label.title)}
          />
        )
      }
    >
      <TextField
        label={texts.name}
        hint={words.titleHint}
        {...form.field("title")}
        maxLength={LABEL_MAX_LENGTH}
        isRequired
      />
      <TextField
        label={texts.description}
        {...form.field("description")}
        maxLength={WIDGET_TEXT_MAX_LENGTH}
      />
      <ColorField label={texts.color} {...form.field("color")} />
      <CheckField label={words.sidebar} {...form.field("show_on_sidebar")} />
    </ItemEditor>
  );
}
