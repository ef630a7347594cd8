// A modal dialog: the browser's own, which traps the focus and gives it back.
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

interface Props {
  label: string;
  class: string;
  onClose: () => void;
  children: ComponentChildren;
}

/** Open for as long as it is drawn. */
export function Dialog({ label, class: className, onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const isGone = useRef(false);

  useEffect(() => {
    const element = dialog.current;
    const opener = document.activeElement;
    element?.showModal();
    return () => {
      // What closes because it is drawn no more has told already, and what follows it stays open.
      isGone.current = true;
      element?.close();
      // Removed from the page at once, the dialog cannot always give the focus back itself.
      if (opener instanceof HTMLElement) opener.focus();
    };
  }, []);

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/click-events-have-key-events -- a click on the backdrop closes; the keyboard has Escape
    <dialog
      ref={dialog}
      class={className}
      aria-label={label}
      onClose={() => {
        if (!isGone.current) onClose();
      }}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
    >
      {children}
    </dialog>
  );
}
