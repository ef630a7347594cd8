// The agents of an inbox: who sees its conversations.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Failure } from "../../../../protocol/result.ts";
import { createForm } from "../../../store/settings/form.ts";
import { failureText } from "../../texts.ts";
import { useForm, useSettings } from "../context.ts";
import { EditorForm } from "../editor-form.tsx";
import { MemberField } from "../member-field.tsx";
import { Kept } from "../page.tsx";
import type { PartProps } from "./inboxes-page.tsx";
import { inboxTexts as words } from "./texts.ts";

export function MembersPart({ inbox }: PartProps) {
  const { rest, accountId, agents } = useSettings();
  const members = useSignal<number[] | null>(null);
  const failed = useSignal<Failure | null>(null);
  useEffect(() => {
    void (async () => {
      const result = await rest.listInboxMembers(accountId, inbox.id);
      if (result.ok) members.value = result.data.map(({ id }) => id);
      else failed.value = result.error;
    })();
  }, []);
  if (failed.value) return <p role="alert">{failureText(failed.value)}</p>;
  return (
    <Kept list={agents}>
      {members.value && <MembersForm inbox={inbox} members={members.value} />}
    </Kept>
  );
}

const valuesOf = (ids: readonly number[]) => ({
  user_ids: ids.toSorted((one, other) => one - other),
});

function MembersForm({ inbox, members }: PartProps & { members: readonly number[] }) {
  const { rest, accountId, agents } = useSettings();
  const form = useForm(() =>
    createForm({
      initial: valuesOf(members),
      fields: ["user_ids"],
      async save({ user_ids: wanted }) {
        const result = await rest.setInboxMembers(accountId, inbox.id, wanted);
        return result.ok ? { ok: true, data: valuesOf(result.data.map(({ id }) => id)) } : result;
      },
    }),
  );
  return (
    <EditorForm form={form}>
      <MemberField
        agents={agents.items.value}
        hint={words.membersHint}
        problem={form.problemOf("user_ids")}
        value={form.values.value.user_ids}
        onChange={(ids) => form.set(valuesOf(ids))}
      />
    </EditorForm>
  );
}
