// Short notices of what was done or failed. The view chooses the words.
import { signal } from "@preact/signals";
import type { ReadonlySignal } from "@preact/signals";
import type { Availability, ConversationPriority } from "../../protocol/lists.ts";
import type { Failure } from "../../protocol/result.ts";
import type { Clock } from "./clock.ts";

export type Notice =
  | { kind: "resolved" | "reopened"; conversationId: number }
  | { kind: "snoozed"; conversationId: number; untilMs: number | null }
  | { kind: "contact_snoozed"; name: string; untilMs: number | null }
  | { kind: "snooze_changed"; untilMs: number | null }
  | { kind: "snooze_ended"; count: number }
  | { kind: "assigned"; conversationId: number; agentName: string | null }
  | { kind: "team_assigned"; conversationId: number; teamName: string | null }
  | { kind: "priority_set"; conversationId: number; priority: ConversationPriority | null }
  | { kind: "label_removed"; label: string }
  | { kind: "muted" | "unmuted"; conversationId: number }
  | { kind: "view_deleted"; name: string }
  | { kind: "merged" | "contact_deleted"; name: string }
  | { kind: "blocked" | "unblocked" }
  | { kind: "copied" }
  | { kind: "copy_failed" }
  | {
      kind: "failed";
      doing:
        | "assign"
        | "resolve"
        | "reopen"
        | "snooze"
        | "sign_out"
        | "label"
        | "priority"
        | "mute"
        | "follow"
        | "view"
        | "block"
        | "contact";
      error: Failure;
    }
  | { kind: "failed"; doing: "availability"; wanted: Availability; error: Failure };

export interface Toast {
  id: number;
  notice: Notice;
  /** Takes back what the notice tells. */
  undo: (() => void) | null;
}

export interface Toasts {
  readonly all: ReadonlySignal<readonly Toast[]>;
  show(notice: Notice, undo?: () => void): void;
  dismiss(id: number): void;
  /** While held (pointer or focus on them), toasts stay. */
  hold(isHeld: boolean): void;
  stop(): void;
}

const SHOWN_MS = 8_000;
const SHOWN_MAX = 3;

/** Creates the store, empty. */
export function createToasts({ clock }: { clock: Clock }): Toasts {
  const all = signal<readonly Toast[]>([]);
  let lastId = 0;
  let cancel: (() => void) | null = null;
  let isHeld = false;

  function dismiss(id: number): void {
    all.value = all.peek().filter((toast) => toast.id !== id);
  }

  /** One clock for all: the newest toast keeps the others company. */
  function restart(): void {
    cancel?.();
    if (isHeld || all.peek().length === 0) return;
    cancel = clock.after(SHOWN_MS, () => {
      all.value = [];
    });
  }

  return {
    all,
    dismiss,
    show(notice, undo) {
      lastId += 1;
      all.value = [...all.peek(), { id: lastId, notice, undo: undo ?? null }].slice(-SHOWN_MAX);
      restart();
    },
    hold(held) {
      isHeld = held;
      restart();
    },
    stop: () => cancel?.(),
  };
}
