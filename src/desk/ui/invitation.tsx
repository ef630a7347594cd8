// The page of an invitation: whoever was invited chooses the password and signs in with it.
import { useSignal } from "@preact/signals";
import { useId, useRef } from "preact/hooks";
import type { Failure } from "../../protocol/result.ts";
import { PASSWORD_MIN_LENGTH } from "../../protocol/limits.ts";
import { useDesk } from "./desk-context.ts";
import { ChatIcon } from "./icons.tsx";
import { invitationTexts as texts } from "./invitation-texts.ts";
import { failureText, texts as common } from "./texts.ts";

function problemText(error: Failure): string {
  const problem = error.fields?.[0] ?? { field: error.field, message: error.message };
  if (problem.field === "reset_password_token") return texts.void;
  if (problem.field === "password") return texts.weak;
  return failureText(error);
}

export function Invitation({ token }: { token: string }) {
  const desk = useDesk();
  const problem = useSignal(token === "" ? texts.void : "");
  const isBusy = useSignal(false);
  const isDone = useSignal(false);
  const password = useRef<HTMLInputElement>(null);
  const repeated = useRef<HTMLInputElement>(null);
  const [problemId, hintId] = [useId(), useId()];
  const goOn = () => desk.router.go({ view: "open", conversationId: null }, "replace");

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    const chosen = password.current?.value ?? "";
    if (isBusy.peek()) return;
    if (chosen.length < PASSWORD_MIN_LENGTH) problem.value = texts.weak;
    else if (chosen !== repeated.current?.value) problem.value = texts.different;
    else {
      isBusy.value = true;
      const result = await desk.acceptInvitation(token, chosen);
      isBusy.value = false;
      if (result.ok) {
        // Whoever was signed in on this browser is somebody else.
        if (desk.session.profile.peek()) await desk.session.signOut();
        isDone.value = true;
        return;
      }
      problem.value = problemText(result.error);
    }
    password.current?.focus();
  }

  return (
    <main class="sign-in">
      <form class="sign-in-card" noValidate onSubmit={(event) => void submit(event)}>
        <span class="brand-mark">
          <ChatIcon />
        </span>
        <h1>{isDone.value ? texts.doneTitle : texts.title}</h1>
        <p id={problemId} class="sign-in-problem" role="alert">
          {problem}
        </p>
        {isDone.value && (
          <>
            <output class="block">{texts.done}</output>
            <button type="button" class="button button-primary" autofocus onClick={goOn}>
              {common.signIn}
            </button>
          </>
        )}
        {!isDone.value && (
          <>
            <label class="field">
              <span>{texts.password}</span>
              <input
                ref={password}
                type="password"
                name="new-password"
                autocomplete="new-password"
                aria-describedby={`${problemId} ${hintId}`}
                required
              />
              <span id={hintId} class="quiet field-hint">
                {texts.hint}
              </span>
            </label>
            <label class="field">
              <span>{texts.repeat}</span>
              <input
                ref={repeated}
                type="password"
                name="repeated-password"
                autocomplete="new-password"
                aria-describedby={problemId}
                required
              />
            </label>
            <button type="submit" class="button button-primary" aria-disabled={isBusy.value}>
              {isBusy.value ? texts.saving : texts.save}
            </button>
          </>
        )}
      </form>
    </main>
  );
}
