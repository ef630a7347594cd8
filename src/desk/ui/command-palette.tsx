// Every command by name.
import { commandsOf } from "./commands.ts";
import { useDesk } from "./desk-context.ts";
import { Picker } from "./picker.tsx";
import { texts } from "./texts.ts";

export function CommandPalette() {
  const desk = useDesk();
  const close = () => void (desk.layout.dialog.value = null);
  return (
    <Picker
      label={texts.palette}
      hint={texts.paletteHint}
      emptyText={texts.paletteEmpty}
      items={commandsOf(desk).map((command) =>
        Object.assign({}, command, command.key && { keys: command.key.toUpperCase() }),
      )}
      onPick={({ run }) => {
        // Closed first: a command may move the focus, which closing gives back.
        close();
        queueMicrotask(() => setTimeout(run));
      }}
      onClose={close}
    />
  );
}
