// What can be chosen for the open conversation: its labels, its priority, who follows it.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { conversationPriorities } from "../../protocol/lists.ts";
import type { Failure } from "../../protocol/result.ts";
import { Avatar } from "./avatar.tsx";
import { useDesk, useWorkspace } from "./desk-context.ts";
import { LabelDot } from "./label-chip.tsx";
import { Picker } from "./picker.tsx";
import { PriorityMark } from "./priority-mark.tsx";
import { failureText } from "./texts.ts";
import { priorityTexts, workspaceTexts as texts } from "./texts-workspace.ts";

function useClose(): () => void {
  const { layout } = useDesk();
  return () => void (layout.dialog.value = null);
}

/** The account's labels, and those that stand on the conversation though the account has none such. */
export function LabelsDialog() {
  const { conversation, accountLists, actions } = useWorkspace();
  const close = useClose();
  const open = conversation.value;
  if (!open) return null;
  const known = accountLists.labels.value;
  const others = open.labels.filter((title) => known.every((label) => label.title !== title));
  const items = [
    ...known.map(({ title, color, description }) => ({ title, color, description })),
    ...others.map((title) => ({ title, color: undefined, description: "" })),
  ];
  return (
    <Picker
      label={texts.labels}
      hint={texts.labelsHint}
      emptyText={items.length === 0 ? texts.labelsNone : texts.labelsEmpty}
      isMultiple
      items={items.map(({ title, color, description }, index) => ({
        id: String(index),
        label: title,
        detail: description,
        picture: <LabelDot color={color} />,
        isChosen: open.labels.includes(title),
      }))}
      onPick={({ label }) => void actions.toggleLabel(open.id, label)}
      onClose={close}
    />
  );
}

export function PriorityDialog() {
  const { conversation, actions } = useWorkspace();
  const close = useClose();
  const open = conversation.value;
  if (!open) return null;
  return (
    <Picker
      label={texts.priority}
      hint={texts.priorityHint}
      emptyText={texts.labelsEmpty}
      items={[...conversationPriorities, null].map((priority) => ({
        id: priority ?? "none",
        label: priority ? priorityTexts[priority] : texts.noPriority,
        picture: <PriorityMark priority={priority} />,
        isChosen: open.priority === priority,
        priority,
      }))}
      onPick={({ priority }) => {
        close();
        void actions.setPriority(open.id, priority);
      }}
      onClose={close}
    />
  );
}

export function FollowersDialog() {
  const { conversationId, agents, followers } = useWorkspace();
  const close = useClose();
  const error = useSignal<Failure | null>(null);
  const id = conversationId.value;
  const following = id === null ? undefined : followers.of(id);

  useEffect(() => {
    if (id !== null) void followers.load(id).then((failed) => (error.value = failed));
  }, [id]);

  if (id === null) return null;
  return (
    <Picker
      label={texts.followers}
      hint={texts.followersHint}
      emptyText={texts.nobodyFound}
      isMultiple
      items={(following ? agents.all.value : []).map((agent) => ({
        id: String(agent.id),
        label: agent.available_name,
        detail: agent.email,
        picture: (
          <Avatar name={agent.available_name} id={agent.id} url={agent.avatar_url} size="small" />
        ),
        isChosen: following?.has(agent.id) ?? false,
        agent,
      }))}
      onPick={({ agent }) => void followers.toggle(id, agent)}
      onClose={close}
    >
      {error.value && (
        <p class="palette-problem" role="alert">
          {failureText(error.value)}
        </p>
      )}
    </Picker>
  );
}
