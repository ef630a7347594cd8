// The button beside an own message that takes it away; the notice that follows offers the way back.
import { useWorkspace } from "./desk-context.ts";
import { TrashIcon } from "./icons-workspace.tsx";
import { contactTexts as texts } from "./texts-contact.ts";

export function DeleteMessage({ messageId }: { messageId: number }) {
  const { thread } = useWorkspace();
  return (
    <button
      type="button"
      class="icon-button bubble-delete"
      aria-label={texts.deleteMessage}
      title={texts.deleteMessageHint}
      onClick={() => thread.peek()?.remove(messageId)}
    >
      <TrashIcon />
    </button>
  );
}
