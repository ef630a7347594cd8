// Custom roles: the list, and the form of one.
import { useEffect } from "preact/hooks";
import { NAME_MAX_LENGTH, WIDGET_TEXT_MAX_LENGTH } from "../../../protocol/limits.ts";
import { permissions } from "../../../protocol/lists.ts";
import type { CustomRole } from "../../../protocol/records-administration.ts";
import type { Failure } from "../../../protocol/result.ts";
import { createForm } from "../../store/settings/form.ts";
import { useForm, useGo, useSettings } from "./context.ts";
import { EditorForm, RemoveButton } from "./editor-form.tsx";
import { ManyField, TextField } from "./fields.tsx";
import { ItemPages } from "./item-pages.tsx";
import { KeptRows } from "./kept-rows.tsx";
import { Page } from "./page.tsx";
import type { PageProps } from "./settings-area.tsx";
import { roleTexts as words } from "./texts-account.ts";
import { emptyProblem } from "./texts-lists.ts";
import { texts } from "./texts.ts";

const valuesOf = (role: CustomRole | null) => ({
  name: role?.name ?? "",
  description: role?.description ?? "",
  permissions: role?.permissions ?? [],
});

const explain = ({ code }: Failure) => (code === "conflict" ? words.held : undefined);

const said = (role: CustomRole) =>
  role.permissions.map((one) => words.permissions[one].name).join(", ") || words.nothing;

export function RolesPage({ path }: PageProps) {
  const { customRoles, agents } = useSettings();
  useEffect(() => agents.open(), []);
  const holdersOf = ({ id }: CustomRole) =>
    agents.items.value.filter((agent) => agent.custom_role_id === id).length;
  return (
    <ItemPages
      section="roles"
      path={path}
      list={customRoles}
      create={words.create}
      rows={(items) => (
        <KeptRows
          label={words.list}
          emptyTitle={words.emptyTitle}
          emptyText={words.emptyText}
          rows={items.map((role) => ({
            key: role.id,
            path: `roles/${role.id}`,
            title: role.name,
            detail: [...(role.description ? [role.description] : []), said(role)].join(" · "),
            end: <span class="row-state">{words.holders(holdersOf(role))}</span>,
          }))}
        />
      )}
      editor={(role) => <RoleEditor key={role?.id ?? "new"} role={role} />}
    />
  );
}

function RoleEditor({ role }: { role: CustomRole | null }) {
  const { customRoles } = useSettings();
  const go = useGo();
  const form = useForm(() =>
    createForm({
      initial: valuesOf(role),
      fields: ["name", "description", "permissions"],
      check: ({ name }) => emptyProblem("name", name),
      async save(values) {
        const result = role
          ? await customRoles.update(role.id, values)
          : await customRoles.create(values);
        return result.ok ? { ok: true, data: valuesOf(result.data) } : result;
      },
    }),
  );
  useEffect(() => form.rebase(valuesOf(role)), [role]);
  const { name, description, permissions: held } = form.values.value;
  return (
    <Page title={role?.name ?? words.create} back="roles">
      <EditorForm
        form={form}
        isNew={!role}
        {...(role ? {} : { submit: texts.create })}
        onSaved={() => go("roles")}
        more={
          role && (
            <RemoveButton
              label={texts.remove}
              title={words.removeTitle(role.name)}
              text={words.removeText}
              explain={explain}
              remove={() => customRoles.remove(role.id)}
              onRemoved={() => go("roles", "replace")}
            />
          )
        }
      >
        <TextField
          label={texts.name}
          problem={form.problemOf("name")}
          value={name}
          maxLength={NAME_MAX_LENGTH}
          isRequired
          onChange={(name) => form.set({ name })}
        />
        <TextField
          label={texts.description}
          problem={form.problemOf("description")}
          value={description}
          maxLength={WIDGET_TEXT_MAX_LENGTH}
          onChange={(description) => form.set({ description })}
        />
        <ManyField
          label={words.permissionsLabel}
          hint={words.permissionsHint}
          problem={form.problemOf("permissions")}
          options={permissions.map((value) => ({
            value,
            label: words.permissions[value].name,
            hint: words.permissions[value].hint,
          }))}
          value={held}
          onChange={(permissions) => form.set({ permissions })}
        />
      </EditorForm>
    </Page>
  );
}
