// The settings are code of their own, fetched by whoever opens them.
import { useSignal } from "@preact/signals";
import type { ComponentType } from "preact";
import { useEffect } from "preact/hooks";
import { texts } from "./texts.ts";

type State =
  { kind: "loading" } | { kind: "failed" } | { kind: "ready"; Area: ComponentType<object> };

export function SettingsLoader() {
  const state = useSignal<State>({ kind: "loading" });

  async function load(): Promise<void> {
    state.value = { kind: "loading" };
    try {
      const { SettingsArea } = await import("./settings/settings-area.tsx");
      state.value = { kind: "ready", Area: SettingsArea };
    } catch {
      // Offline, or the desk has been updated and its files are others now.
      state.value = { kind: "failed" };
    }
  }
  useEffect(() => void load(), []);

  if (state.value.kind === "ready") return <state.value.Area />;
  return (
    <main id="settings" class="settings" aria-busy={state.value.kind === "loading"}>
      {state.value.kind === "failed" && (
        <div class="empty" role="alert">
          <p>{texts.settingsFailed}</p>
          <button type="button" class="button" onClick={() => void load()}>
            {texts.retry}
          </button>
        </div>
      )}
    </main>
  );
}
