// One picture, as large as the screen allows, and its neighbours. Loaded when somebody opens one.
import { render } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Attachment } from "../../protocol/records-attachments.ts";
import { fileTexts } from "./texts-files.ts";
import { tracked, useSignal } from "./tracked.ts";

const css = `
.viewer{box-sizing:border-box;width:100%;height:100%;max-width:none;max-height:none;padding:0;border:0;
background:rgb(0 0 0/.9);color:#fff;font:var(--font)}
.viewer[open]{display:flex;align-items:center;justify-content:center}
.viewer img{max-width:100%;max-height:calc(100% - 112px);object-fit:contain}
.viewer div{position:absolute;inset:0 0 auto;display:flex;align-items:center;gap:8px;padding:8px 12px}
.viewer bdi{flex:1;min-width:0;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.viewer button,.viewer a{box-sizing:border-box;min-width:44px;height:44px;padding:0 12px;border:1px solid #fff6;
border-radius:22px;background:#000a;color:#fff;line-height:42px;text-align:center;text-decoration:none;cursor:pointer}
.viewer .step{position:absolute;top:calc(50% - 22px);inset-inline-start:12px}
.viewer .step.on{inset-inline:auto 12px}
.viewer :focus-visible{outline:2px solid #fff;outline-offset:2px}`;

const Viewer = tracked(function Viewer({
  all,
  first,
  onClose,
}: {
  all: Attachment[];
  first: number;
  onClose: () => void;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const at = useSignal(first);
  useEffect(() => dialog.current?.showModal(), []);
  const file = all[at.value] ?? all[0];
  if (!file) return null;
  const step = (by: number) => (at.value = Math.min(Math.max(at.peek() + by, 0), all.length - 1));
  return (
    // A dialog is where its keys are heard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <dialog
      ref={dialog}
      class="viewer"
      aria-label={fileTexts.viewer}
      onClose={onClose}
      onKeyDown={(event) => {
        // The chat behind it must not close, too.
        event.stopPropagation();
        if (event.key === "ArrowLeft") step(-1);
        if (event.key === "ArrowRight") step(1);
      }}
      onClick={(event) => event.target === event.currentTarget && dialog.current?.close()}
    >
      <img src={file.data_url} alt={file.file_name} />
      <div>
        <bdi>{file.file_name}</bdi>
        <a href={file.data_url} download={file.file_name} target="_blank" rel="noopener noreferrer">
          {fileTexts.save}
        </a>
        <button type="button" aria-label={fileTexts.close} onClick={() => dialog.current?.close()}>
          ×
        </button>
      </div>
      {at.value > 0 && (
        <button type="button" class="step" aria-label={fileTexts.previous} onClick={() => step(-1)}>
          ‹
        </button>
      )}
      {at.value < all.length - 1 && (
        <button type="button" class="step on" aria-label={fileTexts.next} onClick={() => step(1)}>
          ›
        </button>
      )}
    </dialog>
  );
});

/** Opens it over everything; the focus returns where it was. Answers the function that takes it away. */
export function openViewer(deps: {
  root: ShadowRoot;
  addStyle: (css: string) => unknown;
  all: Attachment[];
  first: number;
  isStyled: boolean;
}): () => void {
  const { root, all, first } = deps;
  if (!deps.isStyled) deps.addStyle(css);
  const before = root.activeElement as HTMLElement | null;
  const holder = root.ownerDocument.createElement("div");
  root.append(holder);
  const close = () => {
    render(null, holder);
    holder.remove();
    before?.focus();
  };
  render(<Viewer all={all} first={first} onClose={close} />, holder);
  return close;
}
