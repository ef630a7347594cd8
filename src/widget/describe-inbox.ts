// Asks the server what the inbox is, until it is known or known to be none.
import { signal } from "./signals.ts";
import type { ReadonlySignal } from "./signals.ts";
import type { FailureCode, Result } from "../protocol/result.ts";
import type { Emit } from "./store/events.ts";
import type { InboxStore } from "./store/inbox.ts";

const RETRY_MS = 15_000;
/** Of answers that stay the same however often one asks. */
const finalCodes = new Set<FailureCode>(["not_found", "forbidden", "origin_not_allowed"]);

/** Calls `onReady` once. Answers whether nobody can chat here. */
export function describeInbox(deps: {
  inbox: InboxStore;
  emit: Emit;
  stop: AbortSignal;
  onReady: (result: Result<unknown>) => void;
}): ReadonlySignal<boolean> {
  const { inbox, emit, stop, onReady } = deps;
  const isRefused = signal(false);
  async function ask(): Promise<void> {
    const result = await inbox.load();
    if (stop.aborted) return;
    if (result.ok) return onReady(result);
    const { code, message } = result.error;
    emit("error", { code, message });
    if (finalCodes.has(code)) {
      isRefused.value = true;
      onReady(result);
    } else {
      const timer = setTimeout(() => void ask(), RETRY_MS);
      stop.addEventListener("abort", () => clearTimeout(timer));
    }
  }
  void ask();
  return isRefused;
}
