// The dialog that is open, if any.
import type { ComponentType } from "preact";
import type { DialogName } from "../store/layout.ts";
import { CommandPalette } from "./command-palette.tsx";
import { useDesk } from "./desk-context.ts";
import { FilterDialog } from "./filter-dialog.tsx";
import { FollowersDialog, LabelsDialog, PriorityDialog } from "./pickers.tsx";
import { ShortcutsDialog } from "./shortcuts-dialog.tsx";
import { ContactSnoozeDialog, SnoozeDialog } from "./snooze-dialog.tsx";

const dialogs: Record<DialogName, ComponentType> = {
  palette: CommandPalette,
  shortcuts: ShortcutsDialog,
  snooze: SnoozeDialog,
  snooze_contact: ContactSnoozeDialog,
  labels: LabelsDialog,
  priority: PriorityDialog,
  followers: FollowersDialog,
  filter: FilterDialog,
};

export function OpenDialog() {
  const name = useDesk().layout.dialog.value;
  if (name === null) return null;
  const Named = dialogs[name];
  return <Named />;
}
