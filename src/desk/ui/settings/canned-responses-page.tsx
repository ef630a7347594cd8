// Canned responses: the list, and the form of one.
import { useEffect } from "preact/hooks";
import { MESSAGE_CONTENT_MAX_LENGTH, NAME_MAX_LENGTH } from "../../../protocol/limits.ts";
import type { CannedResponse } from "../../../protocol/records-administration.ts";
import { createForm } from "../../store/settings/form.ts";
import { useForm, useGo, useSettings } from "./context.ts";
import { DiscardButton, EditorForm } from "./editor-form.tsx";
import { TextField } from "./fields.tsx";
import { ItemPages } from "./item-pages.tsx";
import { KeptRows } from "./kept-rows.tsx";
import { Page } from "./page.tsx";
import type { PageProps } from "./settings-area.tsx";
import { cannedTexts as words, emptyProblem } from "./texts-lists.ts";
import { texts } from "./texts.ts";

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
        <KeptRows
          label={words.list}
          emptyTitle={words.emptyTitle}
          emptyText={words.emptyText}
          rows={items.map(({ id, short_code, content }) => ({
            key: id,
            path: `canned-responses/${id}`,
            title: `/${short_code}`,
            detail: content,
          }))}
        />
      )}
      editor={(response) => <ResponseEditor key={response?.id ?? "new"} response={response} />}
    />
  );
}

function ResponseEditor({ response }: { response: CannedResponse | null }) {
  const { cannedResponses: list } = useSettings();
  const go = useGo();
  const form = useForm(() =>
    createForm({
      initial: valuesOf(response),
      fields: ["short_code", "content"],
      check: ({ short_code, content }) => [
        ...emptyProblem("short_code", short_code),
        ...emptyProblem("content", content),
      ],
      async save(values) {
        const result = response
          ? await list.update(response.id, values)
          : await list.create(values);
        return result.ok ? { ok: true, data: valuesOf(result.data) } : result;
      },
    }),
  );
  useEffect(() => form.rebase(valuesOf(response)), [response]);
  const { short_code, content } = form.values.value;
  return (
    <Page title={response ? `/${response.short_code}` : words.create} back="canned-responses">
      <EditorForm
        form={form}
        isNew={!response}
        {...(response ? {} : { submit: texts.create })}
        onSaved={() => go("canned-responses")}
        more={
          response && (
            <DiscardButton
              hint={words.removeText}
              discard={() => {
                list.discard(response.id, response.short_code);
                go("canned-responses", "replace");
              }}
            />
          )
        }
      >
        <TextField
          label={words.code}
          hint={words.codeHint}
          problem={form.problemOf("short_code")}
          value={short_code}
          maxLength={NAME_MAX_LENGTH}
          isRequired
          onChange={(short_code) => form.set({ short_code })}
        />
        <TextField
          label={words.content}
          problem={form.problemOf("content")}
          value={content}
          rows={6}
          maxLength={MESSAGE_CONTENT_MAX_LENGTH}
          isRequired
          onChange={(content) => form.set({ content })}
        />
      </EditorForm>
    </Page>
  );
}
