// The button for emoji, beside the message. What there is to choose from comes when it is pressed first.
import type { RefObject } from "preact";
import type { EmojiPickerProps } from "./emoji/EmojiPicker.tsx";
import { Icon } from "./Icon.tsx";
import { texts } from "./texts.ts";
import { tracked, useSignal } from "./tracked.ts";
import type { ChatView } from "./view.ts";

interface EmojiButtonProps {
  view: ChatView;
  field: RefObject<HTMLTextAreaElement | null>;
  /** What the field says now. */
  onWrite: (text: string) => void;
}

export const EmojiButton = tracked(function EmojiButton({
  view,
  field,
  onWrite,
}: EmojiButtonProps) {
  const isOpen = useSignal(false);
  const Picker = view.emoji.value?.Picker;
  const isReady = useSignal(false);

  async function toggle(): Promise<void> {
    isOpen.value = !isOpen.peek();
    isReady.value = false;
    if (!isOpen.peek()) return;
    const { createEmojiPicker } = await import("./emoji/EmojiPicker.tsx");
    const picker = (view.emoji.value ??= createEmojiPicker(view.core));
    await picker.prepare();
    isReady.value = true;
  }
  const props: EmojiPickerProps = {
    onPick(emoji) {
      const { current } = field;
      if (!current) return;
      const { selectionStart, selectionEnd, maxLength, textLength } = current;
      if (textLength - (selectionEnd - selectionStart) + emoji.length > maxLength) return;
      current.setRangeText(emoji, selectionStart, selectionEnd, "end");
      onWrite(current.value);
    },
    onClose(isEscape) {
      isOpen.value = false;
      if (isEscape) field.current?.focus();
    },
  };
  return (
    <>
      <button
        type="button"
        class="attach"
        aria-label={texts.emoji}
        aria-haspopup="dialog"
        aria-expanded={isOpen.value}
        onClick={() => void toggle().catch(() => (isOpen.value = false))}
      >
        <Icon name="smile" />
      </button>
      {isOpen.value && isReady.value && Picker && <Picker {...props} />}
    </>
  );
});
