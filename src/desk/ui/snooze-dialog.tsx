// How long a conversation is to sleep: one of the usual times, until a reply, or a time in plain words.
import { useSignal } from "@preact/signals";
import { useId } from "preact/hooks";
import { useDesk, useWorkspace } from "./desk-context.ts";
import { Dialog } from "./dialog.tsx";
import { formatFull } from "./format.ts";
import { CloseIcon } from "./icons.tsx";
import { parseWhen, snoozeChoices, wakesText } from "./snooze-times.ts";
import { texts } from "./texts.ts";

export function SnoozeDialog() {
  const { layout, now } = useDesk();
  const { conversation, actions } = useWorkspace();
  const id = conversation.value?.id;
  const nowMs = now.value;
  const close = () => void (layout.dialog.value = null);
  if (id === undefined) return null;
  const snooze = (untilMs: number | null) => {
    close();
    void actions.snooze(id, untilMs);
  };
  return (
    <Dialog label={texts.snooze} class="dialog snooze" onClose={close}>
      <header class="dialog-head">
        <h2>{texts.snooze}</h2>
        <button type="button" class="icon-button" aria-label={texts.close} onClick={close}>
          <CloseIcon />
        </button>
      </header>
      <ul class="snooze-choices">
        {snoozeChoices(nowMs).map(({ id, label, untilMs }, index) => (
          <li key={id}>
            <button
              type="button"
              class="snooze-choice"
              autofocus={index === 0}
              onClick={() => snooze(untilMs)}
            >
              <span>{label}</span>
              {untilMs !== null && <span class="quiet">{wakesText(untilMs, nowMs)}</span>}
            </button>
          </li>
        ))}
      </ul>
      <OtherTime nowMs={nowMs} onPick={snooze} />
    </Dialog>
  );
}

function OtherTime({ nowMs, onPick }: { nowMs: number; onPick: (untilMs: number) => void }) {
  const said = useSignal("");
  const isWrong = useSignal(false);
  const answerId = useId();
  const untilMs = parseWhen(said.value, nowMs);
  const answer =
    untilMs === null ? (isWrong.value ? texts.snoozeUnknown : "") : formatFull(untilMs);
  return (
    <form
      class="snooze-other"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const wanted = parseWhen(said.peek(), nowMs);
        if (wanted === null) isWrong.value = true;
        else onPick(wanted);
      }}
    >
      <label class="field">
        <span>{texts.snoozeField}</span>
        <input
          type="text"
          autocomplete="off"
          placeholder={texts.snoozeHint}
          aria-describedby={answerId}
          aria-invalid={isWrong.value && untilMs === null}
          value={said.value}
          onInput={(event) => {
            said.value = event.currentTarget.value;
            isWrong.value = false;
          }}
        />
      </label>
      <button type="submit" class="button button-primary">
        {texts.snooze}
      </button>
      <output id={answerId} class="quiet snooze-answer">
        {answer}
      </output>
    </form>
  );
}
