// The name that must be typed before something great is lost.
import type { Signal } from "@preact/signals";
import { contactTexts as texts } from "./texts-contact.ts";

/** Case and spaces around it are nobody's proof. */
export const isSame = (said: string, name: string): boolean =>
  said.trim().toLocaleLowerCase() === name.trim().toLocaleLowerCase();

export function TypedField({ typed, said }: { typed: string; said: Signal<string> }) {
  return (
    <label class="field">
      <span dir="auto">{texts.typeToConfirm(typed)}</span>
      <input
        type="text"
        autocomplete="off"
        autofocus
        dir="auto"
        value={said.value}
        onInput={(event) => (said.value = event.currentTarget.value)}
      />
    </label>
  );
}
