// What a message asks or shows beside its text, and what the visitor has answered.
import type { Message } from "../../protocol/records.ts";
import type {
  ArticleItem,
  CardItem,
  ChoiceItem,
  FormItem,
  SubmittedValues,
} from "../../protocol/rich-content.ts";

const texts = {
  waiting: "Not answered yet",
  answer: "Answer",
  rating: (rating: number) => `Rated ${rating} of 5`,
  faces: ["😞", "🙁", "😐", "🙂", "😄"],
};

const isLink = (href: string) => /^(https?:\/\/|mailto:|tel:)/.test(href);

function Link({ href, text }: { href: string; text: string }) {
  if (!isLink(href)) return <bdi>{text}</bdi>;
  return (
    <>
      <a href={href} target="_blank" rel="noopener noreferrer nofollow">
        <bdi>{text}</bdi>
      </a>{" "}
      <small>
        <bdi>({href})</bdi>
      </small>
    </>
  );
}

const Waiting = () => <p class="asked-waiting">{texts.waiting}</p>;

function Choices({ items, values }: { items: ChoiceItem[]; values: ChoiceItem[] | undefined }) {
  const chosen = values?.[0];
  return (
    <>
      <ul class="asked-choices">
        {items.map(({ title, value }) => (
          <li key={value} class={value === chosen?.value ? "chosen" : ""} dir="auto">
            {title}
          </li>
        ))}
      </ul>
      {chosen ? (
        <p>
          {texts.answer}: <strong dir="auto">{chosen.title}</strong>
        </p>
      ) : (
        <Waiting />
      )}
    </>
  );
}

function Cards({ items, values }: { items: CardItem[]; values: ChoiceItem[] | undefined }) {
  return (
    <ul class="asked-cards">
      {items.map(({ title, description, actions }, index) => (
        <li key={index}>
          <strong dir="auto">{title}</strong>
          {description && <p dir="auto">{description}</p>}
          {actions.map((action, at) => (
            <p key={at}>
              {action.type === "link" ? (
                <Link href={action.uri} text={action.text} />
              ) : (
                <bdi>{action.text}</bdi>
              )}
            </p>
          ))}
        </li>
      ))}
      {values?.[0] && (
        <li>
          {texts.answer}: <strong dir="auto">{values[0].title}</strong>
        </li>
      )}
    </ul>
  );
}

function Form({
  items,
  values,
}: {
  items: FormItem[];
  values: SubmittedValues["form"] | undefined;
}) {
  return (
    <>
      <dl class="asked-form">
        {items.map(({ name, label, options }) => {
          const value = values?.find((one) => one.name === name)?.value;
          return (
            <div key={name}>
              <dt dir="auto">{label}</dt>
              <dd dir="auto">
                {options?.find((option) => option.value === value)?.label ?? value ?? "–"}
              </dd>
            </div>
          );
        })}
      </dl>
      {!values && <Waiting />}
    </>
  );
}

/** Draws what the server has checked by its type; nothing for text. */
export function RichContent({ message }: { message: Message }) {
  const { items, submitted_values: values } = message.content_attributes as {
    items?: unknown;
    submitted_values?: unknown;
  };
  switch (message.content_type) {
    case "input_select":
      return <Choices items={items as ChoiceItem[]} values={values as ChoiceItem[] | undefined} />;
    case "cards":
      return <Cards items={items as CardItem[]} values={values as ChoiceItem[] | undefined} />;
    case "form":
      return <Form items={items as FormItem[]} values={values as SubmittedValues["form"]} />;
    case "article":
      return (
        <ul class="asked-cards">
          {(items as ArticleItem[]).map(({ title, description, link }, index) => (
            <li key={index}>
              <Link href={link} text={title} />
              {description && <p dir="auto">{description}</p>}
            </li>
          ))}
        </ul>
      );
    case "input_email": {
      const said = values as SubmittedValues["input_email"] | undefined;
      return said ? (
        <p>
          {texts.answer}: <strong dir="auto">{said.email}</strong>
        </p>
      ) : (
        <Waiting />
      );
    }
    case "input_csat": {
      const said = (values as SubmittedValues["input_csat"] | undefined)?.csat_survey_response;
      if (!said) return <Waiting />;
      return (
        <p>
          <span aria-hidden="true">{texts.faces[said.rating - 1]}</span>{" "}
          <strong>{texts.rating(said.rating)}</strong>
          {said.feedback_message && <q dir="auto">{said.feedback_message}</q>}
        </p>
      );
    }
    case "text":
    case "input_text":
    case "input_textarea":
      return null;
    default:
      return message.content_type satisfies never;
  }
}
