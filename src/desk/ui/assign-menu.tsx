// Whose conversation it is: an agent's, a team's, nobody's.
import type { Team } from "../../protocol/records-administration.ts";
import type { Agent, Conversation } from "../../protocol/records.ts";
import { AvailabilityDot } from "./availability-dot.tsx";
import { Avatar } from "./avatar.tsx";
import { useDesk, useWorkspace } from "./desk-context.ts";
import { AssignToIcon, ChevronDownIcon } from "./icons.tsx";
import { TeamIcon } from "./icons-workspace.tsx";
import { Menu } from "./menu.tsx";
import type { MenuItem } from "./menu.tsx";
import { texts } from "./texts.ts";
import { teamText, workspaceTexts } from "./texts-workspace.ts";

export function AssignMenu({ conversation }: { conversation: Conversation }) {
  const { layout } = useDesk();
  const { agents, agentId, accountLists, actions } = useWorkspace();
  const { assignee, team } = conversation.meta;
  const self = agents.all.value.find(({ id }) => id === agentId);
  const others = agents.all.value.filter(({ id }) => id !== agentId);

  const itemOf = (agent: Agent, label: string): MenuItem => ({
    id: String(agent.id),
    label,
    picture: (
      <span class="avatar-holder">
        <Avatar name={agent.available_name} id={agent.id} url={agent.avatar_url} size="small" />
        <AvailabilityDot availability={agent.availability_status} />
      </span>
    ),
    isChecked: agent.id === assignee?.id,
    run: () => void actions.assign(conversation.id, agent),
  });
  const items = [
    ...(self ? [itemOf(self, texts.assignToMe)] : []),
    {
      id: "nobody",
      label: texts.unassigned,
      picture: <span class="avatar avatar-small avatar-nobody" aria-hidden="true" />,
      isChecked: assignee === null,
      run: () => void actions.assign(conversation.id, null),
    },
    ...others.map((agent, index) =>
      Object.assign(itemOf(agent, agent.available_name), { startsSection: index === 0 }),
    ),
    ...teamItems(
      accountLists.teams.value,
      team?.id,
      (chosen) => void actions.assignTeam(conversation.id, chosen),
    ),
  ];

  return (
    <Menu
      label={texts.assign}
      isNamedByContent
      buttonClass="button assign-button"
      isOpen={layout.isAssignMenuOpen.value}
      onOpenChange={(isOpen) => (layout.isAssignMenuOpen.value = isOpen)}
      items={items}
      startsAtTop
    >
      {assignee ? (
        <Avatar
          name={assignee.available_name}
          id={assignee.id}
          url={assignee.avatar_url}
          size="small"
        />
      ) : (
        <AssignToIcon />
      )}
      <span class="button-label">
        {assignee && <span class="visually-hidden">{texts.assign}: </span>}
        {assignee ? assignee.available_name : texts.assign}
      </span>
      <ChevronDownIcon />
    </Menu>
  );
}

function teamItems(
  teams: readonly Team[],
  teamId: number | undefined,
  choose: (team: Team | null) => void,
): MenuItem[] {
  if (teams.length === 0) return [];
  return [
    ...teams.map((team, index) => ({
      id: `team-${team.id}`,
      label: teamText(team.name),
      picture: <TeamIcon />,
      startsSection: index === 0,
      isChecked: team.id === teamId,
      run: () => choose(team),
    })),
    {
      id: "no-team",
      label: workspaceTexts.noTeam,
      picture: <span class="menu-blank" aria-hidden="true" />,
      isChecked: teamId === undefined,
      run: () => choose(null),
    },
  ];
}
