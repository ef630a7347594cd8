// Asks before something that cannot be taken back.
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import type { Failure, Result } from "../../protocol/result.ts";
import { Dialog } from "./dialog.tsx";
import { failureText } from "./texts.ts";
import { contactTexts as texts } from "./texts-contact.ts";
import { TypedField, isSame } from "./typed-field.tsx";

interface Props {
  title: string;
  action: string;
  children: ComponentChildren;
  /** What must be typed first, where the loss is great. */
  typed?: string;
  run: () => Promise<Result<unknown>>;
  onClose: () => void;
}

export function ConfirmDialog({ title, action, children, typed, run, onClose }: Props) {
  const failed = useSignal<Failure | null>(null);
  const isBusy = useSignal(false);
  const said = useSignal("");
  const isSaid = typed === undefined || isSame(said.value, typed);

  async function confirm(): Promise<void> {
    if (isBusy.peek() || !isSaid) return;
    isBusy.value = true;
    const result = await run();
    isBusy.value = false;
    if (result.ok) onClose();
    else failed.value = result.error;
  }

  return (
    <Dialog label={title} class="dialog confirm" onClose={onClose}>
      <div class="confirm-body">
        <h2>{title}</h2>
        {children}
        {typed !== undefined && <TypedField typed={typed} said={said} />}
        {failed.value && (
          <p class="field-problem" role="alert">
            {failureText(failed.value)}
          </p>
        )}
      </div>
      <footer class="dialog-foot">
        <button type="button" class="button" autofocus={typed === undefined} onClick={onClose}>
          {texts.cancel}
        </button>
        <button
          type="button"
          class="button button-danger"
          aria-disabled={isBusy.value || !isSaid}
          onClick={() => void confirm()}
        >
          {action}
        </button>
      </footer>
    </Dialog>
  );
}
