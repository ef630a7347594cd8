// Canned responses: the list, and the form of one.
import { MESSAGE_CONTENT_MAX_LENGTH, NAME_MAX_LENGTH } from "../../../protocol/limits.ts";
import type { CannedResponse } from "../../../protocol/records-administration.ts";
import { useSettings } from "./context.ts";
import { DiscardButton } from "./editor-form.tsx";
import { TextField } from "./fields.tsx";
import { ItemEditor, useItemForm } from "./item-editor.tsx";
import { ItemPages, ItemRows } from "./item-pages.tsx";
import type { PageProps } from "./settings-area.tsx";
import { cannedTexts as words, emptyProblem } from "./texts-lists.ts";

const valuesOf = (response: CannedResponse | null) => ({
  short_code: response?.short_code ?? "",
  content: response?.content ?? "",
});

export function CannedResponsesPage({ path }: PageProps) {
  const { cannedResponses } = useSettings();
  return (
    <ItemPages
      section="canned-responses"
      path={path}
      list={cannedResponses}
      create={words.create}
      rows={(items) => (
        <ItemRows
          section="canned-responses"
          items={items}
          words={words}
          row={({ short_code, content }) => ({
            title: `/${short_code}`,
            detail: content,
          })}
        />
      )}
      editor={(response) => <ResponseEditor key={response?.id ?? "new"} response={response} />}
    />
  );
}

function ResponseEditor({ response }: { response: CannedResponse | null }) {
  const { cannedResponses: list } = useSettings();
  const form = useItemForm({
    item: response,
    list,
    valuesOf,
    check: ({ short_code, content }) => [
      ...emptyProblem("short_code", short_code),
      ...emptyProblem("content", content),
    ],
    sentOf: (values) => values,
  });
  return (
    <ItemEditor
      section="canned-responses"
      form={form}
      title={response ? `/${response.short_code}` : undefined}
      create={words.create}
      more={
        response && (
          <DiscardButton
            section="canned-responses"
            hint={words.removeText}
            discard={() => list.discard(response.id, response.short_code)}
          />
        )
      }
    >
      <TextField
        label={words.code}
        hint={words.codeHint}
        {...form.field("short_code")}
        maxLength={NAME_MAX_LENGTH}
        isRequired
      />
      <TextField
        label={words.content}
        {...form.field("content")}
        rows={6}
        maxLength={MESSAGE_CONTENT_MAX_LENGTH}
        isRequired
      />
    </ItemEditor>
  );
}
