// A button with a menu: arrows move, letters find, Escape and Tab close, the focus returns to the button.
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";

export interface MenuItem {
  id: string;
  label: string;
  /** What stands before the label. */
  picture?: ComponentChildren;
  isChecked?: boolean;
  /** The key that does the same. */
  keys?: string;
  /** A line above separates it from the others. */
  startsSection?: boolean;
  run: () => void;
}

interface Props {
  /** Names the menu, and the button unless `isNamedByContent`. */
  label: string;
  isNamedByContent?: boolean;
  children: ComponentChildren;
  buttonClass: string;
  items: readonly MenuItem[];
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  /** Which edges of the button the menu hangs from. */
  placement?: "below-end" | "above-start";
  /** Opens at the first item, whichever is checked. */
  startsAtTop?: boolean;
}

export function Menu(props: Props) {
  const { label, items, isOpen, onOpenChange, placement = "below-end" } = props;
  const menuId = useId();
  const holder = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);

  const itemElements = () => [
    ...(holder.current?.querySelectorAll<HTMLElement>("[role^=menuitem]") ?? []),
  ];
  const close = (returnsFocus: boolean) => {
    onOpenChange(false);
    if (returnsFocus) button.current?.focus();
  };

  useEffect(() => {
    if (!isOpen) return undefined;
    const elements = itemElements();
    const checked = elements.find((one) => one.getAttribute("aria-checked") === "true");
    (props.startsAtTop ? elements[0] : (checked ?? elements[0]))?.focus();
    const closeOutside = (event: PointerEvent) => {
      if (!(event.target instanceof Node) || !holder.current?.contains(event.target)) {
        onOpenChange(false);
      }
    };
    document.addEventListener("pointerdown", closeOutside);
    return () => document.removeEventListener("pointerdown", closeOutside);
  }, [isOpen]);

  function onKeyDown(event: KeyboardEvent): void {
    if (!isOpen) return;
    const elements = itemElements();
    const at = elements.findIndex((element) => element === document.activeElement);
    const move = (to: number) => elements.at(to % elements.length)?.focus();
    if (event.key === "ArrowDown") move(at + 1);
    else if (event.key === "ArrowUp") move(at - 1);
    else if (event.key === "Home") move(0);
    else if (event.key === "End") move(-1);
    else if (event.key === "Escape") close(true);
    else if (event.key === "Tab") return close(false);
    else if (event.key.length === 1 && event.key !== " ") {
      const following = [...elements.slice(at + 1), ...elements.slice(0, at + 1)];
      const letter = event.key.toLocaleLowerCase();
      following.find((one) => one.textContent.toLocaleLowerCase().startsWith(letter))?.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div class="menu-holder" ref={holder} role="presentation" onKeyDown={onKeyDown}>
      <button
        ref={button}
        type="button"
        class={props.buttonClass}
        aria-label={props.isNamedByContent ? undefined : label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={isOpen ? menuId : undefined}
        onClick={() => onOpenChange(!isOpen)}
      >
        {props.children}
      </button>
      {isOpen && (
        <div id={menuId} role="menu" aria-label={label} class={`menu menu-${placement}`}>
          {items.map((item) => (
            <MenuLine
              key={item.id}
              item={item}
              onPick={() => {
                close(true);
                item.run();
              }}
            />
          ))}
        </div>
      )}
    </div>
  );
}

function MenuLine({ item, onPick }: { item: MenuItem; onPick: () => void }) {
  const isChoice = item.isChecked !== undefined;
  return (
    <button
      type="button"
      role={isChoice ? "menuitemradio" : "menuitem"}
      aria-checked={isChoice ? item.isChecked : undefined}
      class={item.startsSection ? "menu-item starts-section" : "menu-item"}
      tabIndex={-1}
      onClick={onPick}
    >
      {item.picture}
      <span class="menu-item-label">{item.label}</span>
      {item.keys && <kbd aria-hidden="true">{item.keys}</kbd>}
    </button>
  );
}
