// Hands the settings' state to their pages.
import { createContext } from "preact";
import { useContext, useEffect, useMemo } from "preact/hooks";
import type { Form } from "../../store/settings/form.ts";
import type { Settings } from "../../store/settings/settings.ts";
import { useDesk } from "../desk-context.ts";

export const SettingsContext = createContext<Settings | null>(null);

export function useSettings(): Settings {
  const settings = useContext(SettingsContext);
  if (!settings) throw new Error("a page of the settings stands outside of SettingsContext");
  return settings;
}

/** Where a page of the settings is. */
export const settingsRoute = (path: string) =>
  ({ view: "open", conversationId: null, settings: path }) as const;

/** Goes to another page of the settings. */
export function useGo(): (path: string, how?: "push" | "replace") => void {
  const { router } = useDesk();
  return (path, how) => router.go(settingsRoute(path), how);
}

/** A form that lives as long as its view; whoever leaves with changes in it is asked first. */
export function useForm<Values extends object>(
  create: () => Form<Values>,
  key: unknown = null,
): Form<Values> {
  const { router } = useDesk();
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- a new form for another thing only
  const form = useMemo(create, [key]);
  useEffect(() => router.hold(() => form.isDirty.peek()), [form]);
  return form;
}
