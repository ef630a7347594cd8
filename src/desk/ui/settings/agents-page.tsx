// Agents: the list, and the rights and tokens of each.
import { useEffect } from "preact/hooks";
import type { Agent } from "../../../protocol/records.ts";
import type { Failure } from "../../../protocol/result.ts";
import { createForm } from "../../store/settings/form.ts";
import { Avatar } from "../avatar.tsx";
import { AvailabilityDot } from "../availability-dot.tsx";
import { useDesk } from "../desk-context.ts";
import { availabilityTexts } from "../texts.ts";
import { chosenRole, roleOf, useRoles } from "./agent-roles.ts";
import { AgentTokens } from "./agent-tokens.tsx";
import { useForm, useGo, useSettings } from "./context.ts";
import { EditorForm, RemoveButton } from "./editor-form.tsx";
import { CheckField, ChoiceField } from "./fields.tsx";
import { Invite } from "./invite-agent.tsx";
import { ItemPages, ItemRows } from "./item-pages.tsx";
import { Page } from "./page.tsx";
import type { PageProps } from "./settings-area.tsx";
import { agentTexts as words } from "./texts-account.ts";

/** The last administrator can be neither demoted nor removed. */
const explain = ({ code }: Failure) => (code === "conflict" ? words.lastAdministrator : undefined);

export function AgentsPage({ path }: PageProps) {
  const { agents } = useSettings();
  const { nameOf } = useRoles();
  return (
    <ItemPages
      section="agents"
      path={path}
      list={agents}
      create={words.create}
      rows={(items) => (
        <ItemRows
          section="agents"
          items={items}
          words={words}
          row={(agent) => ({
            picture: <Avatar name={agent.available_name} id={agent.id} url={agent.avatar_url} />,
            title: agent.available_name,
            detail: `${agent.email} · ${nameOf(agent)}`,
            end: <State agent={agent} />,
          })}
        />
      )}
      editor={(agent) => (agent ? <AgentEditor key={agent.id} agent={agent} /> : <Invite />)}
    />
  );
}

function State({ agent }: { agent: Agent }) {
  if (!agent.active) return <span class="row-state row-waiting">{words.deactivated}</span>;
  if (!agent.confirmed) return <span class="row-state row-waiting">{words.invited}</span>;
  return (
    <span class="row-state">
      <AvailabilityDot availability={agent.availability_status} />
      {availabilityTexts[agent.availability_status]}
    </span>
  );
}

const valuesOf = (agent: Agent) => ({
  role: chosenRole(agent),
  auto_offline: agent.auto_offline,
  active: agent.active,
});

function AgentEditor({ agent }: { agent: Agent }) {
  const { agents } = useSettings();
  const { session } = useDesk();
  const { options } = useRoles();
  const go = useGo();
  const isSelf = session.profile.value?.id === agent.id;
  const form = useForm(() =>
    createForm({
      initial: valuesOf(agent),
      fields: ["role", "auto_offline", "active"],
      async save(values) {
        const result = await agents.update(agent.id, { ...values, ...roleOf(values.role) });
        return result.ok ? { ok: true, data: valuesOf(result.data) } : result;
      },
    }),
  );
  useEffect(() => form.rebase(valuesOf(agent)), [agent]);
  return (
    <Page title={agent.available_name} intro={agent.email} back="agents">
      {!agent.confirmed && <p class="notice">{words.invitedText}</p>}
      <EditorForm
        form={form}
        explain={explain}
        onSaved={() => go("agents")}
        more={
          !isSelf && (
            <RemoveButton
              label={words.remove}
              title={words.removeTitle(agent.available_name)}
              text={words.removeText}
              explain={explain}
              remove={() => agents.remove(agent.id)}
              onRemoved={() => go("agents", "replace")}
            />
          )
        }
      >
        <ChoiceField
          label={words.role}
          hint={isSelf ? words.ownRoleHint : words.roleHint}
          {...form.field("role")}
          options={options}
        />
        <CheckField
          label={words.autoOffline}
          hint={words.autoOfflineHint}
          {...form.field("auto_offline")}
        />
        {!isSelf && (
          <CheckField label={words.active} hint={words.activeHint} {...form.field("active")} />
        )}
      </EditorForm>
      {!isSelf && <AgentTokens agent={agent} />}
    </Page>
  );
}
