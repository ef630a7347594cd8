// A form in a message: real fields with labels, faults beside them, and afterwards what was sent.
import { useRef } from "preact/hooks";
import type { Message } from "../../../protocol/records.ts";
import type { FormItem, SubmittedValues } from "../../../protocol/rich-content.ts";
import type { Failure } from "../../../protocol/result.ts";
import { tracked, useSignal } from "../tracked.ts";
import type { Answer, SendAnswer } from "../../chat/answers.ts";
import { Submit } from "./Submit.tsx";
import { richTexts } from "./texts-rich.ts";

type Values = SubmittedValues["form"];

interface FieldProps {
  id: string;
  item: FormItem;
  fault: string | undefined;
}

function Field({ id, item, fault }: FieldProps) {
  const { name, type, placeholder, required, options = [], default: preset = "" } = item;
  const common = {
    id,
    name,
    required,
    "aria-invalid": fault !== undefined,
    "aria-describedby": `${id}-fault`,
  };
  return (
    <div class="field">
      <label for={id} dir="auto">
        {item.label}
        {!required && <small> ({richTexts.optional})</small>}
      </label>
      {type === "select" ? (
        <select {...common} defaultValue={preset}>
          <option value="">{placeholder ?? richTexts.choose}</option>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      ) : type === "text_area" ? (
        <textarea
          {...common}
          class="input"
          rows={3}
          placeholder={placeholder}
          defaultValue={preset}
        />
      ) : (
        <input
          {...common}
          class="input"
          dir="auto"
          {...(type === "email" ? ({ type, autocomplete: "email" } as const) : { type: "text" })}
          placeholder={placeholder}
          defaultValue={preset}
        />
      )}
      <p class="fault" id={`${id}-fault`}>
        {fault}
      </p>
    </div>
  );
}

const faultOf = ({ type, required }: FormItem, value: string): string | undefined => {
  if (value === "") return required ? richTexts.required : undefined;
  return type === "email" && !/^\S+@\S+\.\S+$/.test(value) ? richTexts.notAnEmail : undefined;
};

/** `submitted_values.mail` names a field of the form. */
const fieldOf = ({ field }: Failure) => field?.replace(/^submitted_values\./, "");

interface FormProps {
  message: Message;
  items: FormItem[];
  send: SendAnswer;
  toAnswer: (values: Values) => Answer;
}

export const Form = tracked(function Form({ message, items, send, toAnswer }: FormProps) {
  const form = useRef<HTMLFormElement>(null);
  const faults = useSignal<Record<string, string>>({});
  const failure = useSignal<Failure | null>(null);
  const isSending = useSignal(false);

  function show(found: Record<string, string>): void {
    faults.value = found;
    const [first] = Object.keys(found);
    const index = items.findIndex(({ name }) => name === first);
    form.current?.querySelectorAll<HTMLElement>("[name]")[index]?.focus();
  }

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    if (isSending.peek() || !form.current) return;
    const data = new FormData(form.current);
    const values = items.map(({ name }) => {
      const value = data.get(name);
      return { name, value: typeof value === "string" ? value.trim() : "" };
    });
    const wrong = items.flatMap((item, at) => {
      const fault = faultOf(item, values[at]?.value ?? "");
      return fault ? [[item.name, fault]] : [];
    });
    failure.value = null;
    show(Object.fromEntries(wrong) as Record<string, string>);
    if (wrong.length > 0) return;
    isSending.value = true;
    const result = await send(message, toAnswer(values));
    isSending.value = false;
    if (result.ok) return;
    const name = fieldOf(result.error);
    if (items.some((item) => item.name === name)) show({ [name ?? ""]: richTexts.invalid });
    else failure.value = result.error;
  }
  return (
    <form ref={form} class="answer" noValidate onSubmit={(event) => void submit(event)}>
      {items.map((item, index) => (
        <Field
          key={item.name}
          id={`answer-${message.id}-${index}`}
          item={item}
          fault={faults.value[item.name]}
        />
      ))}
      <Submit label={richTexts.send} isSending={isSending.value} failure={failure.value} />
    </form>
  );
});

/** What was sent, under the labels of the form. */
export const SentForm = ({ items, values }: { items: FormItem[]; values: Values }) => (
  <div class="answer">
    <p>{richTexts.formThanks}</p>
    <dl>
      {items.map(({ name, label, options }) => {
        const value = values.find((one) => one.name === name)?.value;
        const shown = options?.find((option) => option.value === value)?.label ?? value;
        return (
          <div key={name}>
            <dt dir="auto">{label}</dt>
            <dd dir="auto">{shown || richTexts.leftEmpty}</dd>
          </div>
        );
      })}
    </dl>
  </div>
);
