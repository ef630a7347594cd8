// Who is signed in on this browser, and their own availability.
import { computed, signal } from "@preact/signals";
import type { ReadonlySignal } from "@preact/signals";
import type { AgentRest } from "../../client/agent-transport.ts";
import type { Availability, Permission } from "../../protocol/lists.ts";
import type { Profile } from "../../protocol/records.ts";
import type { Failure, Result } from "../../protocol/result.ts";

export type SessionStatus =
  | { kind: "restoring" }
  /** The server could not be asked who we are. */
  | { kind: "unreachable"; error: Failure }
  | { kind: "signed_out"; reason: "start" | "left" | "expired" }
  | { kind: "signed_in"; profile: Profile };

export interface Session {
  readonly status: ReadonlySignal<SessionStatus>;
  readonly profile: ReadonlySignal<Profile | null>;
  /** Asks the server whose session the browser's cookie is. */
  restore(): Promise<void>;
  signIn(input: { email: string; password: string }): Promise<Result<Profile>>;
  signOut(): Promise<Result<null>>;
  /** The server no longer takes our session. */
  expire(): void;
  /** Shows the choice at once and takes it back if the server refuses. */
  setAvailability(availability: Availability): Promise<Result<Profile>>;
  /** Whether the server would let the signed-in agent; the view leaves out what it would not. */
  may(permission: Permission): boolean;
  /** Asks again who is signed in: his rights, or his account, may have changed. */
  refresh(): Promise<void>;
  /** Takes over what the server says of the signed-in agent. */
  update(change: Partial<Profile>): void;
}

/** Creates the session; nobody is known before `restore` or `signIn`. */
export function createSession({ rest }: { rest: AgentRest }): Session {
  const status = signal<SessionStatus>({ kind: "restoring" });
  const profile = computed(() => (status.value.kind === "signed_in" ? status.value.profile : null));

  function update(change: Partial<Profile>): void {
    const known = profile.peek();
    if (known) status.value = { kind: "signed_in", profile: { ...known, ...change } };
  }

  function expire(): void {
    if (profile.peek()) status.value = { kind: "signed_out", reason: "expired" };
  }

  return {
    status,
    profile,
    update,
    expire,
    may: (permission) => profile.value?.permissions.includes(permission) ?? false,
    async refresh() {
      const known = profile.peek();
      const result = await rest.getProfile();
      if (!result.ok) {
        if (result.error.code === "unauthenticated") expire();
      } else if (result.data.account_id === known?.account_id) update(result.data);
      else expire();
    },
    async restore() {
      status.value = { kind: "restoring" };
      const result = await rest.getProfile();
      if (result.ok) status.value = { kind: "signed_in", profile: result.data };
      else if (result.error.code === "unauthenticated") {
        status.value = { kind: "signed_out", reason: "start" };
      } else status.value = { kind: "unreachable", error: result.error };
    },
    async signIn(input) {
      const result = await rest.signIn(input);
      if (result.ok) status.value = { kind: "signed_in", profile: result.data };
      return result;
    },
    async signOut() {
      const result = await rest.signOut();
      if (result.ok || result.error.code === "unauthenticated") {
        status.value = { kind: "signed_out", reason: "left" };
      }
      return result;
    },
    async setAvailability(availability) {
      const before = profile.peek()?.availability_status;
      update({ availability_status: availability });
      const result = await rest.setAvailability(availability);
      if (!result.ok && before) update({ availability_status: before });
      return result;
    },
  };
}
