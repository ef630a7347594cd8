// Custom roles: the list, and the form of one.
import { useEffect } from "preact/hooks";
import { NAME_MAX_LENGTH, WIDGET_TEXT_MAX_LENGTH } from "../../../protocol/limits.ts";
import { permissions } from "../../../protocol/lists.ts";
import type { CustomRole } from "../../../protocol/records-administration.ts";
import type { Failure } from "../../../protocol/result.ts";
import { useGo, useSettings } from "./context.ts";
import { RemoveButton } from "./editor-form.tsx";
import { ManyField, TextField } from "./fields.tsx";
import { ItemEditor, useItemForm } from "./item-editor.tsx";
import { ItemPages, ItemRows } from "./item-pages.tsx";
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
        <ItemRows
          section="roles"
          items={items}
          words={words}
          row={(role) => ({
            title: role.name,
            detail: [...(role.description ? [role.description] : []), said(role)].join(" · "),
            end: <span class="row-state">{words.holders(holdersOf(role))}</span>,
          })}
        />
      )}
      editor={(role) => <RoleEditor key={role?.id ?? "new"} role={role} />}
    />
  );
}

function RoleEditor({ role }: { role: CustomRole | null }) {
  const { customRoles } = useSettings();
  const go = useGo();
  const form = useItemForm({
    item: role,
    list: customRoles,
    valuesOf,
    check: ({ name }) => emptyProblem("name", name),
    sentOf: (values) => values,
  });
  return (
    <ItemEditor
      section="roles"
      form={form}
      title={role?.name}
      create={words.create}
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
        {...form.field("name")}
        maxLength={NAME_MAX_LENGTH}
        isRequired
      />
      <TextField
        label={texts.description}
        {...form.field("description")}
        maxLength={WIDGET_TEXT_MAX_LENGTH}
      />
      <ManyField
        label={words.permissionsLabel}
        hint={words.permissionsHint}
        options={permissions.map((value) => ({
          value,
          label: words.permissions[value].name,
          hint: words.permissions[value].hint,
        }))}
        {...form.field("permissions")}
      />
    </ItemEditor>
  );
}
