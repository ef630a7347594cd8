// A dialog to find and choose in: type, move with the arrows, Enter. One choice, or several in a row.
/* oxlint-disable jsx-a11y/prefer-tag-over-role, jsx-a11y/no-noninteractive-element-to-interactive-role --
   ARIA's combobox: HTML has no list of options beside a text field that keeps the focus. */
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { Dialog } from "./dialog.tsx";
import { CheckIcon } from "./icons-workspace.tsx";

export interface PickerItem {
  id: string;
  label: string;
  /** More words by which it is found, and which stand behind the label. */
  detail?: string;
  picture?: ComponentChildren;
  keys?: string;
  isChosen?: boolean;
}

interface Props<Item extends PickerItem> {
  label: string;
  hint: string;
  /** Where nothing has what was typed. */
  emptyText: string;
  items: readonly Item[];
  /** Stays open and marks what is chosen. */
  isMultiple?: boolean;
  onPick: (item: Item) => void;
  onClose: () => void;
  /** Where somebody else does the searching: what is typed goes there. */
  onType?: (typed: string) => void;
  children?: ComponentChildren;
}

function matches({ label, detail = "" }: PickerItem, typed: string): boolean {
  const said = `${label} ${detail}`.toLocaleLowerCase();
  return typed
    .toLocaleLowerCase()
    .split(/\s+/u)
    .every((word) => said.includes(word));
}

export function Picker<Item extends PickerItem>(props: Props<Item>) {
  const { label, hint, items, isMultiple = false, onPick, onType } = props;
  const typed = useSignal("");
  const pointed = useSignal(0);
  const listId = useId();
  const list = useRef<HTMLUListElement>(null);
  const found = onType ? items : items.filter((item) => matches(item, typed.value));
  const at = Math.min(pointed.value, found.length - 1);

  useEffect(() => {
    list.current?.children[at]?.scrollIntoView?.({ block: "nearest" });
  }, [at]);

  const pick = (item: Item | undefined) => item && onPick(item);

  function onKeyDown(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) pointed.value = (at + step + found.length) % (found.length || 1);
    else if (event.key === "Enter" && !event.isComposing) pick(found[at]);
    else return;
    event.preventDefault();
  }

  return (
    <Dialog label={label} class="dialog palette" onClose={props.onClose}>
      <input
        type="text"
        class="palette-field"
        role="combobox"
        aria-label={hint}
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={found[at] && `${listId}-${found[at].id}`}
        placeholder={hint}
        value={typed.value}
        onInput={(event) => {
          typed.value = event.currentTarget.value;
          pointed.value = 0;
          onType?.(typed.value);
        }}
        onKeyDown={onKeyDown}
      />
      <ul
        ref={list}
        id={listId}
        class="palette-list"
        role="listbox"
        aria-label={label}
        aria-multiselectable={isMultiple || undefined}
      >
        {found.map((item, index) => (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the field above holds the focus and the keys
          <li
            key={item.id}
            id={`${listId}-${item.id}`}
            role="option"
            aria-selected={item.isChosen ?? index === at}
            class={index === at ? "palette-item is-pointed" : "palette-item"}
            onClick={() => pick(item)}
            onPointerMove={() => (pointed.value = index)}
          >
            {item.picture}
            <span class="palette-label" dir="auto">
              {item.label}
            </span>
            {item.detail && (
              <span class="palette-detail quiet" dir="auto">
                {item.detail}
              </span>
            )}
            {item.isChosen && <CheckIcon />}
            {item.keys && <kbd>{item.keys}</kbd>}
          </li>
        ))}
      </ul>
      {found.length === 0 && <p class="quiet palette-empty">{props.emptyText}</p>}
      {props.children}
    </Dialog>
  );
}
