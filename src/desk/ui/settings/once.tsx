// Something that is shown one time: a secret, an invitation's link.
import { useEffect, useRef } from "preact/hooks";
import { CopyLine } from "./editor-form.tsx";
import { texts } from "./texts.ts";
import { useCopy } from "./use-copy.ts";

interface Props {
  label: string;
  secret: string;
  text?: string;
  onDone: () => void;
}

export function Once({ label, secret, text, onDone }: Props) {
  const copy = useCopy();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section class="once" aria-label={label}>
      <h2 ref={heading} tabIndex={-1}>
        {texts.onceTitle}
      </h2>
      <p>{text ?? texts.onceText}</p>
      <CopyLine label={label} text={secret} copy={() => copy(secret)} />
      <button type="button" class="button" onClick={onDone}>
        {texts.done}
      </button>
    </section>
  );
}
