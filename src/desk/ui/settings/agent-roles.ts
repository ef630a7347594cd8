// The roles that an agent may have: the two that there always are, and those of the account's own.
import { useEffect } from "preact/hooks";
import { userRoles } from "../../../protocol/lists.ts";
import type { CustomRole } from "../../../protocol/records-administration.ts";
import type { Agent } from "../../../protocol/records.ts";
import { useSettings } from "./context.ts";
import { agentTexts as words } from "./texts-account.ts";

/** What the picker calls a role: one of the two that there always are, or the number of one of their own. */
export const chosenRole = ({ role, custom_role_id: id }: Pick<Agent, "role" | "custom_role_id">) =>
  id === null ? role : String(id);

export function roleOf(chosen: string): Pick<Agent, "role" | "custom_role_id"> {
  const role = userRoles.find((one) => one === chosen);
  return role ? { role, custom_role_id: null } : { role: "agent", custom_role_id: Number(chosen) };
}

const rolesWith = (custom: readonly CustomRole[]) => [
  ...userRoles.map((value) => ({ value: value as string, label: words.roles[value] })),
  ...custom.map(({ id, name }) => ({ value: String(id), label: name })),
];

/** The roles of the account, fetched when this is looked at. */
export function useRoles() {
  const { customRoles } = useSettings();
  useEffect(() => customRoles.open(), []);
  const custom = customRoles.items.value;
  return {
    options: rolesWith(custom),
    nameOf: (agent: Agent) =>
      custom.find(({ id }) => id === agent.custom_role_id)?.name ?? words.roles[agent.role],
  };
}
