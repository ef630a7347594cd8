// All keys at a glance.
import { useDesk } from "./desk-context.ts";
import { Dialog } from "./dialog.tsx";
import { CloseIcon } from "./icons.tsx";
import { paletteKeys } from "./keyboard.ts";
import { shortcutTexts, texts } from "./texts.ts";

export function ShortcutsDialog() {
  const { layout } = useDesk();
  const close = () => void (layout.dialog.value = null);
  return (
    <Dialog label={texts.shortcuts} class="dialog shortcuts" onClose={close}>
      <header class="dialog-head">
        <h2>{texts.shortcuts}</h2>
        <button type="button" class="icon-button" aria-label={texts.close} onClick={close}>
          <CloseIcon />
        </button>
      </header>
      <dl class="shortcut-list">
        {[{ keys: paletteKeys(), does: texts.allCommands }, ...shortcutTexts].map(
          ({ keys, does }) => (
            <div key={does} class="shortcut">
              <dt>{does}</dt>
              <dd>
                {keys.map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </dd>
            </div>
          ),
        )}
      </dl>
    </Dialog>
  );
}
