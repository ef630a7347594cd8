// The commands that write on the open conversation: labels, priority, team, followers, mute.
import { conversationPriorities } from "../../protocol/lists.ts";
import type { Desk } from "../store/desk.ts";
import type { Command } from "./commands.ts";
import {
  assignToText,
  priorityText,
  teamText,
  workspaceTexts as texts,
} from "./texts-workspace.ts";

export function attributeCommands({ workspace, layout }: Desk): Command[] {
  const desk = workspace.value;
  const conversation = desk?.conversation.value;
  if (!desk || !conversation) return [];
  const { actions, accountLists, agents, agentId } = desk;
  const { id, muted, priority, meta } = conversation;
  return [
    {
      id: "labels",
      label: texts.changeLabels,
      key: "l",
      run: () => (layout.dialog.value = "labels"),
    },
    {
      id: "priority",
      label: texts.changePriority,
      key: "p",
      run: () => (layout.dialog.value = "priority"),
    },
    ...[...conversationPriorities, null]
      .filter((one) => one !== priority)
      .map((one) => ({
        id: `priority-${one ?? "none"}`,
        label: one ? priorityText(one) : texts.noPriority,
        run: () => void actions.setPriority(id, one),
      })),
    {
      id: "mute",
      label: muted ? texts.unmute : texts.mute,
      key: "m",
      run: () => void actions.setMuted(id, !muted),
    },
    {
      id: "followers",
      label: texts.changeFollowers,
      run: () => (layout.dialog.value = "followers"),
    },
    ...agents.all.value
      .filter((agent) => agent.id !== agentId && agent.id !== meta.assignee?.id)
      .map((agent) => ({
        id: `assign-${agent.id}`,
        label: assignToText(agent.available_name),
        run: () => void actions.assign(id, agent),
      })),
    ...accountLists.teams.value
      .filter((team) => team.id !== meta.team?.id)
      .map((team) => ({
        id: `team-${team.id}`,
        label: teamText(team.name),
        run: () => void actions.assignTeam(id, team),
      })),
    ...(meta.team
      ? [{ id: "no-team", label: texts.noTeam, run: () => void actions.assignTeam(id, null) }]
      : []),
  ];
}
