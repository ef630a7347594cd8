// Inboxes: the list, a new one, and the parts of each.
import { useRef } from "preact/hooks";
import { NAME_MAX_LENGTH, URL_MAX_LENGTH } from "../../../../protocol/limits.ts";
import type { InboxDetails } from "../../../../protocol/records-administration.ts";
import { createForm } from "../../../store/settings/form.ts";
import { useForm, useGo, useSettings } from "../context.ts";
import { EditorForm } from "../editor-form.tsx";
import { TextField } from "../fields.tsx";
import { ItemPages, ItemRows } from "../item-pages.tsx";
import { Missing } from "../missing.tsx";
import { Page } from "../page.tsx";
import type { PageProps } from "../settings-area.tsx";
import { Tabs } from "../tabs.tsx";
import { emptyProblem } from "../texts-lists.ts";
import { texts } from "../texts.ts";
import { AppearancePart } from "./appearance-part.tsx";
import { BehaviourPart } from "./behaviour-part.tsx";
import { GeneralPart } from "./general-part.tsx";
import { HoursPart } from "./hours-part.tsx";
import { InstallPart } from "./install-part.tsx";
import { MembersPart } from "./members-part.tsx";
import { PreChatPart } from "./pre-chat-part.tsx";
import { SecurityPart } from "./security-part.tsx";
import { WordsPart } from "./words-part.tsx";
import { inboxTexts as words } from "./texts.ts";

export interface PartProps {
  inbox: InboxDetails;
}

const parts = {
  "": { label: words.parts.install, Part: InstallPart },
  appearance: { label: words.parts.appearance, Part: AppearancePart },
  texts: { label: words.parts.texts, Part: WordsPart },
  behaviour: { label: words.parts.behaviour, Part: BehaviourPart },
  hours: { label: words.parts.hours, Part: HoursPart },
  "pre-chat": { label: words.parts.preChat, Part: PreChatPart },
  security: { label: words.parts.security, Part: SecurityPart },
  agents: { label: words.parts.agents, Part: MembersPart },
  general: { label: words.parts.general, Part: GeneralPart },
} as const;

const tabs = Object.entries(parts).map(([path, { label }]) => ({ path, label }));

export function InboxesPage({ path }: PageProps) {
  const { inboxes } = useSettings();
  return (
    <ItemPages
      section="inboxes"
      path={path}
      list={inboxes}
      create={words.create}
      rows={(items) => (
        <ItemRows
          section="inboxes"
          items={items}
          words={words}
          row={({ name, website_url }) => ({
            title: name,
            detail: website_url,
          })}
        />
      )}
      editor={(inbox, [part = ""]) =>
        inbox ? <InboxPages inbox={inbox} part={part} /> : <NewInbox />
      }
    />
  );
}

function InboxPages({ inbox, part }: PartProps & { part: string }) {
  const found = Object.entries(parts).find(([path]) => path === part)?.[1];
  const base = `inboxes/${inbox.id}`;
  if (!found) return <Missing back={base} />;
  return (
    <Page
      title={inbox.name}
      back="inboxes"
      tabs={<Tabs label={words.partsLabel} base={base} current={part} tabs={tabs} />}
    >
      <found.Part key={inbox.id} inbox={inbox} />
    </Page>
  );
}

function NewInbox() {
  const { inboxes } = useSettings();
  const go = useGo();
  const made = useRef(0);
  const form = useForm(() =>
    createForm({
      initial: { name: "", website_url: "" },
      fields: ["name", "website_url"],
      check: ({ name }) => emptyProblem("name", name),
      async save(values) {
        const result = await inboxes.create(values);
        if (!result.ok) return result;
        made.current = result.data.id;
        return { ok: true, data: values };
      },
    }),
  );
  return (
    <Page title={words.create} back="inboxes">
      <EditorForm
        form={form}
        isNew
        submit={texts.create}
        // To its script tag, which is what one wants next.
        onSaved={() => go(`inboxes/${made.current}`, "replace")}
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
          placeholder="https://example.com"
        />
      </EditorForm>
    </Page>
  );
}
