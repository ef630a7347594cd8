// The button that sends an answer, with what became of it.
import type { Failure } from "../../../protocol/result.ts";
import { richTexts } from "./texts-rich.ts";

const wordsFor = (code: string) =>
  code === "invalid"
    ? richTexts.invalid
    : code === "conflict"
      ? richTexts.conflict
      : richTexts.unreachable;

export const Failed = ({ failure }: { failure: Failure | null }) => (
  <p class="fault" role="alert">
    {failure && wordsFor(failure.code)}
  </p>
);

interface SubmitProps {
  label: string;
  isSending: boolean;
  failure: Failure | null;
}

export const Submit = ({ label, isSending, failure }: SubmitProps) => (
  <>
    <Failed failure={failure} />
    <button type="submit" class="submit" aria-disabled={isSending}>
      {isSending ? richTexts.sending : label}
    </button>
  </>
);
