// The members of an inbox or a team: every agent of the account with a box to tick.
import type { Agent } from "../../../protocol/records.ts";
import { ManyField } from "./fields.tsx";
import { texts } from "./texts.ts";

interface Props {
  agents: readonly Agent[];
  value: readonly number[];
  hint: string;
  problem?: string | undefined;
  onChange: (userIds: number[]) => void;
}

export function MemberField({ agents, ...field }: Props) {
  return (
    <ManyField
      {...field}
      label={texts.members}
      options={agents.map(({ id, available_name, email }) => ({
        value: id,
        label: available_name,
        hint: email,
      }))}
    />
  );
}
