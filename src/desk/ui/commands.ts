// Everything that a key or the command palette can do, written once.
import { availabilities } from "../../protocol/lists.ts";
import type { Desk } from "../store/desk.ts";
import type { DialogName } from "../store/layout.ts";
import { colorSchemes } from "../store/layout.ts";
import { viewNames } from "../store/views.ts";
import { attributeCommands } from "./commands-attributes.ts";
import { findingCommands } from "./commands-finding.ts";
import { snoozeTexts } from "./texts-snooze.ts";
import {
  availabilityTexts,
  goToText,
  schemeCommandText,
  schemeTexts,
  setAvailabilityText,
  texts,
  viewTexts,
} from "./texts.ts";

export interface Command {
  id: string;
  label: string;
  /** A single key, pressed outside of any field. */
  key?: string;
  run: () => void;
}

/** What can be done now: commands of a conversation only while one is open. */
export function commandsOf(desk: Desk): Command[] {
  return [
    ...conversationCommands(desk, (dialog) => open(desk, dialog)),
    ...attributeCommands(desk),
    ...findingCommands(desk),
    ...viewCommands(desk),
    ...settingCommands(desk),
    {
      id: "settings",
      label: goToText(texts.settings),
      key: ",",
      run: () => desk.router.go({ view: "open", conversationId: null, settings: "" }),
    },
    { id: "shortcuts", label: texts.shortcuts, key: "?", run: () => open(desk, "shortcuts") },
  ];
}

function open(desk: Desk, dialog: DialogName): void {
  desk.layout.dialog.value = dialog;
}

function conversationCommands(
  { workspace, layout, session }: Desk,
  openDialog: (dialog: DialogName) => void,
): Command[] {
  const conversation = workspace.value?.conversation.value;
  const actions = workspace.value?.actions;
  if (!conversation || !actions) return [];
  const { id, status } = conversation;
  const profile = session.profile.value;
  const isMine = conversation.meta.assignee?.id === profile?.id;
  return [
    { id: "reply", label: texts.reply, key: "r", run: () => layout.write("reply") },
    { id: "note", label: texts.note, key: "n", run: () => layout.write("note") },
    {
      id: "assign",
      label: texts.assign,
      key: "a",
      run: () => void (layout.isAssignMenuOpen.value = true),
    },
    { id: "snooze", label: texts.snooze, key: "s", run: () => openDialog("snooze") },
    {
      id: "snooze-contact",
      label: snoozeTexts.contactCommand,
      run: () => openDialog("snooze_contact"),
    },
    ...(status === "snoozed"
      ? [{ id: "unsnooze", label: texts.unsnooze, run: () => void actions.reopen(id) }]
      : []),
    status === "resolved"
      ? { id: "reopen", label: texts.reopen, key: "e", run: () => void actions.reopen(id) }
      : { id: "resolve", label: texts.resolve, key: "e", run: () => void actions.resolve(id) },
    ...(profile && !isMine
      ? [
          {
            id: "assign-me",
            label: texts.assignToMe,
            run: () => void actions.assign(id, profile),
          },
        ]
      : []),
    {
      id: "contact",
      label: texts.showContact,
      run: () => layout.setContactPanelOpen(!layout.isContactPanelOpen.peek()),
    },
  ];
}

function viewCommands({ workspace }: Desk): Command[] {
  return viewNames.map((view) => ({
    id: `view-${view}`,
    label: goToText(viewTexts[view].name),
    run: () => workspace.peek()?.show(view),
  }));
}

function settingCommands(desk: Desk): Command[] {
  return [
    ...availabilities.map((wanted) => ({
      id: `availability-${wanted}`,
      label: setAvailabilityText(availabilityTexts[wanted].toLowerCase()),
      run: () => void desk.setAvailability(wanted),
    })),
    ...colorSchemes.map((scheme) => ({
      id: `scheme-${scheme}`,
      label: schemeCommandText(schemeTexts[scheme]),
      run: () => desk.layout.setColorScheme(scheme),
    })),
  ];
}
