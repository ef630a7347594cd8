// The door: e-mail and password.
import { useSignal } from "@preact/signals";
import { useId, useRef } from "preact/hooks";
import type { Failure } from "../../protocol/result.ts";
import { useDesk } from "./desk-context.ts";
import { ChatIcon } from "./icons.tsx";
import { failureText, texts } from "./texts.ts";

function problemText(error: Failure): string {
  if (error.code === "unauthenticated") return texts.wrongCredentials;
  if (error.code === "invalid") return texts.missingCredentials;
  return failureText(error);
}

export function SignIn({ isExpired }: { isExpired: boolean }) {
  const { session } = useDesk();
  const problem = useSignal(isExpired ? texts.sessionExpired : "");
  const isBusy = useSignal(false);
  const problemId = useId();
  const email = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    const input = { email: email.current?.value ?? "", password: password.current?.value ?? "" };
    const missing = [email, password].find((field) => field.current?.value.trim() === "");
    if (missing) {
      problem.value = texts.missingCredentials;
      missing.current?.focus();
      return;
    }
    if (isBusy.peek()) return;
    isBusy.value = true;
    const result = await session.signIn(input);
    isBusy.value = false;
    if (result.ok) return;
    problem.value = problemText(result.error);
    password.current?.focus();
    password.current?.select();
  }

  return (
    <main class="sign-in">
      <form class="sign-in-card" noValidate onSubmit={(event) => void submit(event)}>
        <span class="brand-mark">
          <ChatIcon />
        </span>
        <h1>{texts.signInTitle}</h1>
        <p id={problemId} class="sign-in-problem" role="alert">
          {problem}
        </p>
        <label class="field">
          <span>{texts.email}</span>
          <input
            ref={email}
            type="email"
            name="email"
            autocomplete="username"
            aria-describedby={problemId}
            required
          />
        </label>
        <label class="field">
          <span>{texts.password}</span>
          <input
            ref={password}
            type="password"
            name="password"
            autocomplete="current-password"
            aria-describedby={problemId}
            required
          />
        </label>
        <button type="submit" class="button button-primary" aria-disabled={isBusy.value}>
          {isBusy.value ? texts.signingIn : texts.signIn}
        </button>
      </form>
    </main>
  );
}
