// How urgent a conversation is, as a coloured flag.
import type { ConversationPriority } from "../../protocol/lists.ts";
import { PriorityIcon } from "./icons-workspace.tsx";
import { priorityText } from "./texts-workspace.ts";

/** Decorative, unless `isNamed`. */
export function PriorityMark(props: { priority: ConversationPriority | null; isNamed?: boolean }) {
  const { priority, isNamed = false } = props;
  const name = priority && priorityText(priority);
  return (
    <span
      class={`priority priority-${priority ?? "none"}`}
      title={isNamed ? (name ?? "") : undefined}
    >
      <PriorityIcon />
      {isNamed && <span class="visually-hidden">{name}</span>}
    </span>
  );
}
