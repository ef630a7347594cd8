// One slim bar while the desk does not hear the server.
import { useWorkspace } from "./desk-context.ts";
import { OfflineIcon } from "./icons.tsx";
import { connectionTexts, outdatedText, texts } from "./texts.ts";

export function ConnectionBar() {
  const { connection } = useWorkspace();
  const status = connection.status.value;
  const isOutdated = connection.refusal.value?.code === "protocol_mismatch";
  const isShown = status === "reconnecting" || status === "refused";
  return (
    <output class="connection" data-status={status}>
      {isShown ? (
        <p class="connection-bar">
          <OfflineIcon />
          {isOutdated ? outdatedText : connectionTexts[status]}
          {status === "refused" && (
            <button type="button" class="text-button" onClick={() => location.reload()}>
              {texts.reload}
            </button>
          )}
        </p>
      ) : (
        <span class="visually-hidden">{connectionTexts[status]}</span>
      )}
    </output>
  );
}
