// Copying, with a notice of whether the browser has allowed it.
import { useDesk } from "../desk-context.ts";

/** Answers the function that copies a text. */
export function useCopy(): (text: string) => void {
  const { toasts } = useDesk();
  return (text) => {
    // Without HTTPS there is no clipboard at all.
    const copied = (async () => await navigator.clipboard.writeText(text))();
    copied.then(
      () => toasts.show({ kind: "copied" }),
      () => toasts.show({ kind: "copy_failed" }),
    );
  };
}
