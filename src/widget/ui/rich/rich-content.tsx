// Messages that are more than text: fetched when the first one appears.
import type { FunctionComponent } from "preact";
import type { Message } from "../../../protocol/records.ts";
import type { RichAttributes } from "../../../protocol/rich-content.ts";
import type { Core } from "../../core.ts";
import type { ChatStores } from "../../store/chat.ts";
import type { RichParts } from "../view.ts";
import { createSendAnswer } from "../../chat/answers.ts";
import type { SendAnswer } from "../../chat/answers.ts";
import { Articles, Cards } from "./Cards.tsx";
import { Choices } from "./Choices.tsx";
import { Form, SentForm } from "./Form.tsx";
import { Rating } from "./Rating.tsx";
import css from "./rich-content.css?inline";
import { richTexts } from "./texts-rich.ts";

const emailItems = () => [
  { name: "email", label: richTexts.email, type: "email" as const, required: true },
];

function Part({ message, send }: { message: Message; send: SendAnswer }) {
  // The server has checked it by its type.
  const attributes = message.content_attributes as unknown;
  switch (message.content_type) {
    case "input_select": {
      const { items } = attributes as RichAttributes<"input_select">;
      return <Choices message={message} items={items} send={send} />;
    }
    case "cards": {
      const { items } = attributes as RichAttributes<"cards">;
      return <Cards message={message} items={items} send={send} />;
    }
    case "article":
      return <Articles items={(attributes as RichAttributes<"article">).items} />;
    case "form": {
      const { items, submitted_values: values } = attributes as RichAttributes<"form">;
      if (values) return <SentForm items={items} values={values} />;
      return <Form message={message} items={items} send={send} toAnswer={(said) => said} />;
    }
    case "input_email": {
      const { submitted_values: values } = attributes as RichAttributes<"input_email">;
      if (values) return <p class="thanks">{richTexts.emailThanks(values.email)}</p>;
      const toAnswer = ([first]: { value: string }[]) => ({ email: first?.value ?? "" });
      return <Form message={message} items={emailItems()} send={send} toAnswer={toAnswer} />;
    }
    case "input_csat":
    case "text":
    case "input_text":
    case "input_textarea":
      return null;
    default:
      return message.content_type satisfies never;
  }
}

/** What is drawn in a message's place, or below its text. */
export function createRichParts(core: Core, stores: ChatStores): RichParts {
  core.addStyle(css);
  const send = createSendAnswer(core, stores);
  const Below: FunctionComponent<{ message: Message }> = ({ message }) =>
    message.content_type === "input_csat" ? (
      core.settings.isOn("csat") ? (
        <Rating message={message} send={send} />
      ) : null
    ) : (
      <Part message={message} send={send} />
    );
  return Below;
}
