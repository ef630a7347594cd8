// The form before a chat: fields of the inbox's choice, each with its fault beside it.
import { useEffect, useRef } from "preact/hooks";
import type { FunctionComponent } from "preact";
import { WIDGET_TEXT_MAX_LENGTH } from "../../protocol/limits.ts";
import type { PreChatField, PreChatForm } from "../../protocol/records-pre-chat.ts";
import type { FieldValues, PreChatStore } from "../store/pre-chat.ts";
import type { ThreadKey } from "../store/chat-window.ts";
import { texts as chatTexts } from "./texts.ts";
import { preChatTexts as texts } from "./texts-pre-chat.ts";
import { tracked, useSignal } from "./tracked.ts";
import type { ChatView } from "./view.ts";

type Answer = FieldValues[string];

/** Its kinds are one list to the browser, and several to the types. */
const inputTypes: Record<PreChatField["type"], string> = {
  text: "text",
  email: "email",
  phone: "tel",
  number: "text",
  currency: "text",
  percent: "text",
  link: "url",
  date: "date",
  list: "text",
  checkbox: "checkbox",
};
const autocomplete: Record<string, "name" | "email" | "tel"> = {
  fullName: "name",
  emailAddress: "email",
  phoneNumber: "tel",
};
const isNumber = (said: string) => said.trim() !== "" && Number.isFinite(Number(said));
const isLink = (said: string) => /^https?:\/\/[^\s/]+/i.test(said) && URL.canParse(said);
/** As strict as the server, or less: it has the last word. */
const kinds: Partial<
  Record<PreChatField["type"], [fits: (said: string) => boolean, wrong: string]>
> = {
  email: [(said) => /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(said), "email"],
  phone: [(said) => /^\+?[\d\s()./-]{4,32}$/.test(said), "phone"],
  link: [isLink, "link"],
  number: [isNumber, "number"],
  currency: [isNumber, "number"],
  percent: [isNumber, "number"],
  date: [(said) => /^\d{4}-\d\d-\d\d$/.test(said), "date"],
};

/** What is wrong with an answer, in words. */
export function faultOf({ type, required }: PreChatField, answer: Answer): string | undefined {
  if (typeof answer === "boolean") return required && !answer ? texts.mustTick : undefined;
  const said = answer.trim();
  if (said === "") return required ? texts.required : undefined;
  const [fits, wrong] = kinds[type] ?? [];
  return fits?.(said) === false && wrong ? texts.wrong[wrong] : undefined;
}

interface FieldProps {
  field: PreChatField;
  value: Answer;
  fault: string | undefined;
  onAnswer: (answer: Answer) => void;
}

function Field({ field, value, fault, onAnswer }: FieldProps) {
  const { name, type, required, placeholder, values } = field;
  const label = field.label || (texts.fields[name] ?? name);
  const id = `before-${name}`;
  const common = {
    id,
    name,
    required,
    "aria-invalid": fault ? ("true" as const) : undefined,
    "aria-describedby": fault ? `${id}-fault` : undefined,
  };
  return (
    <div class={type === "checkbox" ? "field tick" : "field"}>
      <label for={id}>
        <bdi>{label}</bdi> {!required && type !== "checkbox" && <small>({texts.optional})</small>}
      </label>
      {type === "list" ? (
        <select
          {...common}
          value={String(value)}
          onChange={(event) => onAnswer(event.currentTarget.value)}
        >
          <option value="">{placeholder || texts.choose}</option>
          {values.map((choice) => (
            <option key={choice} value={choice}>
              {choice}
            </option>
          ))}
        </select>
      ) : type === "checkbox" ? (
        <input
          {...common}
          type="checkbox"
          checked={value === true}
          onChange={(event) => onAnswer(event.currentTarget.checked)}
        />
      ) : (
        <input
          {...common}
          type={inputTypes[type] as "text"}
          dir="auto"
          {...(kinds[type]?.[1] === "number" ? { inputMode: "decimal" as const } : {})}
          autocomplete={autocomplete[name] ?? "off"}
          maxLength={WIDGET_TEXT_MAX_LENGTH}
          placeholder={placeholder}
          value={String(value)}
          onInput={(event) => onAnswer(event.currentTarget.value)}
        />
      )}
      {fault && (
        <p class="fault" id={`${id}-fault`}>
          {fault}
        </p>
      )}
    </div>
  );
}

interface ConsentProps {
  consent: NonNullable<PreChatForm["consent"]>;
  isGiven: boolean;
  fault: string | undefined;
  onGive: (isGiven: boolean) => void;
}

function Consent({ consent, isGiven, fault, onGive }: ConsentProps) {
  const { text, privacy_url, required } = consent;
  const link = privacy_url && (
    <a href={privacy_url} target="_blank" rel="noopener noreferrer">
      {texts.privacy}
    </a>
  );
  return (
    <div class="field tick">
      {required ? (
        <>
          <label for="before-consent">
            <bdi>{text}</bdi>
          </label>
          <input
            id="before-consent"
            type="checkbox"
            required
            checked={isGiven}
            aria-invalid={fault ? "true" : undefined}
            aria-describedby={fault ? "before-consent-fault" : undefined}
            onChange={(event) => onGive(event.currentTarget.checked)}
          />
        </>
      ) : (
        <p dir="auto">{text}</p>
      )}
      {link && <p class="privacy">{link}</p>}
      {fault && (
        <p class="fault" id="before-consent-fault">
          {fault}
        </p>
      )}
    </div>
  );
}

/** The form of one chat; it asks for what the inbox wants at that moment. */
export function createPreChatForm(
  store: PreChatStore,
  view: Pick<ChatView, "isPhone">,
): FunctionComponent<{ threadKey: ThreadKey }> {
  return tracked(function PreChatView({ threadKey }: { threadKey: ThreadKey }) {
    const root = useRef<HTMLFormElement>(null);
    /** Undefined: as known, until the visitor has written something else. */
    const said = useSignal<FieldValues>({});
    const isGiven = useSignal(false);
    /** Faults are told once the visitor thinks that he is done, and go while he mends them. */
    const isChecked = useSignal(false);
    const form = store.form();
    useEffect(() => {
      if (view.isPhone.peek()) return;
      const { current } = root;
      const fields = [...(current?.querySelectorAll<HTMLInputElement>("input,select") ?? [])];
      (fields.find(({ value }) => value === "") ?? fields[0])?.focus({ preventScroll: true });
    }, []);
    if (!form) return null;
    const { fields, consent, message } = form;
    const valueOf = (field: PreChatField) => said.value[field.name] ?? store.known(field);
    const faults = fields.map((field) => faultOf(field, valueOf(field)));
    const consentFault = consent?.required && !isGiven.value ? texts.mustTick : undefined;

    function send(event: Event): void {
      event.preventDefault();
      isChecked.value = true;
      const panel = root.current?.closest("dialog");
      if (consentFault || faults.some(Boolean)) {
        const index = faults.findIndex(Boolean);
        const wrong = root.current?.querySelectorAll<HTMLElement>("input,select");
        (index === -1 ? wrong?.[fields.length] : wrong?.[index])?.focus();
        return;
      }
      const answers = fields.map((field) => {
        const value = valueOf(field);
        return [field.name, typeof value === "string" ? value.trim() : value] as const;
      });
      store.submit(threadKey, Object.fromEntries(answers), isGiven.value);
      // The field to write in takes the form's place.
      setTimeout(() => panel?.querySelector("textarea")?.focus());
    }

    return (
      <form ref={root} class="before" noValidate aria-label={texts.formTitle} onSubmit={send}>
        <p dir="auto">{message || chatTexts.startHint}</p>
        {fields.map((field, index) => (
          <Field
            key={field.name}
            field={field}
            value={valueOf(field)}
            fault={isChecked.value ? faults[index] : undefined}
            onAnswer={(answer) => (said.value = { ...said.peek(), [field.name]: answer })}
          />
        ))}
        {consent && (
          <Consent
            consent={consent}
            isGiven={isGiven.value}
            fault={isChecked.value ? consentFault : undefined}
            onGive={(next) => (isGiven.value = next)}
          />
        )}
        <button type="submit">{texts.start}</button>
      </form>
    );
  });
}
