// The button that sends an answer, with what became of it.
import type { Failure } from "../../../protocol/result.ts";
import { richTexts } from "./texts-rich.ts";

const words: Record<string, string> = {
  invalid: richTexts.invalid,
  conflict: richTexts.conflict,
};

export const Failed = ({ failure }: { failure: Failure | null }) => (
  <p class="fault" role="alert">
    {failure && (words[failure.code] ?? richTexts.unreachable)}
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
