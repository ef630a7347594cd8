// Whose a snooze is to change: its maker's, and every administrator's.
import type { Snooze } from "../../protocol/records-snoozes.ts";
import type { Profile } from "../../protocol/records.ts";

export const mayChange = (snooze: Snooze, profile: Profile | null): boolean =>
  profile !== null && (profile.role === "administrator" || snooze.created_by === profile.id);
