// How long to sleep: one of the usual times, until a reply, or a time in plain words; folded away, a note
// and whom it goes to then.
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import type { Snooze } from "../../protocol/records-snoozes.ts";
import { wishOf } from "../store/actions-snooze.ts";
import type { SnoozeWish } from "../store/actions-snooze.ts";
import { useDesk } from "./desk-context.ts";
import { Dialog } from "./dialog.tsx";
import { formatFull } from "./format.ts";
import { CloseIcon } from "./icons.tsx";
import { SnoozeMore } from "./snooze-more.tsx";
import { parseWhen, snoozeChoices, wakesText } from "./snooze-times.ts";
import { texts } from "./texts.ts";

interface Props {
  title: string;
  about?: ComponentChildren;
  /** What it sleeps by already. */
  current: Snooze | null;
  onPick: (wish: SnoozeWish) => void;
  onClose: () => void;
}

export function SnoozePicker({ title, about, current, onPick, onClose }: Props) {
  const nowMs = useDesk().now.value;
  const before = current && wishOf(current);
  const note = useSignal(before?.note ?? "");
  const ownerIds = useSignal<readonly number[]>(before?.ownerIds ?? []);
  const pick = (untilMs: number | null) =>
    onPick({ untilMs, note: note.peek(), ownerIds: ownerIds.peek() });
  return (
    <Dialog label={title} class="dialog snooze" onClose={onClose}>
      <header class="dialog-head">
        <h2>{title}</h2>
        <button type="button" class="icon-button" aria-label={texts.close} onClick={onClose}>
          <CloseIcon />
        </button>
      </header>
      {about && <p class="snooze-about">{about}</p>}
      <ul class="snooze-choices">
        {snoozeChoices(nowMs).map(({ id, label, untilMs }, index) => (
          <li key={id}>
            <button
              type="button"
              class="snooze-choice"
              autofocus={index === 0}
              onClick={() => pick(untilMs)}
            >
              <span>{label}</span>
              {untilMs !== null && <span class="quiet">{wakesText(untilMs, nowMs)}</span>}
            </button>
          </li>
        ))}
      </ul>
      <OtherTime nowMs={nowMs} onPick={pick} />
      <SnoozeMore
        note={note}
        ownerIds={ownerIds}
        onKeepTime={before ? () => pick(before.untilMs) : null}
      />
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
