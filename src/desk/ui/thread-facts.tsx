// Under the thread's header: what agents have written on the conversation, as chips.
import type { Conversation } from "../../protocol/records.ts";
import { useDesk, useWorkspace } from "./desk-context.ts";
import { LabelChip } from "./label-chip.tsx";
import { MutedIcon, TeamIcon } from "./icons-workspace.tsx";
import { PriorityMark } from "./priority-mark.tsx";
import { priorityTexts, teamText, workspaceTexts as texts } from "./texts-workspace.ts";

export function ThreadFacts({ conversation }: { conversation: Conversation }) {
  const { layout } = useDesk();
  const { actions } = useWorkspace();
  const { id, labels, muted, priority } = conversation;
  const { team } = conversation.meta;
  if (labels.length === 0 && !muted && !priority && !team) return null;
  return (
    <div class="thread-facts">
      {priority && (
        <button
          type="button"
          class="chip chip-button"
          title={texts.priority}
          onClick={() => (layout.dialog.value = "priority")}
        >
          <PriorityMark priority={priority} />
          <span class="visually-hidden">{texts.priority}: </span>
          <span class="chip-name">{priorityTexts[priority]}</span>
        </button>
      )}
      {team && (
        <span class="chip" title={teamText(team.name)}>
          <TeamIcon />
          <span class="visually-hidden">{teamText("")}</span>
          <span class="chip-name" dir="auto">
            {team.name}
          </span>
        </span>
      )}
      {muted && (
        <span class="chip" title={texts.mutedHint}>
          <MutedIcon />
          <span class="chip-name">{texts.muted}</span>
        </span>
      )}
      {labels.map((title) => (
        <LabelChip key={title} title={title} onRemove={() => void actions.toggleLabel(id, title)} />
      ))}
    </div>
  );
}
