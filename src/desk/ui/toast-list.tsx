// Notices in the corner, read out politely, with the way back.
import { useDesk } from "./desk-context.ts";
import { CloseIcon } from "./icons.tsx";
import { noticeText } from "./texts-notices.ts";
import { texts } from "./texts.ts";

export function ToastList() {
  const { toasts } = useDesk();
  const hold = (isHeld: boolean) => () => toasts.hold(isHeld);
  return (
    <output
      class="toasts"
      onPointerEnter={hold(true)}
      onPointerLeave={hold(false)}
      onFocusIn={hold(true)}
      onFocusOut={hold(false)}
    >
      {toasts.all.value.map(({ id, notice, undo }) => (
        <div key={id} class={notice.kind === "failed" ? "toast toast-failed" : "toast"}>
          <p>{noticeText(notice)}</p>
          {undo && (
            <button type="button" class="text-button" onClick={() => toasts.undo(id)}>
              {texts.undo}
            </button>
          )}
          <button
            type="button"
            class="icon-button"
            aria-label={texts.dismiss}
            onClick={() => toasts.dismiss(id)}
          >
            <CloseIcon />
          </button>
        </div>
      ))}
    </output>
  );
}
