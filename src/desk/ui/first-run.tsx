// What an account without any conversation needs first: the script tag.
import { useDesk, useWorkspace } from "./desk-context.ts";
import { CopyIcon, ExternalIcon } from "./icons.tsx";
import { texts } from "./texts.ts";

export function FirstRun() {
  const { toasts } = useDesk();
  const script = useWorkspace().inboxes.all.value[0]?.web_widget_script.trim();

  async function copy(text: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      toasts.show({ kind: "copied" });
    } catch {
      // Without HTTPS or the permission; the tag can still be selected.
      toasts.show({ kind: "copy_failed" });
    }
  }

  return (
    <div class="empty empty-thread first-run">
      <h2 class="empty-title">{texts.firstRunTitle}</h2>
      <p class="quiet">{texts.firstRunText}</p>
      {script && (
        <div class="snippet">
          <pre>
            <code>{script}</code>
          </pre>
          <button type="button" class="button" onClick={() => void copy(script)}>
            <CopyIcon />
            {texts.copy}
          </button>
        </div>
      )}
      <p>
        <a class="text-link" href="/demo/" target="_blank" rel="noopener">
          {texts.firstRunDemo}
          <ExternalIcon />
        </a>
      </p>
    </div>
  );
}
