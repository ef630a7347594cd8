// Access tokens: made with scopes, shown once, revoked.
import { useSignal } from "@preact/signals";
import { ACCESS_TOKEN_NAME_MAX_LENGTH } from "../../../protocol/limits.ts";
import { accessTokenScopes } from "../../../protocol/lists.ts";
import type { AccessTokenScope } from "../../../protocol/lists.ts";
import type { AccessToken } from "../../../protocol/access-tokens.ts";
import { createForm } from "../../store/settings/form.ts";
import { useDesk, useWorkspace } from "../desk-context.ts";
import { useForm, useGo, useSettings } from "./context.ts";
import { EditorForm, RemoveButton } from "./editor-form.tsx";
import { ManyField, TextField } from "./fields.tsx";
import { ItemPages } from "./item-pages.tsx";
import { KeptRows } from "./kept-rows.tsx";
import { Missing } from "./missing.tsx";
import { Once } from "./once.tsx";
import { Page } from "./page.tsx";
import type { PageProps } from "./settings-area.tsx";
import { tokenTexts as words } from "./texts-account.ts";
import { emptyProblem } from "./texts-lists.ts";
import { tokenRow, usedText } from "./token-rows.tsx";

export function AccessTokensPage({ path }: PageProps) {
  const { accessTokens } = useSettings();
  return (
    <ItemPages
      section="access-tokens"
      path={path}
      list={accessTokens}
      create={words.create}
      rows={(items) => (
        <>
          <ProfileToken />
          <TokenRows tokens={items} />
        </>
      )}
      editor={(token) => (token ? <Missing back="access-tokens" /> : <NewToken />)}
    />
  );
}

/** The one that everybody has: it is replaced, not revoked. */
function ProfileToken() {
  const { rest } = useSettings();
  const { session } = useDesk();
  const profile = session.profile.value;
  if (!profile) return null;
  const { access_token: token, access_token_last_used_at: used } = profile;
  return (
    <KeptRows
      label={words.ofProfile}
      rows={[
        {
          key: "profile",
          title: words.ofProfile,
          detail: `…${token.slice(-4)} · ${words.ofProfileText} · ${usedText(used)}`,
          end: (
            <RemoveButton
              class="button"
              label={words.reset}
              title={words.resetTitle}
              text={words.revokeText}
              remove={async () => {
                const result = await rest.resetAccessToken();
                if (result.ok) session.update(result.data);
                return result;
              }}
              onRemoved={() => undefined}
            />
          ),
        },
      ]}
    />
  );
}

function TokenRows({ tokens }: { tokens: readonly AccessToken[] }) {
  const { session } = useDesk();
  const { agents } = useWorkspace();
  const ownerOf = (id: number) =>
    id === session.profile.value?.id
      ? undefined
      : agents.all.value.find((agent) => agent.id === id)?.available_name;
  return (
    <KeptRows
      label={words.list}
      emptyTitle={words.emptyTitle}
      emptyText={words.emptyText}
      rows={tokens.map((token) => tokenRow(token, ownerOf(token.user_id)))}
    />
  );
}

function NewToken() {
  const { accessTokens } = useSettings();
  const go = useGo();
  const made = useSignal<{ name: string; token: string } | null>(null);
  const form = useForm(() =>
    createForm({
      initial: { name: "", scopes: ["all"] as AccessTokenScope[] },
      fields: ["name", "scopes"],
      check: ({ name, scopes }) => [
        ...emptyProblem("name", name),
        ...emptyProblem("scopes", scopes.join("")),
      ],
      async save(values) {
        const result = await accessTokens.create(values);
        if (!result.ok) return result;
        made.value = result.data;
        return { ok: true, data: values };
      },
    }),
  );
  if (made.value) {
    return (
      <Page title={made.value.name} back="access-tokens">
        <Once
          label={words.token}
          secret={made.value.token}
          onDone={() => go("access-tokens", "replace")}
        />
      </Page>
    );
  }
  return (
    <Page title={words.create} back="access-tokens">
      <EditorForm form={form} isNew submit={words.make}>
        <TextField
          label={words.name}
          hint={words.nameHint}
          {...form.field("name")}
          maxLength={ACCESS_TOKEN_NAME_MAX_LENGTH}
          autocomplete="off"
          isRequired
        />
        <ManyField
          label={words.scopesLabel}
          options={accessTokenScopes.map((value) => ({
            value,
            label: words.scopes[value].name,
            hint: words.scopes[value].hint,
          }))}
          {...form.field("scopes")}
        />
      </EditorForm>
    </Page>
  );
}
