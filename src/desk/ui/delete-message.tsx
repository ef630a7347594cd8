// The button beside an own message that takes it away, once it is confirmed.
import { useSignal } from "@preact/signals";
import { ConfirmDialog } from "./confirm-dialog.tsx";
import { useWorkspace } from "./desk-context.ts";
import { TrashIcon } from "./icons-workspace.tsx";
import { contactTexts as texts } from "./texts-contact.ts";

export function DeleteMessage({ messageId }: { messageId: number }) {
  const { thread } = useWorkspace();
  const isAsking = useSignal(false);
  return (
    <>
      <button
        type="button"
        class="icon-button bubble-delete"
        aria-label={texts.deleteMessage}
        title={texts.deleteMessage}
        onClick={() => (isAsking.value = true)}
      >
        <TrashIcon />
      </button>
      {isAsking.value && (
        <ConfirmDialog
          title={texts.deleteMessageTitle}
          action={texts.deleteButton}
          run={async () => await (thread.peek()?.remove(messageId) ?? { ok: true, data: null })}
          onClose={() => (isAsking.value = false)}
        >
          <p>{texts.deleteMessageText}</p>
        </ConfirmDialog>
      )}
    </>
  );
}
