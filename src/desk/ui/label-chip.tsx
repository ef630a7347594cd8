// A label as it stands on a conversation or a contact: its colour and its name.
import type { Label } from "../../protocol/records-administration.ts";
import { useWorkspace } from "./desk-context.ts";
import { CloseIcon } from "./icons.tsx";
import { labelText, removeLabelText } from "./texts-workspace.ts";

const NO_COLOR = "var(--off)";

/** The colour that an administrator gave it; grey where the account does not know the label. */
export function LabelDot({ color }: { color: string | undefined }) {
  return (
    <span class="label-dot" style={{ "--label-color": color ?? NO_COLOR }} aria-hidden="true" />
  );
}

export const colorOf = (labels: readonly Label[], title: string): string | undefined =>
  labels.find((label) => label.title === title)?.color;

/** With `onRemove`, a button takes it away. */
export function LabelChip({ title, onRemove }: { title: string; onRemove?: () => void }) {
  const { accountLists } = useWorkspace();
  return (
    <span class="chip" title={title}>
      <LabelDot color={colorOf(accountLists.labels.value, title)} />
      <span class="visually-hidden">{labelText("")}</span>
      <span class="chip-name" dir="auto">
        {title}
      </span>
      {onRemove && (
        <button
          type="button"
          class="chip-remove"
          aria-label={removeLabelText(title)}
          title={removeLabelText(title)}
          onClick={onRemove}
        >
          <CloseIcon />
        </button>
      )}
    </span>
  );
}
