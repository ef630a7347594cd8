// The commands that find: search, filter, the agent's own views.
import type { Desk } from "../store/desk.ts";
import type { Command } from "./commands.ts";
import { goToText } from "./texts.ts";
import { findingTexts as texts } from "./texts-finding.ts";

export function findingCommands({ workspace, layout }: Desk): Command[] {
  const desk = workspace.value;
  if (!desk) return [];
  return [
    { id: "search", label: texts.search, key: "/", run: () => layout.search() },
    {
      id: "filter",
      label: texts.filterConversations,
      key: "f",
      run: () => (layout.dialog.value = "filter"),
    },
    ...(desk.savedViews.all.value ?? []).map(({ id, name }) => ({
      id: `saved-${id}`,
      label: goToText(name),
      run: () => desk.showFilter({ savedId: id }),
    })),
  ];
}
