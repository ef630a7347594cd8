// Every command by name: type, choose with the arrows, Enter.
/* oxlint-disable jsx-a11y/prefer-tag-over-role, jsx-a11y/no-noninteractive-element-to-interactive-role --
   ARIA's combobox: HTML has no list of options beside a text field that keeps the focus. */
import { useSignal } from "@preact/signals";
import { useEffect, useId, useRef } from "preact/hooks";
import { commandsOf } from "./commands.ts";
import type { Command } from "./commands.ts";
import { useDesk } from "./desk-context.ts";
import { Dialog } from "./dialog.tsx";
import { texts } from "./texts.ts";

function matches(command: Command, typed: string): boolean {
  const label = command.label.toLocaleLowerCase();
  return typed
    .toLocaleLowerCase()
    .split(/\s+/u)
    .every((word) => label.includes(word));
}

export function CommandPalette() {
  const desk = useDesk();
  const typed = useSignal("");
  const chosen = useSignal(0);
  const listId = useId();
  const list = useRef<HTMLUListElement>(null);
  const found = commandsOf(desk).filter((command) => matches(command, typed.value));
  const at = Math.min(chosen.value, found.length - 1);

  useEffect(() => {
    list.current?.children[at]?.scrollIntoView?.({ block: "nearest" });
  }, [at]);

  const close = () => void (desk.layout.dialog.value = null);
  // Closed first: a command may move the focus, which closing gives back.
  const run = (command: Command | undefined) => {
    if (!command) return;
    close();
    queueMicrotask(() => setTimeout(command.run));
  };

  function onKeyDown(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) chosen.value = (at + step + found.length) % (found.length || 1);
    else if (event.key === "Enter" && !event.isComposing) run(found[at]);
    else return;
    event.preventDefault();
  }

  return (
    <Dialog label={texts.palette} class="dialog palette" onClose={close}>
      <input
        type="text"
        class="palette-field"
        role="combobox"
        aria-label={texts.paletteHint}
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={found[at] && `${listId}-${found[at].id}`}
        placeholder={texts.paletteHint}
        value={typed.value}
        onInput={(event) => {
          typed.value = event.currentTarget.value;
          chosen.value = 0;
        }}
        onKeyDown={onKeyDown}
      />
      <ul ref={list} id={listId} class="palette-list" role="listbox" aria-label={texts.palette}>
        {found.map((command, index) => (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the field above holds the focus and the keys
          <li
            key={command.id}
            id={`${listId}-${command.id}`}
            role="option"
            aria-selected={index === at}
            class="palette-item"
            onClick={() => run(command)}
            onPointerMove={() => (chosen.value = index)}
          >
            <span>{command.label}</span>
            {command.key && <kbd>{command.key.toUpperCase()}</kbd>}
          </li>
        ))}
      </ul>
      {found.length === 0 && <p class="quiet palette-empty">{texts.paletteEmpty}</p>}
    </Dialog>
  );
}
