// Hands the desk's state to every view.
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Desk } from "../store/desk.ts";
import type { Workspace } from "../store/workspace.ts";

export const DeskContext = createContext<Desk | null>(null);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error("a view of the desk stands outside of DeskContext");
  return desk;
}

/** For views that are shown only while someone is signed in. */
export function useWorkspace(): Workspace {
  const workspace = useDesk().workspace.value;
  if (!workspace) throw new Error("a view of the workspace stands outside of a session");
  return workspace;
}
