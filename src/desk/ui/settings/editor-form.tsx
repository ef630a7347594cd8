// A form of the settings: its fields, and the bar that saves them and says how far that is.
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import type { Failure, Result } from "../../../protocol/result.ts";
import type { Form } from "../../store/settings/form.ts";
import { Dialog } from "../dialog.tsx";
import { failureText, texts as common } from "../texts.ts";
import { TypedField, isSame } from "../typed-field.tsx";
import { useGo } from "./context.ts";
import type { SectionName } from "./sections.ts";
import { texts } from "./texts.ts";

interface Props<Values extends object> {
  form: Form<Values>;
  /** What its button says. "Save" by default. */
  submit?: string;
  /** It can be sent as it is: nothing has to be changed first. */
  isNew?: boolean;
  onSaved?: () => void;
  /** Better words for a failure, where the page has some. */
  explain?: (failure: Failure) => string | undefined;
  /** What else is at the end. */
  more?: ComponentChildren;
  children: ComponentChildren;
}

export function EditorForm<Values extends object>(props: Props<Values>) {
  const { form, isNew = false } = props;
  const element = useRef<HTMLFormElement>(null);
  const { failure, isDirty, isSaving, isSaved } = form;

  async function submit(): Promise<void> {
    if (isSaving.peek() || (!isNew && !isDirty.peek())) return;
    if (await form.submit()) props.onSaved?.();
    // After the fields have been drawn with what is wrong with them.
    else setTimeout(() => element.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus());
  }

  const isIdle = isSaving.value || (!isNew && !isDirty.value);
  return (
    <form
      ref={element}
      class="editor-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      {props.children}
      <div class="save-bar">
        <p class="save-problem" role="alert">
          {failure.value && (props.explain?.(failure.value) ?? failureText(failure.value))}
        </p>
        <div class="save-buttons">
          <button type="submit" class="button button-primary" aria-disabled={isIdle}>
            {isSaving.value ? texts.saving : (props.submit ?? texts.save)}
          </button>
          {!isNew && isDirty.value && (
            <button type="button" class="button" onClick={() => form.reset()}>
              {texts.reset}
            </button>
          )}
          <output class="quiet">{isSaved.value && !isDirty.value ? texts.saved : ""}</output>
          {props.more}
        </div>
      </div>
    </form>
  );
}

/** A button that throws something away; the notice that follows offers the way back. */
export function DiscardButton(props: {
  /** Whose list comes next. */
  section: SectionName;
  hint: string;
  discard: () => void;
}) {
  const go = useGo();
  function discard(): void {
    props.discard();
    go(props.section, "replace");
  }
  return (
    <button type="button" class="button button-danger" title={props.hint} onClick={discard}>
      {texts.remove}
    </button>
  );
}

interface RemoveProps {
  /** What the button says. */
  label: string;
  /** The question, and what is lost. */
  title: string;
  text: string;
  /** What must be typed first, where the loss is great. */
  typed?: string;
  remove: () => Promise<Result<unknown>>;
  onRemoved: () => void;
  explain?: (failure: Failure) => string | undefined;
  class?: string;
}

/** A button that removes something for good, once that is confirmed. */
export function RemoveButton(props: RemoveProps) {
  const isAsking = useSignal(false);
  const isBusy = useSignal(false);
  const problem = useSignal("");
  const said = useSignal("");
  const isSaid = props.typed === undefined || isSame(said.value, props.typed);

  async function remove(): Promise<void> {
    if (isBusy.peek() || !isSaid) return;
    isBusy.value = true;
    const result = await props.remove();
    isBusy.value = false;
    // Somebody else was faster: it is gone as well.
    if (!result.ok && result.error.code !== "not_found") {
      problem.value = props.explain?.(result.error) ?? failureText(result.error);
      return;
    }
    isAsking.value = false;
    props.onRemoved();
  }

  return (
    <>
      <button
        type="button"
        class={props.class ?? "button button-danger"}
        onClick={() => {
          problem.value = "";
          said.value = "";
          isAsking.value = true;
        }}
      >
        {props.label}
      </button>
      {isAsking.value && (
        <Dialog
          label={props.title}
          class="dialog question"
          onClose={() => (isAsking.value = false)}
        >
          <h2>{props.title}</h2>
          <p>{props.text}</p>
          {props.typed !== undefined && <TypedField typed={props.typed} said={said} />}
          <p class="save-problem" role="alert">
            {problem}
          </p>
          <div class="question-buttons">
            <button
              type="button"
              class="button"
              autofocus={props.typed === undefined}
              onClick={() => (isAsking.value = false)}
            >
              {texts.cancel}
            </button>
            <button
              type="button"
              class="button button-danger"
              aria-disabled={isBusy.value || !isSaid}
              onClick={() => void remove()}
            >
              {props.label}
            </button>
          </div>
        </Dialog>
      )}
    </>
  );
}

/** A secret or a line to copy, with the button that does it. */
export function CopyLine({ text, label, copy }: { text: string; label: string; copy: () => void }) {
  return (
    <div class="copy-line">
      <fieldset aria-label={label}>
        <code>
          {/* A line ends between words, not at the hyphen of an attribute. */}
          {text.split(" ").flatMap((word, at) => [at > 0 && " ", <span key={at}>{word}</span>])}
        </code>
      </fieldset>
      <button type="button" class="button" onClick={copy}>
        {common.copy}
        <span class="visually-hidden">: {label}</span>
      </button>
    </div>
  );
}
