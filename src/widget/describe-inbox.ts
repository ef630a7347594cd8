// Asks the server what the inbox is, until it is known or known to be none.
import { createInboxRest } from "../client/inbox-rest.ts";
import { createRest } from "../client/rest.ts";
import type { Rest } from "../client/rest.ts";
import type { InboxRest } from "../client/visitor-transport.ts";
import type { PublicInbox } from "../protocol/records.ts";
import type { Result } from "../protocol/result.ts";
import { signal } from "./signals.ts";
import type { ReadonlySignal, Signal } from "./signals.ts";
import type { Emit } from "./store/events.ts";
import { createInboxStore } from "./store/inbox.ts";
import type { InboxStore } from "./store/inbox.ts";

const RETRY_MS = 15_000;
/** Of answers that stay the same however often one asks. */
const finalCodes = /^(not_found|forbidden|origin_not_allowed)$/;

export interface DescribedInbox {
  request: Rest;
  rest: InboxRest;
  inbox: InboxStore;
  /** Nobody can chat here. */
  isRefused: ReadonlySignal<boolean>;
}

/** Calls `onReady` once. */
export function describeInbox(deps: {
  inboxId: string;
  baseUrl: string;
  /** Filled when the inbox is known. */
  inbox: Signal<PublicInbox | null>;
  emit: Emit;
  stop: AbortSignal;
  onReady: (result: Result<unknown>) => void;
}): DescribedInbox {
  const { emit, stop, onReady } = deps;
  const request = createRest({ baseUrl: deps.baseUrl });
  const rest = createInboxRest(request, deps.inboxId);
  const inbox = createInboxStore({ value: deps.inbox, rest, emit, stop });
  const isRefused = signal(false);
  async function ask(): Promise<void> {
    const result = await inbox.load();
    if (stop.aborted) return;
    if (result.ok) return onReady(result);
    const { code, message } = result.error;
    emit("error", { code, message });
    if (finalCodes.test(code)) {
      isRefused.value = true;
      onReady(result);
    } else {
      const timer = setTimeout(() => void ask(), RETRY_MS);
      stop.addEventListener("abort", () => clearTimeout(timer));
    }
  }
  void ask();
  return { request, rest, inbox, isRefused };
}
