// Teams: the list, and the form of one with its members.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { NAME_MAX_LENGTH, WIDGET_TEXT_MAX_LENGTH } from "../../../protocol/limits.ts";
import type { Team } from "../../../protocol/records-administration.ts";
import type { Failure, Result } from "../../../protocol/result.ts";
import { createForm } from "../../store/settings/form.ts";
import { failureText } from "../texts.ts";
import { useForm, useSettings } from "./context.ts";
import { DiscardButton } from "./editor-form.tsx";
import { CheckField, TextField } from "./fields.tsx";
import { ItemEditor } from "./item-editor.tsx";
import { ItemPages, ItemRows } from "./item-pages.tsx";
import { MemberField } from "./member-field.tsx";
import { Kept } from "./page.tsx";
import type { PageProps } from "./settings-area.tsx";
import { emptyProblem, teamTexts as words } from "./texts-lists.ts";
import { texts } from "./texts.ts";

export function TeamsPage({ path }: PageProps) {
  const { teams } = useSettings();
  return (
    <ItemPages
      section="teams"
      path={path}
      list={teams}
      create={words.create}
      rows={(items) => (
        <ItemRows
          section="teams"
          items={items}
          words={words}
          row={({ name, description }) => ({
            title: name,
            detail: description,
          })}
        />
      )}
      editor={(team) => <TeamWithMembers key={team?.id ?? "new"} team={team} />}
    />
  );
}

/** The form waits for the members, so that none is lost by saving. */
function TeamWithMembers({ team }: { team: Team | null }) {
  const { rest, accountId, agents } = useSettings();
  const members = useSignal<number[] | null>(team ? null : []);
  const failed = useSignal<Failure | null>(null);
  useEffect(() => {
    if (!team) return;
    void (async () => {
      const result = await rest.listTeamMembers(accountId, team.id);
      if (result.ok) members.value = result.data.map(({ id }) => id);
      else failed.value = result.error;
    })();
  }, []);
  if (failed.value) return <p role="alert">{failureText(failed.value)}</p>;
  return (
    <Kept list={agents}>{members.value && <TeamEditor team={team} members={members.value} />}</Kept>
  );
}

const valuesOf = (team: Team | null, members: number[]) => ({
  name: team?.name ?? "",
  description: team?.description ?? "",
  allow_auto_assign: team?.allow_auto_assign ?? true,
  user_ids: members.toSorted((one, other) => one - other),
});
type Values = ReturnType<typeof valuesOf>;

function TeamEditor({ team, members }: { team: Team | null; members: number[] }) {
  const { teams, agents, rest, accountId } = useSettings();
  // A new team whose members were refused is not made twice.
  const made = useSignal(team);

  async function save({ user_ids, ...values }: Values): Promise<Result<Values>> {
    const { value: before } = made;
    const result = before ? await teams.update(before.id, values) : await teams.create(values);
    if (!result.ok) return result;
    made.value = result.data;
    const set = await rest.setTeamMembers(accountId, result.data.id, user_ids);
    if (!set.ok) return set;
    return { ok: true, data: valuesOf(result.data, user_ids) };
  }
  const form = useForm(() =>
    createForm({
      initial: valuesOf(team, members),
      fields: ["name", "description", "user_ids"],
      check: ({ name }) => emptyProblem("name", name),
      save,
    }),
  );
  return (
    <ItemEditor
      section="teams"
      form={form}
      title={team?.name}
      create={words.create}
      more={
        team && (
          <DiscardButton
            section="teams"
            hint={words.removeText}
            discard={() => teams.discard(team.id, team.name)}
          />
        )
      }
    >
      <TextField
        label={texts.name}
        hint={words.nameHint}
        {...form.field("name")}
        maxLength={NAME_MAX_LENGTH}
        isRequired
      />
      <TextField
        label={texts.description}
        {...form.field("description")}
        maxLength={WIDGET_TEXT_MAX_LENGTH}
      />
      <CheckField label={words.autoAssign} {...form.field("allow_auto_assign")} />
      <MemberField
        agents={agents.items.value}
        {...form.field("user_ids")}
        hint={words.membersHint}
      />
    </ItemEditor>
  );
}
