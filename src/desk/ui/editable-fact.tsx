// A fact that can be changed where it stands: a pencil opens the field, Enter saves, Escape leaves it.
// Where it cannot be saved, it is a fact.
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import type { Failure, Result } from "../../protocol/result.ts";
import { Fact } from "./fact.tsx";
import { CheckIcon, PencilIcon } from "./icons-workspace.tsx";
import { CloseIcon } from "./icons.tsx";
import { failureText, texts as deskTexts } from "./texts.ts";
import { contactTexts as texts, editText } from "./texts-contact.ts";

export type FactInput = "text" | "email" | "tel" | "number" | "url" | "date" | "list";

interface Props {
  name: string;
  icon?: ComponentChildren;
  input: FactInput;
  /** As the field takes it; empty: not set. */
  value: string;
  /** Of a list. */
  options?: readonly string[];
  maxLength?: number;
  children: ComponentChildren;
  save: (value: string) => Promise<Result<unknown>>;
}

export function EditableFact({
  save,
  ...props
}: Omit<Props, "save"> & { save: Props["save"] | undefined }) {
  if (save) return <Editable {...props} save={save} />;
  return (
    <Fact name={props.name} icon={props.icon}>
      {props.children}
    </Fact>
  );
}

function Editable(props: Props) {
  const { name, icon, value, save } = props;
  /** What is being written; null while nothing is. */
  const written = useSignal<string | null>(null);
  const failed = useSignal<Failure | null>(null);
  const pencil = useRef<HTMLButtonElement>(null);

  function leave(): void {
    written.value = null;
    failed.value = null;
    queueMicrotask(() => pencil.current?.focus());
  }

  async function submit(said: string): Promise<void> {
    if (said === value) return leave();
    leave();
    const result = await save(said);
    if (result.ok) return;
    // What was written is not lost: the field opens again with what is wrong with it.
    written.value = said;
    failed.value = result.error;
  }

  return (
    <div class="fact-line">
      <dt>
        {icon}
        {name}
      </dt>
      <dd dir="auto">
        {written.value === null ? (
          <>
            <span class="fact-value">
              {props.children || <span class="quiet">{deskTexts.none}</span>}
            </span>
            <button
              ref={pencil}
              type="button"
              class="icon-button fact-edit"
              aria-label={editText(name)}
              title={editText(name)}
              onClick={() => (written.value = value)}
            >
              <PencilIcon />
            </button>
          </>
        ) : (
          <Editor
            {...props}
            written={written.value}
            failed={failed.value}
            onWrite={(said) => {
              written.value = said;
              failed.value = null;
            }}
            onSubmit={(said) => void submit(said)}
            onLeave={leave}
          />
        )}
      </dd>
    </div>
  );
}

interface EditorProps extends Props {
  written: string;
  failed: Failure | null;
  onWrite: (said: string) => void;
  onSubmit: (said: string) => void;
  onLeave: () => void;
}

function Editor(props: EditorProps) {
  const { name, input, options = [], written, failed, onWrite, onSubmit, onLeave } = props;
  const field = useRef<HTMLInputElement & HTMLSelectElement>(null);
  const problemId = useId();

  useEffect(() => {
    field.current?.focus();
    if (input === "text") field.current?.select?.();
  }, []);

  const shared = {
    ref: field,
    class: "fact-field",
    "aria-label": name,
    "aria-invalid": failed !== null,
    "aria-describedby": failed ? problemId : undefined,
    value: written,
    dir: "auto",
  } as const;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape leaves from anywhere within
    <form
      class="fact-form"
      noValidate={input !== "number" && input !== "date"}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit(written.trim());
      }}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        onLeave();
      }}
    >
      {input === "list" ? (
        <select {...shared} onChange={({ currentTarget }) => onWrite(currentTarget.value)}>
          <option value="">{deskTexts.none}</option>
          {[...new Set([...options, ...(written === "" ? [] : [written])])].map((option) => (
            <option key={option} value={option}>
              {option}
            </option>
          ))}
        </select>
      ) : (
        <FieldOf
          input={input}
          shared={{
            ...shared,
            maxLength: props.maxLength,
            onInput: ({ currentTarget }) => onWrite(currentTarget.value),
          }}
        />
      )}
      <button type="submit" class="icon-button" aria-label={texts.save} title={texts.save}>
        <CheckIcon />
      </button>
      <button
        type="button"
        class="icon-button"
        aria-label={texts.cancel}
        title={texts.cancel}
        onClick={onLeave}
      >
        <CloseIcon />
      </button>
      {failed && (
        <p id={problemId} class="field-problem" role="alert">
          {failed.code === "invalid" ? texts.notTaken : failureText(failed)}
        </p>
      )}
    </form>
  );
}

interface Shared {
  class: string;
  value: string;
  maxLength: number | undefined;
  onInput: (event: { currentTarget: HTMLInputElement }) => void;
}

function FieldOf({ input, shared }: { input: Exclude<FactInput, "list">; shared: Shared }) {
  const { maxLength, ...rest } = shared;
  switch (input) {
    case "number":
      return <input type="number" step="any" {...rest} />;
    case "date":
      return <input type="date" {...rest} />;
    case "email":
      return <input type="email" autocomplete="off" maxLength={maxLength} {...rest} />;
    case "tel":
      return <input type="tel" autocomplete="off" maxLength={maxLength} {...rest} />;
    case "url":
      return <input type="url" autocomplete="off" maxLength={maxLength} {...rest} />;
    case "text":
      return <input type="text" autocomplete="off" maxLength={maxLength} {...rest} />;
  }
}
