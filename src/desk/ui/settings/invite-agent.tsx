// The invitation of a new agent, and its link, which is shown once.
import { useSignal } from "@preact/signals";
import { EMAIL_MAX_LENGTH, NAME_MAX_LENGTH } from "../../../protocol/limits.ts";
import type { AddedAgent } from "../../../protocol/records-administration.ts";
import { formatRoute } from "../../store/route.ts";
import { createForm } from "../../store/settings/form.ts";
import { formatFull } from "../format.ts";
import { roleOf, useRoles } from "./agent-roles.ts";
import { useForm, useGo, useSettings } from "./context.ts";
import { EditorForm } from "./editor-form.tsx";
import { ChoiceField, TextField } from "./fields.tsx";
import { Once } from "./once.tsx";
import { Page } from "./page.tsx";
import { agentTexts as words } from "./texts-account.ts";
import { emptyProblem } from "./texts-lists.ts";
import { texts } from "./texts.ts";

export function Invite() {
  const { agents } = useSettings();
  const { options } = useRoles();
  const go = useGo();
  const added = useSignal<AddedAgent | null>(null);
  const form = useForm(() =>
    createForm({
      initial: { name: "", email: "", role: "agent" },
      fields: ["name", "email", "role"],
      check: ({ name, email }) => [...emptyProblem("name", name), ...emptyProblem("email", email)],
      async save(values) {
        const result = await agents.create({ ...values, ...roleOf(values.role) });
        if (!result.ok) return result;
        added.value = result.data;
        return { ok: true, data: values };
      },
    }),
  );
  if (added.value) return <Invited agent={added.value} />;
  return (
    <Page title={words.create} intro={words.inviteText} back="agents">
      <EditorForm form={form} isNew submit={words.invite}>
        <TextField
          label={texts.name}
          {...form.field("name")}
          maxLength={NAME_MAX_LENGTH}
          autocomplete="off"
          isRequired
        />
        <TextField
          label={words.email}
          type="email"
          {...form.field("email")}
          maxLength={EMAIL_MAX_LENGTH}
          autocomplete="off"
          isRequired
        />
        <ChoiceField
          label={words.role}
          hint={words.roleHint}
          {...form.field("role")}
          options={options}
        />
        <button type="button" class="text-button" onClick={() => go("agents")}>
          {texts.cancel}
        </button>
      </EditorForm>
    </Page>
  );
}

function Invited({ agent }: { agent: AddedAgent }) {
  const go = useGo();
  const { invitation } = agent;
  const done = () => go("agents", "replace");
  if (!invitation) {
    return (
      <Page title={agent.name} back="agents">
        <output class="block">{words.knownAlready}</output>
        <p>
          <button type="button" class="button" onClick={done}>
            {texts.done}
          </button>
        </p>
      </Page>
    );
  }
  const route = { view: "open", conversationId: null, invitation: invitation.token } as const;
  return (
    <Page title={agent.name} back="agents">
      <Once
        label={words.link}
        text={words.linkText(agent.name, formatFull(invitation.expires_at * 1000))}
        secret={location.origin + formatRoute(route)}
        onDone={done}
      />
    </Page>
  );
}
