// Five faces and a comment, after a conversation. A pointer's choice counts at once; who goes by the
// keyboard passes the other faces on his way, and says with the button that he has arrived.
import { useRef } from "preact/hooks";
import type { Message } from "../../../protocol/records.ts";
import type { SubmittedValues } from "../../../protocol/rich-content.ts";
import { RATING_OPEN_MS } from "../../../protocol/rich-content.ts";
import type { Failure } from "../../../protocol/result.ts";
import { tracked, useSignal } from "../tracked.ts";
import type { SendAnswer } from "../../chat/answers.ts";
import { Submit } from "./Submit.tsx";
import { richTexts } from "./texts-rich.ts";

/** From the worst to the best, drawn as Lucide draws them: not every device has all emoji. */
const FACES = [
  "M16 16s-1.5-2-4-2-4 2-4 2M7.5 8 10 9m4 0 2.5-1M9 10h.01M15 10h.01",
  "M16 16s-1.5-2-4-2-4 2-4 2M9 9h.01M15 9h.01",
  "M8 15h8M9 9h.01M15 9h.01",
  "M8 14s1.5 2 4 2 4-2 4-2M9 9h.01M15 9h.01",
  "M18 13a6 6 0 0 1-6 5 6 6 0 0 1-6-5zM9 9h.01M15 9h.01",
];

interface RatingProps {
  message: Message;
  send: SendAnswer;
}

export const Rating = tracked(function Rating({ message, send }: RatingProps) {
  const given = (
    message.content_attributes["submitted_values"] as SubmittedValues["input_csat"] | undefined
  )?.csat_survey_response;
  const chosen = useSignal<number | undefined>(undefined);
  const comment = useRef<HTMLTextAreaElement>(null);
  const failure = useSignal<Failure | null>(null);
  const isSending = useSignal(false);
  const isLate = Date.now() - message.created_at * 1_000 > RATING_OPEN_MS;
  const rating = chosen.value ?? given?.rating;
  const id = `rating-${message.id}`;

  async function submit(): Promise<void> {
    const value = chosen.peek() ?? given?.rating;
    if (value === undefined || isSending.peek()) return;
    isSending.value = true;
    failure.value = null;
    const said = comment.current?.value.trim() ?? given?.feedback_message;
    const more = said ? { feedback_message: said } : {};
    const result = await send(message, { csat_survey_response: { rating: value, ...more } });
    isSending.value = false;
    if (!result.ok) failure.value = result.error;
    // Another face was chosen meanwhile.
    else if (chosen.peek() !== value && chosen.peek() !== undefined) void submit();
  }
  return (
    <form
      class="answer rating"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <fieldset disabled={isLate}>
        <legend>{richTexts.rate}</legend>
        <div class="faces-row">
          {FACES.map((face, index) => (
            <label key={face} title={richTexts.faces[index]}>
              <input
                type="radio"
                name={id}
                value={index + 1}
                checked={rating === index + 1}
                aria-label={richTexts.faces[index]}
                onChange={() => (chosen.value = index + 1)}
                onClick={(event) => {
                  // The arrows click too, without a count.
                  if (event.detail === 0) return;
                  chosen.value = index + 1;
                  void submit();
                }}
              />
              <svg viewBox="0 0 24 24" aria-hidden="true">
                <circle cx="12" cy="12" r="10" />
                <path d={face} />
              </svg>
            </label>
          ))}
        </div>
      </fieldset>
      <output class="thanks">
        {given && (given.feedback_message ? richTexts.commentThanks : richTexts.rateThanks)}
      </output>
      {isLate && !given && <p>{richTexts.isLate}</p>}
      {rating !== undefined && !isLate && (
        <>
          <label class="field">
            {richTexts.comment} <small>({richTexts.optional})</small>
            <textarea
              ref={comment}
              class="input"
              rows={2}
              dir="auto"
              defaultValue={given?.feedback_message ?? ""}
            />
          </label>
          <Submit
            label={given ? richTexts.sendComment : richTexts.send}
            isSending={isSending.value}
            failure={failure.value}
          />
        </>
      )}
    </form>
  );
});
