// One of several answers, each a button; the chosen one stays marked.
import type { Message } from "../../../protocol/records.ts";
import type { ChoiceItem, SubmittedValues } from "../../../protocol/rich-content.ts";
import type { Failure } from "../../../protocol/result.ts";
import { tracked, useSignal } from "../tracked.ts";
import type { SendAnswer } from "../../chat/answers.ts";
import { Failed } from "./Submit.tsx";
import { richTexts } from "./texts-rich.ts";

interface ChoicesProps {
  message: Message;
  items: ChoiceItem[];
  send: SendAnswer;
  /** What the choice is about, where that is not the message itself. */
  label?: string;
}

export const Choices = tracked(function Choices({ message, items, send, label }: ChoicesProps) {
  const sending = useSignal<string | null>(null);
  const failure = useSignal<Failure | null>(null);
  const answer = message.content_attributes["submitted_values"] as
    SubmittedValues["input_select"] | undefined;
  const chosen = answer?.[0]?.value ?? sending.value;

  async function choose(item: ChoiceItem): Promise<void> {
    // Not disabled, which would take the focus away: it does nothing any more.
    if (chosen !== null) return;
    sending.value = item.value;
    failure.value = null;
    const result = await send(message, [item]);
    sending.value = null;
    if (!result.ok) failure.value = result.error;
  }
  return (
    <>
      <fieldset class="choices" aria-label={label ?? richTexts.choose}>
        {items.map((item) => (
          <button
            key={item.value}
            type="button"
            class="choice"
            dir="auto"
            aria-pressed={item.value === chosen}
            aria-disabled={chosen !== null}
            onClick={() => void choose(item)}
          >
            {item.title}
          </button>
        ))}
      </fieldset>
      <Failed failure={failure.value} />
    </>
  );
});
