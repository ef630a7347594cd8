// Agents: the list, the invitation of a new one, the rights of each.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { EMAIL_MAX_LENGTH, NAME_MAX_LENGTH } from "../../../protocol/limits.ts";
import { userRoles } from "../../../protocol/lists.ts";
import type { AddedAgent, CustomRole } from "../../../protocol/records-administration.ts";
import type { Agent } from "../../../protocol/records.ts";
import type { Failure } from "../../../protocol/result.ts";
import { formatRoute } from "../../store/route.ts";
import { createForm } from "../../store/settings/form.ts";
import { Avatar } from "../avatar.tsx";
import { AvailabilityDot } from "../availability-dot.tsx";
import { useDesk } from "../desk-context.ts";
import { formatFull } from "../format.ts";
import { availabilityTexts } from "../texts.ts";
import { useForm, useGo, useSettings } from "./context.ts";
import { EditorForm, RemoveButton } from "./editor-form.tsx";
import { CheckField, ChoiceField, TextField } from "./fields.tsx";
import { ItemPages } from "./item-pages.tsx";
import { KeptRows } from "./kept-rows.tsx";
import { Once } from "./once.tsx";
import { Page } from "./page.tsx";
import type { PageProps } from "./settings-area.tsx";
import { agentTexts as words } from "./texts-account.ts";
import { emptyProblem } from "./texts-lists.ts";
import { texts } from "./texts.ts";

/** What the picker calls a role: one of the two that there always are, or the number of one of their own. */
const chosenRole = ({ role, custom_role_id: id }: Pick<Agent, "role" | "custom_role_id">) =>
  id === null ? role : String(id);

function roleOf(chosen: string): Pick<Agent, "role" | "custom_role_id"> {
  const role = userRoles.find((one) => one === chosen);
  return role ? { role, custom_role_id: null } : { role: "agent", custom_role_id: Number(chosen) };
}

const rolesWith = (custom: readonly CustomRole[]) => [
  ...userRoles.map((value) => ({ value: value as string, label: words.roles[value] })),
  ...custom.map(({ id, name }) => ({ value: String(id), label: name })),
];

/** The roles of the account, fetched when this is looked at. */
function useRoles() {
  const { customRoles } = useSettings();
  useEffect(() => customRoles.open(), []);
  const custom = customRoles.items.value;
  return {
    options: rolesWith(custom),
    nameOf: (agent: Agent) =>
      custom.find(({ id }) => id === agent.custom_role_id)?.name ?? words.roles[agent.role],
  };
}

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
        <KeptRows
          label={words.list}
          emptyTitle=""
          emptyText=""
          rows={items.map((agent) => ({
            key: agent.id,
            path: `agents/${agent.id}`,
            picture: <Avatar name={agent.available_name} id={agent.id} url={agent.avatar_url} />,
            title: agent.available_name,
            detail: `${agent.email} · ${nameOf(agent)}`,
            end: <State agent={agent} />,
          }))}
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

function Invite() {
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
  const { name, email, role } = form.values.value;
  if (added.value) return <Invited agent={added.value} />;
  return (
    <Page title={words.create} intro={words.inviteText} back="agents">
      <EditorForm form={form} isNew submit={words.invite}>
        <TextField
          label={texts.name}
          problem={form.problemOf("name")}
          value={name}
          maxLength={NAME_MAX_LENGTH}
          autocomplete="off"
          isRequired
          onChange={(name) => form.set({ name })}
        />
        <TextField
          label={words.email}
          type="email"
          problem={form.problemOf("email")}
          value={email}
          maxLength={EMAIL_MAX_LENGTH}
          autocomplete="off"
          isRequired
          onChange={(email) => form.set({ email })}
        />
        <ChoiceField
          label={words.role}
          hint={words.roleHint}
          value={role}
          options={options}
          onChange={(role) => form.set({ role })}
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
  const { role, auto_offline, active } = form.values.value;
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
          problem={form.problemOf("role")}
          value={role}
          options={options}
          onChange={(role) => form.set({ role })}
        />
        <CheckField
          label={words.autoOffline}
          hint={words.autoOfflineHint}
          value={auto_offline}
          onChange={(auto_offline) => form.set({ auto_offline })}
        />
        {!isSelf && (
          <CheckField
            label={words.active}
            hint={words.activeHint}
            value={active}
            onChange={(active) => form.set({ active })}
          />
        )}
      </EditorForm>
    </Page>
  );
}
