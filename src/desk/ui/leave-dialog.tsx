// Somebody is about to lose what is not saved: the question whether they want to.
import { useDesk } from "./desk-context.ts";
import { Dialog } from "./dialog.tsx";
import { texts } from "./texts.ts";

export function LeaveDialog() {
  const { router } = useDesk();
  return (
    <Dialog label={texts.leaveTitle} class="dialog question" onClose={() => router.answer(false)}>
      <h2>{texts.leaveTitle}</h2>
      <p>{texts.leaveText}</p>
      <div class="question-buttons">
        <button type="button" class="button" onClick={() => router.answer(true)}>
          {texts.leave}
        </button>
        <button
          type="button"
          class="button button-primary"
          autofocus
          onClick={() => router.answer(false)}
        >
          {texts.stay}
        </button>
      </div>
    </Dialog>
  );
}
