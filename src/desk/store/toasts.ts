// Short notices of what was done or failed. The view chooses the words.
import { signal } from "@preact/signals";
import type { ReadonlySignal } from "@preact/signals";
import type { Availability, ConversationPriority } from "../../protocol/lists.ts";
import type { Failure } from "../../protocol/result.ts";
import type { Clock } from "./clock.ts";

/** What can be thrown away with a way back. */
export type Discarded =
  "message" | "label" | "team" | "canned_response" | "custom_attribute" | "webhook";

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
  | { kind: "discarded"; what: Discarded; name: string }
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
        | "contact"
        | "discard";
      error: Failure;
    }
  | { kind: "failed"; doing: "availability"; wanted: Availability; error: Failure };

export interface Toast {
  id: number;
  notice: Notice;
  /** Takes back what the notice tells. */
  undo: (() => void) | null;
  /** Told once when it goes without that. */
  gone: (() => void) | null;
}

export interface Toasts {
  readonly all: ReadonlySignal<readonly Toast[]>;
  /** Answers its id. `gone` is told when it goes in any way but the undo. */
  show(notice: Notice, undo?: () => void, gone?: () => void): number;
  dismiss(id: number): void;
  undo(id: number): void;
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

  function keep(kept: readonly Toast[]): void {
    const left = all.peek().filter((toast) => !kept.includes(toast));
    all.value = kept;
    for (const { gone } of left) gone?.();
  }

  function dismiss(id: number): void {
    keep(all.peek().filter((toast) => toast.id !== id));
  }

  /** One clock for all: the newest toast keeps the others company. */
  function restart(): void {
    cancel?.();
    if (isHeld || all.peek().length === 0) return;
    cancel = clock.after(SHOWN_MS, () => keep([]));
  }

  return {
    all,
    dismiss,
    undo(id) {
      const toast = all.peek().find((one) => one.id === id);
      all.value = all.peek().filter((one) => one !== toast);
      toast?.undo?.();
    },
    show(notice, undo, gone) {
      const id = (lastId += 1);
      all.value = [...all.peek(), { id, notice, undo: undo ?? null, gone: gone ?? null }];
      keep(all.peek().slice(-SHOWN_MAX));
      restart();
      return id;
    },
    hold(held) {
      isHeld = held;
      restart();
    },
    stop: () => cancel?.(),
  };
}
