// On a phone, where one pane is shown at a time: from the thread back to the list.
import { useWorkspace } from "./desk-context.ts";
import { ChevronLeftIcon } from "./icons.tsx";
import { texts } from "./texts.ts";

export function BackButton() {
  const { open } = useWorkspace();
  return (
    <button
      type="button"
      class="icon-button phone-only"
      aria-label={texts.back}
      title={texts.back}
      onClick={() => open(null)}
    >
      <ChevronLeftIcon />
    </button>
  );
}
